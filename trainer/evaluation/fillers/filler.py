"""What all fillers do alike: which hints they go by, and what they leave white."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from skimage.measure import label

from linepaint.imaging.basins import INK_BELOW
from linepaint.imaging.opencv import cv2

Fill = Callable[[np.ndarray], np.ndarray]
"""From hints uint8 [H, W, 4] to the colour layer under the lines, uint8 [H, W, 3]; white where no colour came."""

Filler = Callable[[np.ndarray], Fill]
"""Starts on lines, uint8 [H, W] with 255 = paper: what depends on them alone is worked out here, once."""

SOLID = 128
"""A hint pixel counts from this alpha on."""

DARK_BELOW = 110
"""A hint none of whose channels reaches this may be meant for the line it lies on."""

ON_INK = 0.15
"""A dark hint with this share of its pixels on ink is meant for the line."""


@dataclass(frozen=True)
class Seeds:
    """The hints to go by, as numbered colours.

    number: int32 [H, W], the colour of each hint pixel from 1 on, 0 where there is none. colors: uint8 [k + 1, 3],
    the first of them white, for what no colour reaches.
    """

    number: np.ndarray
    colors: np.ndarray

    @property
    def count(self) -> int:
        """How many colours there are."""
        return len(self.colors) - 1

    def painted(self, number: np.ndarray) -> np.ndarray:
        """The colours of their numbers int [H, W]: uint8 [H, W, 3]."""
        return self.colors.take(number, axis=0)


def seeds_of(hints: np.ndarray, ink: np.ndarray) -> Seeds:
    """The colours in hints, uint8 [H, W, 4], off the ink, bool [H, W].

    Hint pixels on ink are left out, and so is the whole of a dark hint that follows a line: fillers would flood the
    area beside it, and no artist would mean that.
    """
    solid = hints[..., 3] >= SOLID
    packed = hints[..., 0].astype(np.int64) << 16 | hints[..., 1].astype(np.int64) << 8 | hints[..., 2]
    patch = label(np.where(solid, packed + 1, 0), background=0, connectivity=2).ravel()
    pixels = np.maximum(np.bincount(patch), 1)
    on_ink = np.bincount(patch, ink.ravel()) / pixels
    light = np.zeros(len(pixels), np.uint8)
    np.maximum.at(light, patch, hints[..., :3].max(axis=2).ravel())
    outline = (light < DARK_BELOW) & (on_ink >= ON_INK)
    kept = solid & ~ink & ~outline[patch].reshape(ink.shape)
    values, index = np.unique(packed[kept], return_inverse=True)
    number = np.zeros(ink.shape, np.int32)
    number[kept] = index + 1
    colors = np.stack([values >> 16 & 255, values >> 8 & 255, values & 255], axis=1).astype(np.uint8)
    return Seeds(number, np.concatenate([np.full((1, 3), 255, np.uint8), colors]))


def ink_of(lines: np.ndarray) -> np.ndarray:
    """Where lines uint8 [H, W] stop colour, bool [H, W]."""
    return lines < INK_BELOW


def grown(number: np.ndarray) -> np.ndarray:
    """Numbers int32 [H, W] with each 0 replaced by the nearest other number (Euclid); unchanged if all are 0."""
    on = number > 0
    if not on.any() or on.all():
        return number
    _, nearest = cv2.distanceTransformWithLabels(
        (~on).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_PIXEL
    )
    of_label = np.zeros(int(nearest.max()) + 1, number.dtype)
    of_label[nearest[on]] = number[on]
    return of_label[nearest]


def commonest(region: np.ndarray, number: np.ndarray, count: int) -> np.ndarray:
    """The number > 0 that most pixels of each of `count` regions have, int [H, W] from 0: int32 [count]; 0 for none."""
    on = number > 0
    width = int(number.max()) + 1
    pair, pixels = np.unique(region[on].astype(np.int64) * width + number[on], return_counts=True)
    best = np.zeros(count, np.int32)
    # In order of their pixels, so that the last one written for a region is its commonest; the first of equals.
    order = np.lexsort((-pair, pixels))
    best[pair[order] // width] = pair[order] % width
    return best
