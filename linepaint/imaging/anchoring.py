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
    count = int(source.max()) + 1
    # Only hints whose own colour reached the place speak for it: a small hint may have been outvoted there.
    origin = source[mask]
    known = origin >= 0
    total = np.maximum(np.bincount(origin[known], minlength=count), 1)
    mean = np.stack([np.bincount(origin[known], error[..., c][mask][known], count) / total for c in range(3)], axis=1)
    tone = np.where(source[..., None] >= 0, mean[np.maximum(source, 0)], 0) * confidence[..., None]
    toned = color + tone.astype(np.float32)
    rest = np.where(mask[..., None], wanted - toned, 0).astype(np.float32)
    weight = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), FADE_PX)
    spread = cv2.GaussianBlur(rest, (0, 0), FADE_PX) / np.maximum(weight, 0.05)[..., None]
    near = np.minimum(weight * 4, 1)[..., None]
    return np.where(mask[..., None], wanted, toned + spread * near)
