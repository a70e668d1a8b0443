"""Several marks in one basin: how much each of them has to say at every place there.

A share falls with the distance from the mark (Shepard 1968, "A two-dimensional interpolation function for
irregularly-spaced data") in units of the mark's own reach, the room that it has around it: a dab in the middle of an
area speaks for the area, one that hugs a line for little more than its own place. Smooth shares shade where the marks
are tones of one colour, and where they are not the network draws the border.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from linepaint.imaging.basins import Basins
from linepaint.imaging.marks import Marks
from linepaint.imaging.opencv import cv2

MOST_POINTS = 24
"""A mark is taken as so many of its pixels at most."""

PIXELS_A_POINT = 0.1
"""Of so many of a mark's pixels, as a share of the picture's longest side, one is taken."""

MOST_MARKS = 400
"""Of more marks in one basin only every other (third, …) is heard."""

MOST_WORK = 400_000
"""Grid places × points of one basin, which bounds the time a stroke takes."""

BLENDED_SHARE = 1e-3
"""A basin without marks of its own, smaller than this share of the picture, has one colour."""

GRID_PX = 2
"""Shares are worked out for squares of this many pixels or more, and interpolated between their centres."""

CLOSE = 1.0
"""Distances below this many pixels are alike."""


@dataclass(frozen=True)
class Blend:
    """One basin with j marks. marks: int [j]. shares: float32 [j, g · h], for each place of a grid over the box.

    box: (top, left, height, width) of the basin, pixels. grid: (g, h).
    """

    basin: int
    marks: np.ndarray
    shares: np.ndarray
    box: tuple[int, int, int, int]
    grid: tuple[int, int]

    def lay(self, picture: np.ndarray, labels: np.ndarray, full: tuple[int, ...], values: np.ndarray) -> None:
        """Write the blend of values float32 [k, C] into the basin's pixels of picture [h, w, C], in place.

        labels: int32 [h, w], the basins at the picture's size; full: the size [H, W] at which the marks lie.
        """
        scale_y, scale_x = labels.shape[0] / full[0], labels.shape[1] / full[1]
        top, left, tall, wide = self.box
        rows = slice(int(top * scale_y), int(np.ceil((top + tall) * scale_y)))
        columns = slice(int(left * scale_x), int(np.ceil((left + wide) * scale_x)))
        here = labels[rows, columns] == self.basin
        coarse = (self.shares.T @ values.take(self.marks, axis=0)).reshape(*self.grid, values.shape[1])
        # From pixel centres of the picture to those of the grid.
        step_y, step_x = self.grid[0] / (tall * scale_y), self.grid[1] / (wide * scale_x)
        offset_y = (rows.start + 0.5 - top * scale_y) * step_y - 0.5
        offset_x = (columns.start + 0.5 - left * scale_x) * step_x - 0.5
        fine = cv2.warpAffine(
            coarse,
            np.array([[step_x, 0, offset_x], [0, step_y, offset_y]]),
            (here.shape[1], here.shape[0]),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        ).reshape(*here.shape, values.shape[1])
        if picture.dtype == np.uint8:
            # Rounds as np.rint does.
            fine = cv2.convertScaleAbs(fine).reshape(fine.shape)
        cv2.copyTo(fine.astype(picture.dtype, copy=False), here.view(np.uint8), picture[rows, columns])


Shares = tuple[np.ndarray, tuple[int, int]]
"""The shares and the grid of a Blend."""


class KnownShares:
    """The shares that one stroke needed, which the next mostly needs again: a stroke changes a basin or two.

    They are found by all that they depend on, so that what was painted before makes no difference to a result.
    """

    def __init__(self) -> None:
        self._last: dict[tuple[bytes, ...], Shares] = {}
        self._now: dict[tuple[bytes, ...], Shares] = {}

    def next_stroke(self) -> None:
        """Forget what the last stroke had no use for."""
        self._last, self._now = self._now, {}

    def get(self, key: tuple[bytes, ...], make: Callable[[], Shares]) -> Shares:
        """The shares of that key, made if they are new."""
        shares = self._now.get(key) or self._last.get(key) or make()
        self._now[key] = shares
        return shares


def share_out(
    basins: Basins, marks: Marks, origin: np.ndarray, certainty: np.ndarray, known: KnownShares | None = None
) -> tuple[np.ndarray, list[Blend]]:
    """Which mark each basin listens to, int32 [n], -1 for none, and blends of the basins that listen to several.

    origin: int32 [n], the basin whose marks are heard in each basin beside its own; certainty: float32 [n] in [0, 1],
    how much of their reach is left when they arrive. known: what to take shares from, and to add new ones to.
    """
    known = known or KnownShares()
    known.next_stroke()
    order = np.argsort(marks.basin, kind="stable")
    start = np.searchsorted(marks.basin[order], np.arange(basins.count + 1))
    own = np.diff(start)
    # The last element is for basins without an origin.
    heard = np.append(own, 0)[origin]
    owner = np.where(heard > 0, order[np.minimum(start[np.maximum(origin, 0)], len(order) - 1)], -1).astype(np.int32)
    foreign = np.where(origin == np.arange(basins.count), 0, heard)
    several = np.flatnonzero(own + foreign > 1)
    roomy = (own[several] > 0) | (basins.area[several] >= BLENDED_SHARE * basins.labels.size)
    first_pixel = np.searchsorted(marks.index, np.arange(marks.count + 1))
    blends = []
    for basin in several[roomy].tolist():
        here = order[start[basin] : start[basin + 1]]
        there = order[start[origin[basin]] : start[origin[basin] + 1]] if foreign[basin] else here[:0]
        speakers = np.concatenate([here, there])
        reach = marks.reach[speakers] * np.repeat(np.array([1, certainty[basin]], np.float32), (len(here), len(there)))
        chosen = slice(None, None, 1 + len(speakers) // MOST_MARKS)
        rows, columns = basins.boxes[basin]
        box = rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start
        blends.append(_blend(basins, basin, speakers[chosen], reach[chosen], first_pixel, marks, box, known))
    _nearest(basins, marks, owner, several[~roomy], origin, order, start)
    return owner, blends


def _nearest(
    basins: Basins,
    marks: Marks,
    owner: np.ndarray,
    several: np.ndarray,
    origin: np.ndarray,
    order: np.ndarray,
    start: np.ndarray,
) -> None:
    """Of several marks where a colour sets out, small basins listen to the nearest; writes into owner."""
    for source in np.unique(origin[several]).tolist():
        listening = several[origin[several] == source]
        rows = order[start[source] : start[source + 1]]
        away = np.linalg.norm(marks.center[rows][None] - basins.center[listening][:, None], axis=2)
        owner[listening] = rows[np.argmin(away / marks.reach[rows], axis=1)]


def _blend(
    basins: Basins,
    basin: int,
    here: np.ndarray,
    reach: np.ndarray,
    first_pixel: np.ndarray,
    marks: Marks,
    box: tuple[int, int, int, int],
    known: KnownShares,
) -> Blend:
    points, first_point = _points(here, first_pixel, PIXELS_A_POINT * max(basins.labels.shape))
    ys, xs = marks.ys[points].astype(np.float32), marks.xs[points].astype(np.float32)
    key = tuple(part.tobytes() for part in (np.array(box), ys, xs, first_point, reach))
    shares, grid = known.get(key, lambda: _shares(ys, xs, first_point, reach, box))
    return Blend(basin, here, shares, box, grid)


def _shares(
    ys: np.ndarray, xs: np.ndarray, first_point: np.ndarray, reach: np.ndarray, box: tuple[int, int, int, int]
) -> Shares:
    """The shares of j marks over a box. ys, xs: float32 [n], their points. first_point, reach: [j]."""
    top, left, tall, wide = box
    work = max(64, MOST_WORK // len(ys))
    side = max(float(GRID_PX), float(np.sqrt(tall * wide / work)))
    grid = max(1, round(tall / side)), max(1, round(wide / side))
    y = top + (np.arange(grid[0], dtype=np.float32) + 0.5) * (tall / grid[0]) - 0.5
    x = left + (np.arange(grid[1], dtype=np.float32) + 0.5) * (wide / grid[1]) - 0.5
    away_y = ((y - ys[:, None]) ** 2 + np.float32(CLOSE**2))[:, :, None]
    away_x = ((x - xs[:, None]) ** 2)[:, None, :]
    near = np.empty((len(reach), *grid), np.float32)
    # Of a mark's points the nearest counts. Marks of as many points are dealt with together.
    number = np.diff(np.append(first_point, len(ys)))
    for each in np.unique(number).tolist():
        alike = np.flatnonzero(number == each)
        points = first_point[alike][:, None] + np.arange(each)
        near[alike] = (away_y[points] + away_x[points]).min(axis=1)
    shares = np.divide((reach**2)[:, None], near.reshape(len(reach), -1))
    # (reach / distance)³
    shares *= np.sqrt(shares)
    shares /= shares.sum(axis=0)
    return shares, grid


def _points(here: np.ndarray, first_pixel: np.ndarray, pixels_a_point: float) -> tuple[np.ndarray, np.ndarray]:
    """Some pixels of each mark, intp [n], and where each mark's begin, intp [j]."""
    first, size = first_pixel[here], first_pixel[here + 1] - first_pixel[here]
    number = np.clip(np.rint(size / pixels_a_point), 1, np.minimum(MOST_POINTS, size)).astype(np.intp)
    start = np.cumsum(number) - number
    rank = np.arange(number.sum()) - np.repeat(start, number)
    within = (2 * rank + 1) * np.repeat(size, number) // np.repeat(2 * number, number)
    return np.repeat(first, number) + within, start
