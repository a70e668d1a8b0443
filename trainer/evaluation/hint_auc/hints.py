"""The protocol's hints: a scribble or a dot for each region, the same for the same picture, largest regions first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy.ndimage import find_objects

from linepaint.imaging.opencv import cv2

from .paths import longest_path, medoid
from .regions import GRID, AucRegions, auc_regions

Kind = Literal["scribble", "dot"]
KINDS: tuple[Kind, ...] = get_args(Kind)

RATIOS = (0.0, 0.01, 0.03, 0.05, 0.10, 0.25, 0.50, 1.0)
"""The shares of regions that are hinted, denser where a few hints decide most."""


@dataclass(frozen=True)
class RegionHints:
    """What is drawn in each region. scribbles, dots: bool [GRID, GRID], every dot on its region's scribble."""

    regions: AucRegions
    scribbles: np.ndarray
    dots: np.ndarray

    def at(self, ratio: float, kind: Kind, size: tuple[int, int]) -> np.ndarray:
        """The hints of the largest regions, as many as the ratio of all, rounded down: uint8 [H, W, 4] of that size."""
        regions = self.regions
        hinted = np.zeros(regions.count, bool)
        hinted[regions.order[: int(regions.count * ratio)]] = True
        mask = (self.scribbles if kind == "scribble" else self.dots) & hinted[regions.labels]
        small = np.zeros((GRID, GRID, 4), np.uint8)
        small[mask, :3] = regions.colors[regions.labels[mask]]
        small[mask, 3] = 255
        return cv2.resize(small, size[::-1], interpolation=cv2.INTER_NEAREST)


def region_hints(truth: np.ndarray) -> RegionHints:
    """The hints for a finished colouring, uint8 [H, W, 3]. A region that thinning leaves nothing of gets none."""
    regions = auc_regions(truth)
    scribbles, dots = np.zeros((2, GRID, GRID), bool)
    for number, box in enumerate(find_objects(regions.labels + 1)):
        path = longest_path(regions.labels[box] == number)
        if len(path):
            corner = box[0].start, box[1].start
            scribbles[tuple((path + corner).T)] = True
            dots[tuple(medoid(path) + corner)] = True
    return RegionHints(regions, scribbles, dots)
