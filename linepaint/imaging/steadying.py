"""Flat colour where nobody said anything: areas that no hint reached get one tone each instead of a cloud.

A network that is unsure paints the mean of what it thinks possible, which drifts from place to place and is paler than
any of it. An artist's own flats do neither: one area, one colour. So an area without a hint is drawn towards its mean
colour, and that mean away from grey. The same place is where variations come from: another seed, other hues there.
"""

from __future__ import annotations

import numpy as np

STEADINESS = 0.85
"""How far an unhinted area is drawn towards its mean; the rest keeps its shading."""

OWN_CHROMA_GAIN = 3.0
"""How much further from grey the mean of an area is taken that no hint speaks for: as colourful as artists are."""

PALE_CHROMA_GAIN = 3.5
"""The same near hints, for a mean that is all but grey; what is vivid there has its hue from a hint."""

VIVID_CHROMA = 0.12
"""Distance from grey, of colours in [0, 1], at which only a third of that is left."""

OWN_CONFIDENCE = 0.02
"""Confidence in a hint at which the network's opinion is no more its own."""

VARIED_HUE = 1.0
"""Standard deviation, in radians, of the hue of an area in a variation."""

VARIED_CHROMA = 0.12
"""Chroma given to an area in a variation, so that a grey one has a hue to vary."""


def steady(color: np.ndarray, areas: np.ndarray, ink: np.ndarray, confidence: np.ndarray, seed: int = 0) -> np.ndarray:
    """The colour layer with unhinted areas steadied, float32 [h, w, 3] in [0, 1].

    color: float32 [h, w, 3]; areas: int32 [h, w], numbered from 0; ink: bool [h, w], what does not count for the
    means; confidence: float32 [h, w] in [0, 1], how surely a hint speaks for a pixel: 1 leaves it as it is. seed: 0
    for the network's own hues, any other for a variation of them.
    """
    flat = areas.ravel()
    count = int(flat.max()) + 1
    # A trace of weight for ink, so that an area that is all ink has a mean too.
    weight = np.where(ink, np.float32(1e-3), np.float32(1)).ravel()
    total = np.maximum(np.bincount(flat, weight, count), 1e-6)
    channels = color.reshape(-1, 3)
    mean = np.stack([np.bincount(flat, weight * channels[:, c], count) / total for c in range(3)], axis=1)
    grey = mean.mean(axis=1, keepdims=True)
    chroma = mean - grey
    pixels = np.maximum(np.bincount(flat, minlength=count), 1)
    own = np.exp(-np.bincount(flat, confidence.ravel(), count) / (OWN_CONFIDENCE * pixels))
    pale = np.exp(-np.linalg.norm(chroma, axis=1) / VIVID_CHROMA)
    gain = own * OWN_CHROMA_GAIN + (1 - own) * (1 + (PALE_CHROMA_GAIN - 1) * pale)
    chroma = chroma * gain[:, None]
    if seed:
        chroma = _varied(chroma, np.random.default_rng(seed))
    vivid = np.clip(grey + chroma, 0, 1).astype(np.float32)
    pull = (STEADINESS * (1 - confidence))[..., None]
    return color + pull * (vivid.take(areas, axis=0) - color)


def _varied(chroma: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Chroma vectors [n, 3], each turned about the grey axis by a random angle, after a little was added to each."""
    direction = random.uniform(0, 2 * np.pi, len(chroma))
    red, blue_yellow = np.array([2, -1, -1]) / np.sqrt(6), np.array([0, 1, -1]) / np.sqrt(2)
    chroma = chroma + VARIED_CHROMA * (np.cos(direction)[:, None] * red + np.sin(direction)[:, None] * blue_yellow)
    angle = random.normal(0, VARIED_HUE, len(chroma))[:, None]
    axis = np.ones(3) / np.sqrt(3)
    return chroma * np.cos(angle) + np.cross(axis, chroma) * np.sin(angle)
