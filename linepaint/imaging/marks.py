"""Hints as the marks that an artist set: connected patches of one colour, each in the basin that it colours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linepaint.imaging.basins import Basins, connected
from linepaint.imaging.opencv import cv2

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
    reach: float32 [k], pixels, the mean radius of the largest balls without ink around the places under the mark. ys,
    xs, index: intp, intp, int32 [p], the pixels, ordered by the mark that they belong to.
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
        at = self.ys * hints.shape[1] + self.xs
        kept = np.zeros((hints.shape[0] * hints.shape[1], 4), np.uint8)
        kept[at] = hints.reshape(-1, 4).take(at, axis=0)
        return kept.reshape(hints.shape)


def find_marks(basins: Basins, hints: np.ndarray) -> Marks:
    """The marks in hints, uint8 [H, W, 4], that are to spread.

    What lies on ink colours nothing, and a stroke that mostly follows a line is meant for the line: where it
    merely spills over the line's edge it must not flood the area beside it.
    """
    ys, xs = solid_pixels(hints)
    at = ys * hints.shape[1] + xs
    basin, on_ink = basins.labels.take(at), basins.ink.take(at)
    runs = _Runs.of(_coarse_color(hints, at), at, ys, basin, on_ink, hints.shape[1])
    patch = runs.patches(basins.labels.size)
    basin, off_ink = basin.take(runs.start), ~on_ink.take(runs.start) * runs.length
    count = int(patch.max()) + 1 if len(patch) else 0
    total = np.bincount(patch, runs.length, count)
    ink_share = (total - np.bincount(patch, off_ink, count)) / np.maximum(total, 1)
    pair, index = np.unique(patch.astype(np.int64) * basins.count + basin, return_inverse=True)
    cover = np.bincount(index, off_ink, len(pair)) / np.maximum(basins.area[pair % basins.count], 1)
    spreads = np.flatnonzero((off_ink > 0) & ((ink_share[patch] < FOLLOWS_LINE) | (cover[index] >= FILLS_AREA)))
    kept, index = np.unique(index[spreads], return_inverse=True)
    order = np.argsort(index, kind="stable")
    pixels = runs.pixels(spreads[order])
    index = np.repeat(index[order], runs.length[spreads[order]]).astype(np.int32)
    return _gathered(basins, hints, (pair[kept] % basins.count).astype(np.int32), ys[pixels], xs[pixels], index)


def _gathered(
    basins: Basins, hints: np.ndarray, basin: np.ndarray, ys: np.ndarray, xs: np.ndarray, index: np.ndarray
) -> Marks:
    count = len(basin)
    at = ys * hints.shape[1] + xs
    weight = np.bincount(index, minlength=count).astype(np.float64)
    painted = hints.reshape(-1, 4).take(at, axis=0)
    color = np.stack([np.bincount(index, painted[:, c], count) / weight for c in range(3)], axis=1)
    center = np.stack([np.bincount(index, where, count) / weight for where in (xs, ys)], axis=1)
    reach = np.zeros(count, np.float32)
    if count:
        first = np.searchsorted(index, np.arange(count))
        reach += np.add.reduceat(np.maximum(basins.clearance.take(at), 0), first) / weight
    reach += max(basins.labels.shape) * np.float32(LEAST_REACH)
    return Marks(basin, color.astype(np.float32), weight, center.astype(np.float32), reach, ys, xs, index)


@dataclass(frozen=True)
class _Runs:
    """r runs of hint pixels that lie side by side in a row, of one colour and basin, all on ink or all off it.

    p hint pixels row by row: at: intp [p], their flat indices. start, length: intp [r], among them. value: int32 [r],
    the colour. goes_on: bool [r], whether a run joins the one before it, of the same colour.
    """

    at: np.ndarray
    start: np.ndarray
    length: np.ndarray
    value: np.ndarray
    goes_on: np.ndarray
    row_px: int

    @classmethod
    def of(
        cls, value: np.ndarray, at: np.ndarray, ys: np.ndarray, basin: np.ndarray, on_ink: np.ndarray, row_px: int
    ) -> _Runs:
        """The runs of the pixels."""
        parts = (value[1:] != value[:-1]) | (at[1:] != at[:-1] + 1) | (ys[1:] != ys[:-1])
        parts_or_changes = parts | (basin[1:] != basin[:-1]) | (on_ink[1:] != on_ink[:-1])
        start = np.flatnonzero(np.concatenate([np.ones(min(len(at), 1), bool), parts_or_changes]))
        goes_on = np.concatenate([np.zeros(min(len(at), 1), bool), ~parts]).take(start)
        return cls(at, start, np.diff(np.append(start, len(at))), value.take(start), goes_on, row_px)

    def patches(self, page_px: int) -> np.ndarray:
        """Which dab or stroke, a connected patch of about one colour, each run belongs to: int32 [r]."""
        number = np.arange(len(self.start), dtype=np.int32)
        run = np.repeat(number, self.length)
        # One row more than the page has, so that there is one below the last.
        run_at = np.full(page_px + self.row_px, -1, np.int32)
        run_at[self.at] = run
        below = run_at.take(self.at + self.row_px)
        # Two runs touch along many pixels; the first of each stretch will do.
        is_new = np.ones(len(run), bool)
        is_new[1:] = (run[1:] != run[:-1]) | (below[1:] != below[:-1])
        touching = np.flatnonzero(is_new & (below >= 0))
        upper, lower = run.take(touching), below.take(touching)
        alike = self.value.take(upper) == self.value.take(lower)
        following = number[self.goes_on]
        pairs = np.stack(
            [np.concatenate([upper[alike], following - 1]), np.concatenate([lower[alike], following])], axis=1
        )
        return connected(len(number), pairs)

    def pixels(self, runs: np.ndarray) -> np.ndarray:
        """The pixels of some runs, one run after the other: indices into `at`, intp."""
        length = self.length[runs]
        before = np.cumsum(length) - length
        return np.repeat(self.start[runs] - before, length) + np.arange(length.sum())


def _coarse_color(hints: np.ndarray, at: np.ndarray) -> np.ndarray:
    """One number for a colour and its near twins, int32 [p]."""
    coarse = (hints.reshape(-1, 4).take(at, axis=0)[:, :3] >> 4).astype(np.int32)
    return coarse[:, 0] << 8 | coarse[:, 1] << 4 | coarse[:, 2]


def solid_pixels(hints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where there are hints, (ys, xs); looks only at the rows that have any."""
    alpha = cv2.extractChannel(hints, 3)
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
