"""Guided upsampling: a small picture made large without colours leaking over the lines.

Bilinear interpolation mixes the four nearest small pixels; beside a line some of them lie on its other side. Here
only those of the same basin count (joint bilateral upsampling, Kopf et al. 2007, with a hard range kernel). Which
pixels that concerns depends on the lines alone, so it is worked out once for a drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

from linepaint.imaging.opencv import cv2


@dataclass(frozen=True)
class Upsampling:
    """From [h, w] to [H, W] with the corrections beside lines.

    border: int64 [b], flat indices of the large pixels that need care. neighbours: int32 [b, 4], flat indices of
    their small pixels. weights: float32 [b, 4], which sum to 1.
    """

    small: tuple[int, int]
    large: tuple[int, int]
    border: np.ndarray
    neighbours: np.ndarray
    weights: np.ndarray

    def apply(self, picture: np.ndarray) -> np.ndarray:
        """Upsample float32 [h, w, C] to [H, W, C]."""
        height, width = self.large
        channels = picture.shape[2]
        large = cv2.resize(picture, (width, height), interpolation=cv2.INTER_LINEAR)
        large = large.reshape(height, width, channels)  # OpenCV drops the axis of a single channel.
        large.reshape(-1, channels)[self.border] = self._mixing @ picture.reshape(-1, channels)
        return large

    @cached_property
    def _mixing(self) -> csr_array:
        """Neighbours and weights as a matrix, from small pixels to those of the border."""
        count, each = self.neighbours.shape
        first = np.arange(count + 1, dtype=np.int32) * each
        shape = count, self.small[0] * self.small[1]
        return csr_array((self.weights.ravel(), self.neighbours.ravel(), first), shape=shape)


def plan_upsampling(labels: np.ndarray, small: tuple[int, int]) -> Upsampling:
    """Plan to upsample pictures of `small` = (h, w) to the size of labels, int32 [H, W], basin by basin."""
    height, width = labels.shape
    low_height, low_width = small
    y_low, y_share = source_rows(height, low_height)
    x_low, x_share = source_rows(width, low_width)
    small_labels = cv2.resize(labels, (low_width, low_height), interpolation=cv2.INTER_NEAREST_EXACT)
    y_high, x_high = np.minimum(y_low + 1, low_height - 1), np.minimum(x_low + 1, low_width - 1)
    corner = [small_labels[np.ix_(y, x)] == labels for y in (y_low, y_high) for x in (x_low, x_high)]
    same = corner[0] & corner[1] & corner[2] & corner[3]
    some = corner[0] | corner[1] | corner[2] | corner[3]
    border = np.flatnonzero(~same & some)
    row, column = np.divmod(border, width)
    y0, y1, x0, x1 = y_low[row], y_high[row], x_low[column], x_high[column]
    fy, fx = y_share[row], x_share[column]
    # A tiny floor keeps a same-basin neighbour in charge even where its bilinear weight is nought.
    weights = np.stack([(1 - fy) * (1 - fx), (1 - fy) * fx, fy * (1 - fx), fy * fx], axis=1) + 1e-3
    weights *= np.stack([c.ravel()[border] for c in corner], axis=1)
    weights /= weights.sum(axis=1, keepdims=True)
    neighbours = np.stack([y0 * low_width + x0, y0 * low_width + x1, y1 * low_width + x0, y1 * low_width + x1], axis=1)
    return Upsampling(small, (height, width), border, neighbours.astype(np.int32), weights.astype(np.float32))


def source_rows(large: int, small: int) -> tuple[np.ndarray, np.ndarray]:
    """For each large row: the small row before it, and how far it lies towards the next, as cv2.resize reckons."""
    position = np.clip((np.arange(large) + 0.5) * small / large - 0.5, 0, small - 1)
    low = np.floor(position).astype(np.int32)
    return low, (position - low).astype(np.float32)
