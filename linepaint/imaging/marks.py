"""Hints as the marks that an artist set: connected patches of one colour, each in the basin that it colours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linepaint.imaging.basins import Basins, connected

SOLID = 128
"""A hint pixel counts from this alpha on."""

FOLLOWS_LINE = 0.15
"""A stroke with this share of its pixels on ink is taken to be about the line."""

FILLS_AREA = 0.2
"""A stroke about a line still colours an area of which it covers this share."""

LEAST_REACH = 1 / 384
"""The reach of a mark in the tightest corner, as a share of the picture's longest side."""


@dataclass(frozen=True)
class Marks:
    """k marks, a stroke that crosses basins being one in each, and the p hint pixels they are made of.

    basin: int32 [k]. color: float32 [k, 3] in [0, 255]. weight: float64 [k], pixels. center: float32 [k, 2], (x, y).
    reach: float32 [k], pixels, the radius of the largest ball around a place under the mark that holds no ink. ys, xs,
    index: intp, intp, int32 [p], the pixels, ordered by the mark that they belong to.
    """

    basin: np.ndarray
    color: np.ndarray
    weight: np.ndarray
    center: np.ndarray
    reach: np.ndarray
    ys: np.ndarray
    xs: np.ndarray
    index: np.ndarray

    @property
    def count(self) -> int:
        """How many marks there are."""
        return len(self.basin)

    def only(self, hints: np.ndarray) -> np.ndarray:
        """Hints uint8 [H, W, 4] without what does not spread."""
        kept = np.zeros_like(hints)
        kept[self.ys, self.xs] = hints[self.ys, self.xs]
        return kept


def find_marks(basins: Basins, hints: np.ndarray) -> Marks:
    """The marks in hints, uint8 [H, W, 4], that are to spread.

    What lies on ink colours nothing, and a stroke that mostly follows a line is meant for the line: where it
    merely spills over the line's edge it must not flood the area beside it.
    """
    ys, xs = solid_pixels(hints)
    patch = _patches(hints, ys, xs)
    basin = basins.labels[ys, xs]
    on_ink = basins.ink[ys, xs]
    count = int(patch.max()) + 1 if len(patch) else 0
    ink_share = np.bincount(patch, on_ink, count) / np.maximum(np.bincount(patch, minlength=count), 1)
    pair, index = np.unique(patch.astype(np.int64) * basins.count + basin, return_inverse=True)
    cover = np.bincount(index, ~on_ink, len(pair)) / np.maximum(basins.area[pair % basins.count], 1)
    spreads = np.flatnonzero(~on_ink & ((ink_share[patch] < FOLLOWS_LINE) | (cover[index] >= FILLS_AREA)))
    kept, index = np.unique(index[spreads], return_inverse=True)
    order = np.argsort(index, kind="stable")
    index, pixels = index[order].astype(np.int32), spreads[order]
    return _gathered(basins, hints, (pair[kept] % basins.count).astype(np.int32), ys[pixels], xs[pixels], index)


def _gathered(
    basins: Basins, hints: np.ndarray, basin: np.ndarray, ys: np.ndarray, xs: np.ndarray, index: np.ndarray
) -> Marks:
    count = len(basin)
    weight = np.bincount(index, minlength=count).astype(np.float64)
    color = np.stack([np.bincount(index, hints[ys, xs, c], count) / weight for c in range(3)], axis=1)
    center = np.stack([np.bincount(index, at, count) / weight for at in (xs, ys)], axis=1)
    reach = np.zeros(count, np.float32)
    np.maximum.at(reach, index, basins.clearance[ys, xs])
    reach += max(basins.labels.shape) * np.float32(LEAST_REACH)
    return Marks(basin, color.astype(np.float32), weight, center.astype(np.float32), reach, ys, xs, index)


def solid_pixels(hints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where there are hints, (ys, xs); looks only at the rows that have any."""
    alpha = np.ascontiguousarray(hints[..., 3])
    rows = np.flatnonzero(alpha.max(axis=1) >= SOLID)
    ys, xs = np.nonzero(alpha[rows] >= SOLID)
    return rows[ys], xs


def distinct_colors(colors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct hint colours, uint8 [k, 3], and which one each pixel has, int32 [p]; near twins count as one."""
    coarse = (colors >> 3).astype(np.int32)
    _, index = np.unique(coarse[:, 0] << 10 | coarse[:, 1] << 5 | coarse[:, 2], return_inverse=True)
    count = np.bincount(index)
    mean = np.stack([np.bincount(index, colors[:, c]) / count for c in range(3)], axis=1)
    return np.rint(mean).astype(np.uint8), index.astype(np.int32)


def _patches(hints: np.ndarray, ys: np.ndarray, xs: np.ndarray) -> np.ndarray:
    """Which dab or stroke, a connected patch of about one colour, each hint pixel belongs to: int32 [p]."""
    if not len(ys):
        return np.zeros(0, np.int32)
    coarse = (hints[ys, xs, :3] >> 4).astype(np.int32)
    value = coarse[:, 0] << 8 | coarse[:, 1] << 4 | coarse[:, 2]
    at = ys * hints.shape[1] + xs
    # The pixels lie row by row: runs along a row first, then the runs that touch below.
    starts = (value[1:] != value[:-1]) | (at[1:] != at[:-1] + 1) | (ys[1:] != ys[:-1])
    run = np.concatenate([np.zeros(1, np.int64), np.cumsum(starts)])
    below = np.minimum(np.searchsorted(at, at + hints.shape[1]), len(at) - 1)
    joined = np.flatnonzero((at.take(below) == at + hints.shape[1]) & (value.take(below) == value))
    pairs = np.stack([run.take(joined), run.take(below.take(joined))], axis=1)
    return connected(int(run[-1]) + 1, pairs).take(run)
