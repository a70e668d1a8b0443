"""Flat colour where nobody said anything: areas that no hint reached get one tone each instead of a cloud.

A network that is unsure paints the mean of what it thinks possible, which drifts from place to place and is paler than
any of it. An artist's own flats do neither: one area, one colour. So an area without a hint is drawn towards its mean
colour, and that mean away from grey.
"""

from __future__ import annotations

import numpy as np

STEADINESS = 0.85
"""How far an unhinted area is drawn towards its mean; the rest keeps its shading."""

CHROMA_GAIN = 1.5
"""How much further from grey an unhinted area's mean is taken."""


def steady(color: np.ndarray, labels: np.ndarray, ink: np.ndarray, confidence: np.ndarray) -> np.ndarray:
    """The colour layer with unhinted areas steadied, float32 [h, w, 3] in [0, 1].

    color: float32 [h, w, 3]; labels: int32 [h, w], the basin of each pixel; ink: bool [h, w], what does not count for
    the means; confidence: float32 [h, w] in [0, 1], how surely a hint speaks for a pixel: 1 leaves it as it is.
    """
    flat = labels.ravel()
    count = int(flat.max()) + 1
    # A trace of weight for ink, so that an area that is all ink has a mean too.
    weight = np.where(ink, np.float32(1e-3), np.float32(1)).ravel()
    total = np.maximum(np.bincount(flat, weight, count), 1e-6)
    channels = color.reshape(-1, 3)
    mean = np.stack([np.bincount(flat, weight * channels[:, c], count) / total for c in range(3)], axis=1)
    grey = mean.mean(axis=1, keepdims=True)
    vivid = np.clip(grey + CHROMA_GAIN * (mean - grey), 0, 1).astype(np.float32)
    pull = (STEADINESS * (1 - confidence))[..., None]
    return color + pull * (vivid[labels] - color)
