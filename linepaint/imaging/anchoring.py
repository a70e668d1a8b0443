"""What you paint is what you get: the colour under each hint is made the hint's own, and its surroundings follow.

Two corrections, both at the network's size: the mean error under each mark is spread as the mark's colour was, in
proportion to the confidence, so that a region keeps its shading but gets the right tone; what is left directly under
and beside a hint is taken off there, fading out over a few pixels.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import Propagation

FADE_PX = 3.0
"""How far from a hint its local correction reaches, as the sigma of a Gaussian."""


def tone_error(color: np.ndarray, spread: Propagation, labels: np.ndarray) -> np.ndarray:
    """By how much a colour layer, float32 [h, w, 3] in [0, 1], misses its marks, spread as they are: float32 [h, w, 3].

    labels: int32 [h, w], the basins of the propagation at that size.
    """
    marks = spread.marks
    scale_y, scale_x = color.shape[0] / spread.labels.shape[0], color.shape[1] / spread.labels.shape[1]
    made = color[(marks.ys * scale_y).astype(np.intp), (marks.xs * scale_x).astype(np.intp)]
    mean = np.stack([np.bincount(marks.index, made[:, c], marks.count) for c in range(3)], axis=1)
    error = marks.color / np.float32(255) - mean / marks.weight[:, None]
    return spread.field(error.astype(np.float32), labels)


def mean_error(color: np.ndarray, wanted: np.ndarray, mask: np.ndarray, source: np.ndarray) -> np.ndarray:
    """The same without basins: the mean error of each hint colour, laid wherever it was spread to: float32 [h, w, 3].

    wanted, mask: as for `anchor`. source: int32 [h, w], which hint colour was spread to each pixel, -1 for none.
    """
    count = int(source.max()) + 1
    # Only hints whose own colour reached the place speak for it: a small hint may have been outvoted there.
    speaks = mask & (source >= 0)
    origin, error = source[speaks], (wanted - color)[speaks]
    table = np.zeros((count + 1, 3), np.float32)
    if len(origin):
        total = np.maximum(np.bincount(origin, minlength=count), 1)
        for channel in range(3):
            table[:count, channel] = np.bincount(origin, error[:, channel], count) / total
    # Source -1, nothing reached, looks up the last row, which is zero.
    return table[source]


def anchor(color: np.ndarray, wanted: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The colour layer with its hints' exact colours, float32 [h, w, 3] in [0, 1].

    color: float32 [h, w, 3]; wanted: float32 [h, w, 3], the hints' colour where mask, bool [h, w].
    """
    if not mask.any():
        return color
    # What is missing and how much of a hint there is, blurred together.
    rest = np.zeros((*mask.shape, 4), np.float32)
    rest[mask, :3] = wanted[mask] - color[mask]
    rest[..., 3] = mask
    rest = cv2.GaussianBlur(rest, (0, 0), FADE_PX)
    weight = rest[..., 3]
    share = np.minimum(weight * 4, 1) / np.maximum(weight, np.float32(0.05))
    anchored = color + rest[..., :3] * share[..., None]
    anchored[mask] = wanted[mask]
    return anchored
