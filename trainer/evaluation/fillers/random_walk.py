"""Random walker: each pixel takes the colour that a walker from there, who shuns ink, most probably meets first.

Grady 2006, "Random Walks for Image Segmentation". The probabilities are harmonic functions, one linear system for all
colours, solved at a reduced size since its cost grows faster than the pixels; the lines part them again at full size.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array, diags_array
from scipy.sparse.linalg import splu

from linepaint.imaging.opencv import cv2
from linepaint.imaging.shrinking import fitted

from .filler import Fill, ink_of, seeds_of

WORKING_PX = 128
"""Longest side at which the system is solved."""

BETA = 60.0
"""How strongly a walker shuns a step in darkness: its odds are exp(-BETA · step²), step in [0, 1]."""

LEAST_ODDS = 1e-5


def random_walker(lines: np.ndarray) -> Fill:
    """The filler by random walks; see `Filler`."""
    ink = ink_of(lines)
    size = fitted(lines.shape[0], lines.shape[1], WORKING_PX)
    # The darkest of the pixels that become one, so that thin lines stay closed.
    step = max(1, -(-max(lines.shape) // WORKING_PX))
    dark = cv2.erode(lines, np.ones((step, step), np.uint8))
    small = cv2.resize(dark, size[::-1], interpolation=cv2.INTER_NEAREST)
    laplacian = _laplacian(small)

    def fill(hints: np.ndarray) -> np.ndarray:
        seeds = seeds_of(hints, ink)
        if not seeds.count:
            return seeds.painted(seeds.number)
        at = _shrunk(seeds.number, size)
        probable = _most_probable(laplacian, at.ravel(), seeds.count).reshape(size)
        full = cv2.resize(probable, lines.shape[::-1], interpolation=cv2.INTER_NEAREST)
        return seeds.painted(np.where(seeds.number > 0, seeds.number, full))

    return fill


def _shrunk(number: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Colour numbers int32 [H, W] at size (h, w): a seed wherever one lies, the last in raster order of several."""
    ys, xs = np.nonzero(number)
    small = np.zeros(size, np.int32)
    small[ys * size[0] // number.shape[0], xs * size[1] // number.shape[1]] = number[ys, xs]
    return small


def _laplacian(lines: np.ndarray) -> csc_array:
    """The graph Laplacian of lines uint8 [h, w], sparse [h·w, h·w]."""
    darkness = 1 - lines.astype(np.float64) / 255
    numbers = np.arange(lines.size).reshape(lines.shape)
    ends, odds = [], []
    for first, second in ((np.s_[:, :-1], np.s_[:, 1:]), (np.s_[:-1], np.s_[1:])):
        ends.append(np.stack([numbers[first].ravel(), numbers[second].ravel()]))
        step = np.maximum(darkness[first], darkness[second]).ravel()
        odds.append(np.exp(-BETA * step**2) + LEAST_ODDS)
    (a, b), weight = np.concatenate(ends, axis=1), np.concatenate(odds)
    there = csc_array((weight, (a, b)), shape=(lines.size, lines.size))
    both = there + there.T
    return csc_array(diags_array(both.sum(axis=0)) - both)


def _most_probable(laplacian: csc_array, seed: np.ndarray, count: int) -> np.ndarray:
    """The colour, int32 [n] from 1 to count, that a walker from each pixel most probably meets; seed: int32 [n]."""
    free, fixed = np.flatnonzero(seed == 0), np.flatnonzero(seed)
    found = seed.copy()
    if not len(free):
        return found
    present = np.unique(seed[fixed])
    met = (seed[fixed][:, None] == present).astype(np.float64)
    rows = laplacian[free]
    # The matrix is symmetric and positive definite: no pivoting, and an ordering for that.
    factors = splu(csc_array(rows[:, free]), "MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    chances = factors.solve(-(rows[:, fixed] @ met))
    found[free] = present[np.argmax(chances, axis=1)]
    return found
