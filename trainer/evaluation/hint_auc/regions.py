"""The regions of a colouring as Hint-AUC has them: Felzenszwalb's segments on a grid of 64 × 64 squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from skimage.measure import label
from skimage.segmentation import felzenszwalb

from linepaint.imaging.opencv import cv2

GRID = 64
"""Squares along each side of a picture, whatever its proportions."""

SCALE, SIGMA_PX, SMALLEST_PX = 100, 0.5, 100
"""Of the segmentation (Felzenszwalb and Huttenlocher 2004), which runs at the picture's own size."""


@dataclass(frozen=True)
class AucRegions:
    """n regions. labels: int32 [GRID, GRID], from 0. colors: uint8 [n, 3], their mean colours.

    order: int32 [n], the regions from the largest to the smallest, equals in the order of their first squares.
    """

    labels: np.ndarray
    colors: np.ndarray
    order: np.ndarray

    @property
    def count(self) -> int:
        """How many regions there are."""
        return len(self.colors)


def auc_regions(truth: np.ndarray) -> AucRegions:
    """The regions of a finished colouring, uint8 [H, W, 3].

    A segment that falls apart on the grid is several regions (4-connected). Colours are means over the picture at the
    grid's size, rounded down.
    """
    segments = felzenszwalb(truth, scale=SCALE, sigma=SIGMA_PX, min_size=SMALLEST_PX).astype(np.int32)
    coarse = cv2.resize(segments, (GRID, GRID), interpolation=cv2.INTER_NEAREST)
    labels = label(coarse, background=-1, connectivity=1).astype(np.int32) - 1
    flat = labels.ravel()
    area = np.bincount(flat)
    small = cv2.resize(truth, (GRID, GRID), interpolation=cv2.INTER_LINEAR).reshape(-1, 3).astype(np.float64)
    means = np.stack([np.bincount(flat, small[:, channel]) / area for channel in range(3)], axis=1)
    # A hair above, lest a mean of whole numbers falls below its number by a rounding error.
    colors = np.floor(means + 1e-9).astype(np.uint8)
    return AucRegions(labels, colors, np.argsort(-area, kind="stable").astype(np.int32))
