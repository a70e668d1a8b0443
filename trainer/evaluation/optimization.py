"""Colour by optimization: neighbouring pixels of similar tone get similar colours, the hints given.

Levin, Lischinski and Weiss 2004, "Colorization using Optimization": the colour of each pixel without a hint is the
mean of its neighbours' weighted by how near their tones are, exp(-(difference)² / 2σ²), where σ² is the variance of the
tones around. One sparse linear system for a picture and its hints, with the weights of the authors' published program.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.sparse import coo_array, csr_array, eye_array
from scipy.sparse.linalg import splu

from linepaint.imaging.chroma import chroma_of
from linepaint.imaging.marks import SOLID

VARIANCE_SHARE = 0.6
"""Of the variance of the tones around, what stands for 2σ²."""

LEAST_WEIGHT = 0.01
"""σ is large enough for the neighbour that is nearest in tone to have at least this weight."""

LEAST_VARIANCE = 2e-6

NEIGHBOURS = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx]


def spread_by_tone(gray: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """Starts on a gray picture, uint8 [h, w]: the function from hints uint8 [h, w, 4] to chroma, float32 [h, w, 3]."""
    means = eye_array(gray.size, format="csr") - weights(gray)

    def spread(hints: np.ndarray) -> np.ndarray:
        fixed = (hints[..., 3] >= SOLID).ravel()
        chroma = np.zeros((gray.size, 3))
        if fixed.any():
            chroma[fixed] = chroma_of(hints.reshape(-1, 4)[fixed, :3].astype(np.float32) / 255)
            rows = means[~fixed]
            given = -(rows[:, fixed] @ chroma[fixed])
            if not fixed.all():
                chroma[~fixed] = splu(rows[:, ~fixed].tocsc()).solve(np.ascontiguousarray(given))
        return chroma.reshape(*gray.shape, 3).astype(np.float32)

    return spread


def weights(gray: np.ndarray) -> csr_array:
    """How much each pixel of uint8 [h, w] goes by each of its eight neighbours: [h·w, h·w], rows that sum to 1."""
    tone = gray.astype(np.float64) / 255
    height, width = gray.shape
    padded = np.pad(tone, 1, constant_values=np.nan)
    around = np.stack([padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] for dy, dx in NEIGHBOURS])
    variance = np.nanvar(np.concatenate([around, tone[None]]), axis=0)
    squared = (around - tone) ** 2
    spread = np.maximum(VARIANCE_SHARE * variance, -np.nanmin(squared, axis=0) / np.log(LEAST_WEIGHT))
    weight = np.nan_to_num(np.exp(-squared / np.maximum(spread, LEAST_VARIANCE)))
    weight /= weight.sum(axis=0)
    number = np.arange(gray.size).reshape(gray.shape)
    beside = np.pad(number, 1, constant_values=-1)
    others = np.stack([beside[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width] for dy, dx in NEIGHBOURS])
    there = others >= 0
    here = np.broadcast_to(number, others.shape)
    return coo_array((weight[there], (here[there], others[there])), shape=(gray.size, gray.size)).tocsr()
