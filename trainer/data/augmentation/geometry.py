"""Crops, turns, mirrorings and perspective: one transform for a picture and all that belongs to it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from linepaint.imaging.opencv import cv2

from ..pictures import Pair
from .recipe import AugmentRecipe

TURN_DEGREES = 4.0
"""Standard deviation of a rotation."""

ASKEW = 0.08
"""How far a corner moves in perspective at most, as a share of the side."""

PAPER = (255, 255, 255)
SHARPNESS_PX = 0.4
"""Standard deviation, in pixels of the result, of the blur that keeps shrunk thin lines from moiré."""


def crop(pair: Pair, size: int, random: np.random.Generator, recipe: AugmentRecipe | None = None) -> Pair:
    """A square of size × size px: often the whole picture (padded), else a part; flipped, turned a little."""
    transform = draw_transform(pair.lines.shape, size, recipe or AugmentRecipe(), random)
    color, lines = warp_together((pair.color, pair.lines), transform, size)
    return Pair(color, lines)


def draw_transform(shape: tuple[int, ...], size: int, recipe: AugmentRecipe, random: np.random.Generator) -> np.ndarray:
    """A random crop, and what else the recipe asks for, of a picture of [height, width, …].

    Returns the homography, float64 [3, 3], from the picture's pixel centres (x, y) to those of a square of size px.
    """
    height, width = shape[:2]
    side, center_x, center_y = _draw_square(height, width, recipe, random)
    scale = size / side
    angle = math.radians(random.normal(0, TURN_DEGREES)) if random.random() < recipe.rotate else 0.0
    cos, sin = scale * math.cos(angle), scale * math.sin(angle)
    middle = (size - 1) / 2
    transform = np.array(
        [
            [cos, sin, middle - cos * center_x - sin * center_y],
            [-sin, cos, middle + sin * center_x - cos * center_y],
            [0, 0, 1],
        ]
    )
    if random.random() < recipe.flip:
        transform = np.array([[-1, 0, size - 1], [0, 1, 0], [0, 0, 1]]) @ transform
    if random.random() < recipe.perspective:
        transform = _askew(size, random) @ transform
    return transform


def warp_together(pictures: Sequence[np.ndarray], transform: np.ndarray, size: int) -> list[np.ndarray]:
    """Pictures uint8 [H, W] or [H, W, 3] of one size, all moved by one homography to size × size px of white paper.

    transform: as from draw_transform. Only the part that is seen is worked on, at the smallest size that will do.
    """
    height, width = pictures[0].shape[:2]
    scale = math.sqrt(abs(np.linalg.det(transform[:2, :2])))
    left, top, right, bottom = _seen(transform, size, height, width, margin=math.ceil(4 / scale) + 2)
    transform = transform @ np.array([[1, 0, left], [0, 1, top], [0, 0, 1]])
    halvings = max(0, math.floor(-math.log2(scale)))
    sigma = SHARPNESS_PX / scale if scale < 0.9 else 0.0
    for _ in range(halvings):
        # The mean of two pixels has a standard deviation of half a pixel; a pixel's centre moves by as much.
        sigma = math.sqrt(max(0.0, sigma**2 - 0.25)) / 2
        transform = transform @ np.array([[2, 0, 0.5], [0, 2, 0.5], [0, 0, 1]])
    is_affine = not transform[2, :2].any()
    warped = []
    for picture in pictures:
        part = picture[top:bottom, left:right]
        for _ in range(halvings):
            part = _halved(part)
        if sigma > 0.25:
            part = cv2.GaussianBlur(part, (0, 0), sigma)
        warp, matrix = (cv2.warpAffine, transform[:2]) if is_affine else (cv2.warpPerspective, transform)
        warped.append(
            warp(
                part,
                matrix,
                (size, size),
                flags=cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_CONSTANT,
                borderValue=PAPER,
            )
        )
    return warped


def _draw_square(
    height: int, width: int, recipe: AugmentRecipe, random: np.random.Generator
) -> tuple[float, float, float]:
    """The side of the square to cut out and the pixel (x, y) of its centre."""
    longest, shortest = max(height, width), min(height, width)
    kind = random.random()
    if kind < recipe.whole:
        return longest * random.uniform(1.0, 1.1), (width - 1) / 2, (height - 1) / 2
    if kind < recipe.whole + recipe.minimal:
        side = float(shortest)
    else:
        side = longest * random.uniform(recipe.smallest_crop, 1.0)
    return side, _within(random, side, width), _within(random, side, height)


def _within(random: np.random.Generator, side: float, extent: int) -> float:
    """The centre of a crop along one axis: inside the picture where it fits, the middle where it does not."""
    return (random.uniform(side / 2, extent - side / 2) if side < extent else extent / 2) - 0.5


def _askew(size: int, random: np.random.Generator) -> np.ndarray:
    """A homography that moves the corners of the square a little, each its own way."""
    corners = np.array([[0, 0], [size, 0], [size, size], [0, size]], np.float32)
    moved = corners + random.uniform(-ASKEW, ASKEW, (4, 2)).astype(np.float32) * size
    return np.asarray(cv2.getPerspectiveTransform(corners, moved), np.float64)


def _seen(transform: np.ndarray, size: int, height: int, width: int, margin: int) -> tuple[int, int, int, int]:
    """The part (left, top, right, bottom) of a picture that the square shows, and a margin; at least one pixel."""
    corners = np.linalg.inv(transform) @ np.array([[0, size, size, 0], [0, 0, size, size], [1, 1, 1, 1]])
    x, y = (corners[:2] / corners[2]).tolist()
    left, top = (
        max(0, min(width - 1, math.floor(min(x)) - margin)),
        max(0, min(height - 1, math.floor(min(y)) - margin)),
    )
    right, bottom = min(width, math.ceil(max(x)) + margin), min(height, math.ceil(max(y)) + margin)
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _halved(picture: np.ndarray) -> np.ndarray:
    """Half the size, each pixel the mean of four; an odd edge is doubled first."""
    height, width = picture.shape[:2]
    if height % 2 or width % 2:
        picture = cv2.copyMakeBorder(picture, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
    return cv2.resize(picture, ((width + 1) // 2, (height + 1) // 2), interpolation=cv2.INTER_AREA)
