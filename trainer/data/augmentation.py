"""Making few pictures many: geometry, line quality and colour, each from a seeded generator."""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2

from .pictures import Pair

SMALLEST_CROP = 0.45
"""The shortest side of a crop, as a share of the picture's longest side."""


def crop(pair: Pair, size: int, random: np.random.Generator) -> Pair:
    """A square of size × size px: often the whole picture (padded), else a part; flipped, turned a little."""
    height, width = pair.lines.shape
    longest = max(height, width)
    whole = random.random() < 0.4
    side = longest * (random.uniform(1.0, 1.1) if whole else random.uniform(SMALLEST_CROP, 1.0))
    center_x = width / 2 if whole else _within(random, side, width)
    center_y = height / 2 if whole else _within(random, side, height)
    angle = random.normal(0, 4) if random.random() < 0.3 else 0.0
    scale = size / side
    turn = np.asarray(cv2.getRotationMatrix2D((center_x, center_y), angle, scale), np.float64)
    turn[:, 2] += size / 2 - np.array([center_x, center_y])
    if random.random() < 0.5:
        turn = np.array([[-1, 0, size - 1], [0, 1, 0]]) @ np.vstack([turn, [0, 0, 1]])
    lines, color = _warp(pair.lines, turn, size, scale), _warp(pair.color, turn, size, scale)
    return Pair(color, lines)


def recolor(color: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The same picture in other hues, uint8 [H, W, 3]: white, grey and black stay, so lines and paper do."""
    hsv = cv2.cvtColor(color, cv2.COLOR_RGB2HSV_FULL).astype(np.int32)
    hsv[..., 0] = (hsv[..., 0] + int(random.integers(256))) % 256
    hsv[..., 1] = np.clip(hsv[..., 1] * random.uniform(0.7, 1.3), 0, 255)
    return cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB_FULL)


def roughen(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Lines as another hand or another scanner gives them: thicker, thinner, paler, gapped. uint8 [H, W]."""
    kind = random.random()
    if kind < 0.25:
        lines = cv2.erode(lines, np.ones((2, 2), np.uint8))
    elif kind < 0.4:
        lines = cv2.dilate(lines, np.ones((2, 2), np.uint8))
    if random.random() < 0.4:
        lines = lines.copy()
        ys, xs = np.nonzero(lines < 128)
        for _ in range(int(random.integers(1, 12)) if len(ys) else 0):
            pick = int(random.integers(len(ys)))
            cv2.circle(lines, (int(xs[pick]), int(ys[pick])), int(random.integers(1, 4)), 255, -1)
    if random.random() < 0.3:
        ink = 255 - lines.astype(np.float32)
        lines = np.rint(255 - ink * random.uniform(0.5, 1.0)).astype(np.uint8)
    if random.random() < 0.2:
        lines = cv2.GaussianBlur(lines, (0, 0), random.uniform(0.4, 0.8))
    return lines


def _within(random: np.random.Generator, side: float, extent: int) -> float:
    """The centre of a crop along one axis: inside the picture where it fits, the middle where it does not."""
    return random.uniform(side / 2, extent - side / 2) if side < extent else extent / 2


def _warp(picture: np.ndarray, turn: np.ndarray, size: int, scale: float) -> np.ndarray:
    """Affine warp onto white paper, without the moiré that shrinking thin lines would otherwise give."""
    if scale < 0.9:
        picture = cv2.GaussianBlur(picture, (0, 0), 0.4 / scale)
    return cv2.warpAffine(
        picture,
        turn,
        (size, size),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255,) * 3,
    )
