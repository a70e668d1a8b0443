"""Hints as an artist might have set them on a finished colouring."""

from __future__ import annotations

import math

import numpy as np

from linepaint.imaging.basins import Basins

from .marks import draw_mark, lay_mark
from .page import Page
from .recipe import HintRecipe


def simulate_hints(
    color: np.ndarray,
    basins: Basins,
    recipe: HintRecipe,
    random: np.random.Generator,
    count: int | None = None,
) -> np.ndarray:
    """Hints, uint8 [H, W, 4], for a colouring uint8 [H, W, 3]; count: how many marks, None to draw it by the recipe.

    Counts are nested: with generators in the same state, n marks are the first n of any larger count, pixel for pixel.
    """
    hints = np.zeros((*color.shape[:2], 4), np.uint8)
    if count is None:
        count = draw_count(recipe, random)
    if not count:
        return hints
    page = Page(color, basins)
    if not len(page.paper):
        return hints
    for _ in range(count):
        lay_mark(hints, page, draw_mark(page, recipe, random), recipe.jitter, random)
    return hints


def draw_count(recipe: HintRecipe, random: np.random.Generator) -> int:
    """How many marks a sample gets: none with the recipe's share, else log-uniform up to its most."""
    if random.random() < recipe.none or not recipe.most:
        return 0
    return int(math.exp(random.uniform(0, math.log(recipe.most + 1))))
