"""One mark of an artist: its shape, where it goes, how wide the brush is and which colour it has."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from linepaint.imaging.opencv import cv2

from .page import SAME_COLOR, Page, Point
from .paths import run_over, scribble, walk
from .recipe import HintRecipe

OTHER_COLOR_TRIES = 8


class Shape(Enum):
    """How a mark is drawn."""

    DOT = "dot"
    WALK = "walk"
    REGION = "region"


class Paint(Enum):
    """Where a mark's colour is from."""

    OWN = "own"
    SAMPLED = "sampled"
    WRONG = "wrong"


@dataclass(frozen=True)
class Mark:
    """A mark as decided upon, not yet laid. path: points (x, y). radius: pixels. home: the place it is meant for."""

    shape: Shape
    paint: Paint
    path: Sequence[Point]
    radius: int
    home: Point
    overshoots: bool = False
    misplaced: bool = False


def draw_mark(page: Page, recipe: HintRecipe, random: np.random.Generator) -> Mark:
    """The next mark an artist might set on a page that has some paper."""
    home = page.pick(random)
    low, high = math.log(recipe.radius[0]), math.log(recipe.radius[1])
    radius = max(1, round(math.exp(random.uniform(low, high)) * page.side))
    shape, paint = _shape(recipe, random.random()), _paint(recipe, random.random())
    overshoots, misplaced = random.random() < recipe.overshoot, random.random() < recipe.misplaced
    if shape is Shape.DOT:
        return Mark(shape, paint, [home], radius, home)
    path = (walk if shape is Shape.WALK else scribble)(page, home, random)
    if overshoots:
        path = run_over(page, path, random)
    if misplaced:
        path = run_over(page, path[::-1], random)[::-1]
    return Mark(shape, paint, path, radius, home, overshoots, misplaced)


def lay_mark(hints: np.ndarray, page: Page, mark: Mark, jitter: float, random: np.random.Generator) -> None:
    """Paint a mark into hints, uint8 [H, W, 4], in place, around earlier marks, which stay as they are.

    So the first n of 2 n marks are those that n alone would be, which comparing numbers of hints needs.
    """
    xs, ys = [x for x, _ in mark.path], [y for _, y in mark.path]
    left, top = max(0, min(xs) - mark.radius - 1), max(0, min(ys) - mark.radius - 1)
    box = slice(top, max(ys) + mark.radius + 2), slice(left, max(xs) + mark.radius + 2)
    ink = page.basins.ink[box]
    covered = _cover(mark, (left, top), ink.shape)
    under = covered & ~ink & (page.basins.labels[box] == page.area_at(mark.home))
    if not under.any():
        return
    color = page.color[box]
    if mark.paint is Paint.SAMPLED:
        paint = _sampled(color, under, mark.radius)
    elif mark.paint is Paint.WRONG:
        paint = _another(page, _median(color[under]), random)
    else:
        paint = _median(color[under])
    if jitter:
        paint = np.clip(np.rint(paint + random.normal(0, 255 * jitter, 3)), 0, 255)
    laid = hints[box]
    free = covered & (laid[..., 3] == 0)
    laid[free, :3] = paint[free] if paint.ndim == 3 else paint
    laid[free, 3] = 255


def _shape(recipe: HintRecipe, roll: float) -> Shape:
    if roll < recipe.dots:
        return Shape.DOT
    return Shape.REGION if roll < recipe.dots + recipe.region_strokes else Shape.WALK


def _paint(recipe: HintRecipe, roll: float) -> Paint:
    if roll < recipe.wrong_color:
        return Paint.WRONG
    return Paint.SAMPLED if roll < recipe.wrong_color + recipe.sampled else Paint.OWN


def _cover(mark: Mark, corner: Point, shape: tuple[int, ...]) -> np.ndarray:
    """Which pixels of a box the brush covers, bool; corner: the box's own, on the page."""
    covered = np.zeros(shape, np.uint8)
    path = np.array([(x - corner[0], y - corner[1]) for x, y in mark.path], np.int32)
    if len(path) > 1:
        cv2.polylines(covered, [path], False, 1, thickness=2 * mark.radius)
    for x, y in (path[0].tolist(), path[-1].tolist())[: len(path)]:
        cv2.circle(covered, (x, y), mark.radius, 1, -1)
    return covered.view(bool)


def _median(colors: np.ndarray) -> np.ndarray:
    """The middle one of each channel of uint8 [n, 3]: a colour that really occurs there."""
    middle = len(colors) // 2
    return np.partition(colors, middle, axis=0)[middle]


def _sampled(color: np.ndarray, under: np.ndarray, radius: int) -> np.ndarray:
    """The picture blurred by the brush's width, uint8 [h, w, 3], from the pixels `under` the mark alone."""
    weight = under.astype(np.float32)
    total = cv2.GaussianBlur(color * weight[..., None], (0, 0), radius, borderType=cv2.BORDER_REPLICATE)
    share = cv2.GaussianBlur(weight, (0, 0), radius, borderType=cv2.BORDER_REPLICATE)[..., None]
    mean = color[under].mean(axis=0, dtype=np.float32)
    # Where a careless mark is far from its own area, it keeps that area's colour.
    return np.rint(np.where(share > 1e-3, total / np.maximum(share, 1e-3), mean)).astype(np.uint8)


def _another(page: Page, color: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Another colour of the picture, uint8 [3], or if it has but one, a random colour unlike it."""
    flat = page.color.reshape(-1, 3)
    for _ in range(OTHER_COLOR_TRIES):
        other = flat[page.paper[random.integers(len(page.paper))]]
        if np.abs(other.astype(np.int16) - color).max() > SAME_COLOR:
            return other
    # Half a turn of each channel away, give or take an eighth.
    return ((color.astype(np.int64) + random.integers(96, 160, 3)) % 256).astype(np.uint8)
