"""Hints by segments: a stroke or a dot in each area of one colour, whether lines enclose it or not.

This is how the Hint-AUC protocol (IEEE TVCG 2026) asks for hints: the colouring is cut into segments (Felzenszwalb and
Huttenlocher 2004), shrunk to a coarse grid, and each segment, largest first, gets the mean of its colours along its
skeleton or in the middle of it. There are many of them, they part light from shade, and those of the outlines lie
beside the lines in colours that nobody would fill an area with: what a network must learn not to take at their word.
Here the grid, the share of hinted segments and the care vary from picture to picture.
"""

from __future__ import annotations

import math

import numpy as np
from skimage.measure import label
from skimage.morphology import skeletonize
from skimage.segmentation import felzenszwalb

from linepaint.imaging.opencv import cv2

PROTOCOL_PX = 384
"""The longest side for which the segments' sizes below are meant."""

SCALE, SIGMA, SMALLEST_PX = 100.0, 0.5, 100
GRID = (44, 96)
"""Squares along a side of the picture, of which a hint is made; the protocol has 64."""

FEWEST = 0.01
"""The smallest share of the segments that get a hint."""

MANY = 0.4
"""How often the share is drawn evenly instead of logarithmically, so that most segments get one."""

ANY_ORDER = 0.3
"""How often the hinted segments are any instead of the largest."""

CAREFUL = 0.35
"""How often outlines get no hints and colours are those of the paper alone, as an artist's are."""

MOSTLY_INK = 0.4


def segment_hints(color: np.ndarray, ink: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Hints, uint8 [H, W, 4], for a colouring uint8 [H, W, 3] with its ink, bool [H, W]."""
    height, width = color.shape[:2]
    squares = int(random.integers(*GRID))
    fine = _segments(color)
    grid = max(1, round(squares * height / max(height, width))), max(1, round(squares * width / max(height, width)))
    coarse = cv2.resize(fine, grid[::-1], interpolation=cv2.INTER_NEAREST)
    parts = label(coarse, background=-1, connectivity=1)
    careful = random.random() < CAREFUL
    chosen = _chosen(parts, _inkiness(fine, ink)[coarse] if careful else None, random)
    marked = (_middles(parts) if random.random() < 0.5 else _skeletons(parts)) & chosen[parts]
    rgb = _means(fine, color, ~ink if careful else np.ones_like(ink))[coarse]
    small = np.dstack([rgb, np.where(marked, np.uint8(255), np.uint8(0))])
    small[~marked] = 0
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)


def _segments(color: np.ndarray) -> np.ndarray:
    """Segments numbered from 0, int32 [H, W]."""
    share = (max(color.shape) / PROTOCOL_PX) ** 2
    return felzenszwalb(color, SCALE * share, SIGMA, max(4, round(SMALLEST_PX * share))).astype(np.int32)


def _chosen(parts: np.ndarray, inkiness: np.ndarray | None, random: np.random.Generator) -> np.ndarray:
    """Which of the parts, int [h, w] numbered from 1, get a hint: bool [n + 1]."""
    size = np.bincount(parts.ravel()).astype(np.float64)
    if inkiness is not None:
        size[np.unique(parts[inkiness > MOSTLY_INK])] = 0
    order = random.permutation(len(size)) if random.random() < ANY_ORDER else np.argsort(-size, kind="stable")
    order = order[size[order] > 0]
    even = random.random() < MANY
    share = random.uniform(FEWEST, 1) if even else math.exp(random.uniform(math.log(FEWEST), 0))
    chosen = np.zeros(len(size), bool)
    chosen[order[: max(1, int(share * len(order)))]] = True
    return chosen


def _inkiness(segments: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """The share of ink in each segment, float64 [n]."""
    flat = segments.ravel()
    return np.bincount(flat, ink.ravel()) / np.maximum(np.bincount(flat), 1)


def _means(segments: np.ndarray, color: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The mean colour of each segment over the pixels that count, bool [H, W]: uint8 [n, 3]."""
    flat, weight = segments.ravel(), counts.ravel() + 1e-3
    total = np.bincount(flat, weight)
    mean = [np.bincount(flat, weight * color[..., c].ravel()) / total for c in range(3)]
    return np.rint(np.stack(mean, axis=1)).astype(np.uint8)


def _skeletons(parts: np.ndarray) -> np.ndarray:
    """The middle lines of all parts at once, bool [h, w]."""
    doubled = np.repeat(np.repeat(parts, 2, axis=0), 2, axis=1)
    inside = np.ones(doubled.shape, bool)
    inside[:, :-1] &= doubled[:, :-1] == doubled[:, 1:]
    inside[:-1] &= doubled[:-1] == doubled[1:]
    thin = skeletonize(inside)
    return np.asarray(thin.reshape(parts.shape[0], 2, parts.shape[1], 2).any(axis=(1, 3)))


def _middles(parts: np.ndarray) -> np.ndarray:
    """One place on the middle line of each part, that nearest to the line's centre: bool [h, w]."""
    ys, xs = np.nonzero(_skeletons(parts))
    part = parts[ys, xs]
    count = np.maximum(np.bincount(part), 1)
    away = np.hypot(ys - (np.bincount(part, ys) / count)[part], xs - (np.bincount(part, xs) / count)[part])
    order = np.lexsort((away, part))
    first = order[np.unique(part[order], return_index=True)[1]]
    middle = np.zeros(parts.shape, bool)
    middle[ys[first], xs[first]] = True
    return middle
