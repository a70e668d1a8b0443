"""Chroma made large along a gray picture: the small chroma is said as a linear function of the small gray, window by
window, and the same function of the large gray gives the large chroma (He & Sun 2015, "Fast Guided Filter").

A colour border so follows the gray picture's own edge, which is finer than the network could see.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linepaint.imaging.opencv import cv2
from linepaint.imaging.upsampling import source_rows

RADIUS_PX = 2
"""Of the window, in small pixels."""

EPSILON = 1e-3
"""Changes of tone whose square is much below this, as a share of white, move no colour."""


@dataclass(frozen=True)
class ToneUpsampling:
    """From [h, w] to [H, W], a band of rows at a time: slope and offset, float32 [h, w, 3]."""

    slope: np.ndarray
    offset: np.ndarray

    @classmethod
    def plan(cls, small_gray: np.ndarray, chroma: np.ndarray) -> ToneUpsampling:
        """Fit chroma, float32 [h, w, 3], to gray, uint8 [h, w]."""
        tone = small_gray.astype(np.float32) / 255
        mean_tone, mean = _mean(tone), _mean(chroma)
        variance = _mean(tone * tone) - mean_tone * mean_tone
        covariance = _mean(tone[..., None] * chroma) - mean_tone[..., None] * mean
        slope = covariance / (variance[..., None] + np.float32(EPSILON))
        offset = mean - slope * mean_tone[..., None]
        return cls(_mean(slope), _mean(offset))

    def rows(self, gray: np.ndarray, first: int, last: int) -> np.ndarray:
        """The chroma float32 [last - first, W, 3] of these rows of the large gray, uint8 [H, W]."""
        tone = gray[first:last].astype(np.float32)[..., None] / 255
        large = _enlarged_rows(np.concatenate([self.slope, self.offset], axis=2), gray.shape, first, last)
        return large[..., :3] * tone + large[..., 3:]


def _mean(picture: np.ndarray) -> np.ndarray:
    side = 2 * RADIUS_PX + 1
    return cv2.blur(picture, (side, side), borderType=cv2.BORDER_REFLECT_101)


def _enlarged_rows(small: np.ndarray, size: tuple[int, ...], first: int, last: int) -> np.ndarray:
    """These rows of float32 [h, w, C] resized to `size` = (H, W), without making the others."""
    height, width = size
    low, share = source_rows(height, small.shape[0])
    low, share = low[first:last], share[first:last, None, None]
    high = np.minimum(low + 1, small.shape[0] - 1)
    return _resized_columns(small[low] * (1 - share) + small[high] * share, width)


def _resized_columns(rows: np.ndarray, width: int) -> np.ndarray:
    # OpenCV resizes at most four channels at once.
    parts = [rows[..., c : c + 3] for c in range(0, rows.shape[2], 3)]
    size = width, rows.shape[0]
    return np.concatenate(
        [cv2.resize(np.ascontiguousarray(p), size, interpolation=cv2.INTER_LINEAR) for p in parts], axis=2
    )
