"""What you paint is what you get: the colour under each hint is made the hint's own, and its surroundings follow.

Two corrections, both at the network's size: each hint colour's mean error is taken off wherever that colour was
spread to, in proportion to the confidence, so that a region keeps its shading but gets the right tone; what is left
directly under and beside a hint is taken off there, fading out over a few pixels.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2

FADE_PX = 3.0
"""How far from a hint its local correction reaches, as the sigma of a Gaussian."""


def anchor(
    color: np.ndarray, wanted: np.ndarray, mask: np.ndarray, source: np.ndarray, confidence: np.ndarray
) -> np.ndarray:
    """The colour layer obeying its hints, float32 [h, w, 3] in [0, 1].

    color: float32 [h, w, 3], the network's; wanted: float32 [h, w, 3], the hints' colour where mask, bool [h, w];
    source: int32 [h, w], which hint colour was spread to each pixel, -1 for none; confidence: float32 [h, w].
    """
    if not mask.any():
        return color
    error = np.where(mask[..., None], wanted - color, 0).astype(np.float32)
    toned = color + _tone(error, mask, source) * confidence[..., None]
    rest = np.where(mask[..., None], wanted - toned, 0).astype(np.float32)
    weight = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), FADE_PX)
    spread = cv2.GaussianBlur(rest, (0, 0), FADE_PX) / np.maximum(weight, 0.05)[..., None]
    near = np.minimum(weight * 4, 1)[..., None]
    return np.where(mask[..., None], wanted, toned + spread * near)


def _tone(error: np.ndarray, mask: np.ndarray, source: np.ndarray) -> np.ndarray:
    """The mean error of each hint colour, laid wherever that colour was spread to: float32 [h, w, 3]."""
    count = int(source.max()) + 1
    # Only hints whose own colour reached the place speak for it: a small hint may have been outvoted there.
    speaks = mask & (source >= 0)
    origin = source[speaks]
    table = np.zeros((count + 1, 3), np.float32)
    if len(origin):
        total = np.maximum(np.bincount(origin, minlength=count), 1)
        for channel in range(3):
            table[:count, channel] = np.bincount(origin, error[..., channel][speaks], count) / total
    # Source -1, nothing reached, looks up the last row, which is zero.
    return table[source]
