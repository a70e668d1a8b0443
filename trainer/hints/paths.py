"""Where the pen goes: free strokes, scribbles along an area, and the slips at their ends.

Every path is a list of points (x, y) in pixels. Strokes are short and mostly end early, so plain loops over their
points are several times as fast as arrays.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .page import Page, Point

WALK_STEPS = 24
SCRIBBLE_STEPS = 16
"""The most steps, of one to three hundredths of the page each; a scribble takes them both ways."""

TURNS = (0.0, -0.35, 0.35, -0.7, 0.7)
"""How far a scribble may turn at a step, in radians; the straightest of equally good ones is taken."""

NARROWEST = 1.0
"""A scribble ends where the area is less than this many pixels wide on either side."""

REACH = 0.2
"""How far a careless stroke runs to the next line, as a share of the page's side, before it is no slip any more."""

SLIPS = (0.0, 0.5, -0.5, 1.0, -1.0, 1.6, -1.6)
"""The directions, in radians from the stroke's own, in which a line to slip over is looked for."""

PAST_LINE = (0.015, 0.06)
"""How far a slip goes on behind the line, as shares of the page's side."""


def walk(page: Page, at: Point, random: np.random.Generator) -> list[Point]:
    """A stroke that bends gently, and ends at ink or where the colour changes."""
    is_open = page.open_to(at)
    step, angle, bend = _step(page, random), random.uniform(0, 2 * math.pi), random.normal(0, 0.15)
    x, y = at
    path = [at]
    exact_x, exact_y = float(x), float(y)
    for turn in random.normal(bend, 0.1, int(random.integers(2, WALK_STEPS))).tolist():
        angle += turn
        exact_x, exact_y = exact_x + step * math.cos(angle), exact_y + step * math.sin(angle)
        x, y = round(exact_x), round(exact_y)
        if not is_open(x, y):
            break
        path.append((x, y))
    return path


def scribble(page: Page, at: Point, random: np.random.Generator) -> list[Point]:
    """A stroke along the middle of its area, to both sides of where it was set, swaying as far as there is room."""
    along = page.extent(page.area_at(at))[2]
    step, sway = _step(page, random), random.uniform(-0.6, 0.6)
    forth, back = (
        _along_ridge(page, at, heading, step, int(random.integers(1, SCRIBBLE_STEPS)), sway)
        for heading in (along, along + math.pi)
    )
    return [*reversed(back), at, *forth]


def run_over(page: Page, path: Sequence[Point], random: np.random.Generator) -> list[Point]:
    """A path that goes on over the next line into the area behind it; the same path if no line is near."""
    (from_x, from_y), (end_x, end_y) = path[max(0, len(path) - 4)], path[-1]
    moves = (from_x, from_y) != (end_x, end_y)
    heading = math.atan2(end_y - from_y, end_x - from_x) if moves else random.uniform(0, 2 * math.pi)
    further = max(2, round(page.side * random.uniform(*PAST_LINE)))
    for slip in SLIPS:
        target = _behind_line(page, path[-1], heading + slip, further)
        if target is not None:
            return [*path, target]
    return list(path)


def _behind_line(page: Page, start: Point, heading: float, further: int) -> Point | None:
    """The point `further` px behind the first line in a direction, or as far as the page goes; None without a line."""
    behind: Point | None = None
    on_ink, still = False, further
    for away in range(1, round(page.side * REACH) + further):
        x, y = round(start[0] + away * math.cos(heading)), round(start[1] + away * math.sin(heading))
        if not (0 <= x < page.width and 0 <= y < page.height) or not still:
            break
        if page.basins.ink.item(y, x) and behind is None:
            on_ink = True
        elif on_ink:
            behind, still = (x, y), still - 1
    return behind


def _along_ridge(page: Page, at: Point, heading: float, step: float, steps: int, sway: float) -> list[Point]:
    """Steps that keep to where the area is widest; each second one to the other side by `sway` of the room there."""
    is_open = page.open_to(at)
    distance, (left, top), _ = page.extent(page.area_at(at))
    height, width = distance.shape
    x, y = at[0] - left, at[1] - top
    path: list[Point] = []
    for _ in range(steps):
        widest = NARROWEST
        chosen: tuple[float, int, int] | None = None
        for turn in TURNS:
            column = round(x + step * math.cos(heading + turn))
            row = round(y + step * math.sin(heading + turn))
            if 0 <= column < width and 0 <= row < height and distance.item(row, column) > widest:
                widest, chosen = distance.item(row, column), (heading + turn, column, row)
        if chosen is None:
            break
        heading, x, y = chosen
        aside = widest * sway
        point = left + round(x - aside * math.sin(heading)), top + round(y + aside * math.cos(heading))
        if not is_open(*point):
            break
        path.append(point)
        sway = -sway
    return path


def _step(page: Page, random: np.random.Generator) -> float:
    return max(2.0, page.side * random.uniform(0.01, 0.03))
