"""Applying a recipe's augmentations: to a picture and its lines, or to any two pictures that belong together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linepaint.imaging.opencv import cv2

from ..pictures import Pair
from . import finish, linework
from .geometry import crop, draw_transform, warp_together
from .palette import palette_swap, recolor, shift_tone
from .recipe import AugmentRecipe

Change = Callable[[np.ndarray, np.random.Generator], np.ndarray]

BLUR_PX = (0.4, 1.2)
ERASED_SIDE = (0.05, 0.25)
"""The sides of an erased rectangle, as shares of the picture's."""

MOST_ERASED = 3


def augment_pair(
    pair: Pair, recipe: AugmentRecipe, size: int, random: np.random.Generator, *, keep_colors: bool = False
) -> Pair:
    """A square of size px of a picture and its lines, changed as the recipe asks.

    keep_colors: leave the colours alone, as is right where no hint could tell the generator of new ones.
    """
    pair = augment_geometry(pair, recipe, size, random)
    if not keep_colors:
        pair = augment_colors(pair, recipe, random)
    return Pair(pair.color, augment_source(pair.lines, recipe, random, is_lines=True))


def augment_pictures(
    source: np.ndarray, target: np.ndarray, recipe: AugmentRecipe, size: int, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Squares of size px of any two pictures of one size, uint8 [H, W] or [H, W, 3]: what is given and what is asked.

    Both are moved alike; only the source is blurred and has parts erased. Colours stay as they are.
    """
    transform = draw_transform(source.shape, size, recipe, random)
    source, target = warp_together((source, target), transform, size)
    return augment_source(source, recipe, random, is_lines=False), target


def augment_geometry(pair: Pair, recipe: AugmentRecipe, size: int, random: np.random.Generator) -> Pair:
    """A square of size px of a picture and its lines: a part or the whole, flipped, turned, askew."""
    return crop(pair, size, random, recipe)


def augment_colors(pair: Pair, recipe: AugmentRecipe, random: np.random.Generator) -> Pair:
    """The same picture in other colours; its lines as they are."""
    color = pair.color
    if random.random() < recipe.palette_swap:
        color = palette_swap(color, pair.lines, random)
    if random.random() < recipe.recolor:
        color = recolor(color, random)
    if random.random() < recipe.tone:
        color = shift_tone(color, random)
    return Pair(color, pair.lines)


def augment_finish(pair: Pair, recipe: AugmentRecipe, random: np.random.Generator) -> Pair:
    """The same picture with other ink, shadows and flaws, none of which is a line; its lines as they are."""
    color = pair.color
    if random.random() < recipe.ink_tint:
        color = finish.tint_ink(Pair(color, pair.lines), random)
    if random.random() < recipe.shadows:
        color = finish.shade(Pair(color, pair.lines), random)
    if random.random() < recipe.jpeg:
        color = finish.compress(color, random)
    return Pair(color, pair.lines)


def augment_source(
    source: np.ndarray, recipe: AugmentRecipe, random: np.random.Generator, *, is_lines: bool
) -> np.ndarray:
    """What the generator is given, uint8 [H, W] or [H, W, 3], made worse; is_lines: it is a line drawing [H, W]."""
    changes: list[tuple[float, Change]] = [(recipe.blur, blur), (recipe.erase, erase)]
    if is_lines:
        changes = [
            (recipe.wobble, linework.wobble),
            (recipe.sketchy, linework.sketchy),
            (recipe.rough_lines, linework.roughen),
            (recipe.pencil, linework.pencil),
            *changes,
            (recipe.scan, linework.scan),
        ]
    for share, change in changes:
        if random.random() < share:
            source = change(source, random)
    return source


def blur(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A little out of focus."""
    return cv2.GaussianBlur(picture, (0, 0), random.uniform(*BLUR_PX))


def erase(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Up to MOST_ERASED rectangles become blank paper, for the network to go by what is around them."""
    picture = picture.copy()
    height, width = picture.shape[:2]
    for _ in range(int(random.integers(1, MOST_ERASED + 1))):
        tall, wide = (np.array([height, width]) * random.uniform(*ERASED_SIDE, 2)).astype(int).tolist()
        top, left = int(random.integers(height - tall + 1)), int(random.integers(width - wide + 1))
        picture[top : top + max(1, tall), left : left + max(1, wide)] = 255
    return picture
