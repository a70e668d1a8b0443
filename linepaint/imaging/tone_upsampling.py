"""Chroma, or ink, made large along a gray picture: what is small is said as a linear function of the small gray, window
by window, and the same function of the large gray gives the large one (He & Sun 2015, "Fast Guided Filter").

A border so follows the gray picture's own edge, which is finer than the network could see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from linepaint.imaging.opencv import cv2
from linepaint.imaging.upsampling import source_rows

RADIUS_PX = 1
"""Of the window, in small pixels."""

EPSILON = 1e-3
"""Changes of tone whose square is much below this, as a share of white, move no colour."""


@dataclass(frozen=True)
class ToneUpsampling:
    """From [h, w] to [H, W], a band of rows at a time: slope and offset, float32 [h, w, C]."""

    slope: np.ndarray
    offset: np.ndarray

    @classmethod
    def plan(cls, small_gray: np.ndarray, chroma: np.ndarray) -> ToneUpsampling:
        """Fit chroma, or anything else, float32 [h, w, C], to gray, uint8 [h, w]."""
        tone = small_gray.astype(np.float32) / 255
        mean_tone, mean = _mean(tone), _mean(chroma)
        variance = _mean(tone * tone) - mean_tone * mean_tone
        covariance = _mean(tone[..., None] * chroma) - mean_tone[..., None] * mean
        slope = covariance / (variance[..., None] + np.float32(EPSILON))
        offset = mean - slope * mean_tone[..., None]
        return cls(_mean(slope), _mean(offset))

    def rows(self, gray: np.ndarray, first: int, last: int) -> np.ndarray:
        """The fitted float32 [last - first, W, C] of these rows of the large gray, uint8 [H, W]."""
        tone = gray[first:last].astype(np.float32) * np.float32(1 / 255)
        low, share = source_rows(gray.shape[0], self.slope.shape[0])
        low, share = low[first:last], share[first:last, None, None]
        size = tone.shape[1], tone.shape[0]
        planes = []
        # Channel by channel, for numpy is slow along a last axis of three.
        for slope, offset in zip(_channels(self.slope, low, share), _channels(self.offset, low, share), strict=True):
            plane = cv2.multiply(cv2.resize(slope, size, interpolation=cv2.INTER_LINEAR), tone)
            planes.append(cv2.add(plane, cv2.resize(offset, size, interpolation=cv2.INTER_LINEAR), dst=plane))
        return cv2.merge(planes).reshape(*tone.shape, len(planes))


def _mean(picture: np.ndarray) -> np.ndarray:
    side = 2 * RADIUS_PX + 1
    # OpenCV drops the axis of a single channel.
    return cv2.blur(picture, (side, side), borderType=cv2.BORDER_REFLECT_101).reshape(picture.shape)


def _channels(small: np.ndarray, low: np.ndarray, share: np.ndarray) -> Sequence[np.ndarray]:
    """The rows of float32 [h, w, C] that lie between `low` and the next, channel by channel: float32 [n, w] each."""
    high = np.minimum(low + 1, small.shape[0] - 1)
    return cv2.split(small[low] * (1 - share) + small[high] * share)
