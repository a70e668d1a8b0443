"""Imitating an artist's hints from a finished colouring: dots and strokes laid in the open areas of the drawing.

Colours are taken from the artist's own picture under the mark, off the ink; a stroke stays in its area and stops where
the colour changes, as a person's would.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.basins import Basins
from linepaint.imaging.opencv import cv2

from .recipe import HintRecipe

SAME_COLOR = 40
"""A stroke goes on while the colour under it differs by less than this from where it began (largest channel)."""

STROKE_STEPS = 24
LARGEST_SHARE = 0.5
"""Share of hints placed by area; the others pick an area first, so that small ones get theirs."""


def simulate_hints(
    color: np.ndarray,
    basins: Basins,
    recipe: HintRecipe,
    random: np.random.Generator,
    count: int | None = None,
) -> np.ndarray:
    """Hints, uint8 [H, W, 4], for a colouring uint8 [H, W, 3]; count: how many marks, None to draw it by the recipe."""
    hints = np.zeros((*color.shape[:2], 4), np.uint8)
    if count is None:
        count = draw_count(recipe, random)
    paper_y, paper_x = np.nonzero(~basins.ink)
    if not count or not len(paper_y):
        return hints
    by_area = np.argsort(basins.labels[paper_y, paper_x], kind="stable")
    start = np.searchsorted(basins.labels[paper_y, paper_x][by_area], np.arange(basins.count + 1))
    roomy = np.flatnonzero(start[1:] - start[:-1] >= 8)
    for _ in range(count):
        if random.random() < LARGEST_SHARE or not len(roomy):
            pick = int(random.integers(len(paper_y)))
        else:
            area = int(random.choice(roomy))
            pick = int(by_area[random.integers(start[area], start[area + 1])])
        _mark(hints, color, basins, (int(paper_x[pick]), int(paper_y[pick])), recipe, random)
    return hints


def draw_count(recipe: HintRecipe, random: np.random.Generator) -> int:
    """How many marks a sample gets: none with the recipe's share, else log-uniform up to its most."""
    return 0 if random.random() < recipe.none else int(np.exp(random.uniform(0, np.log(recipe.most + 1))))


def _mark(
    hints: np.ndarray,
    color: np.ndarray,
    basins: Basins,
    at: tuple[int, int],
    recipe: HintRecipe,
    random: np.random.Generator,
) -> None:
    """Lay one dot or stroke, in place."""
    side = max(color.shape[:2])
    low, high = np.log(recipe.radius)
    radius = max(1, round(float(np.exp(random.uniform(low, high))) * side))
    points = [at] if random.random() < recipe.dots else _wander(color, basins, at, random)
    mark = np.zeros(color.shape[:2], np.uint8)
    cv2.polylines(mark, [np.array(points, np.int32)], False, 1, thickness=2 * radius)
    for point in (points[0], points[-1]):
        cv2.circle(mark, point, radius, 1, -1)
    under = (mark > 0) & ~basins.ink & (basins.labels == basins.labels[at[1], at[0]])
    if not under.any():
        return
    hints[mark > 0] = (*np.median(color[under], axis=0).astype(np.uint8), 255)


def _wander(
    color: np.ndarray, basins: Basins, at: tuple[int, int], random: np.random.Generator
) -> list[tuple[int, int]]:
    """The points of a stroke: a walk that bends gently, and ends at ink or where the colour changes."""
    height, width = color.shape[:2]
    step = max(2.0, max(height, width) * random.uniform(0.01, 0.03))
    angle, bend = random.uniform(0, 2 * np.pi), random.normal(0, 0.15)
    x, y = float(at[0]), float(at[1])
    home = color[at[1], at[0]].astype(int)
    points = [at]
    for _ in range(int(random.integers(2, STROKE_STEPS))):
        angle += bend + random.normal(0, 0.1)
        x, y = x + step * np.cos(angle), y + step * np.sin(angle)
        column, row = round(x), round(y)
        if not (0 <= column < width and 0 <= row < height) or basins.ink[row, column]:
            break
        if basins.labels[row, column] != basins.labels[at[1], at[0]]:
            break
        if np.abs(color[row, column].astype(int) - home).max() > SAME_COLOR:
            break
        points.append((column, row))
    return points
