"""What a finished picture may have beside black ink: coloured ink, shadows, lights, JPEG blocks.

For learning to draw lines out of pictures: none of it is a line, however sharp its edge. The lines stay as they are.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2

from ..pictures import Pair

LIGHTEST_INK = 120
SHADOW = (0.5, 0.92)
"""What a shadow leaves of the colour, darkest and lightest."""

TINT = 0.12
"""How far a shadow's channels differ."""

LIGHT = (0.15, 0.6)
"""How far a light goes towards white."""

CELLS = (2, 9)
"""Bumps across the picture that shadows follow, fewest and most."""

JPEG_QUALITY = (25, 90)
NOISE = 6.0


def tint_ink(pair: Pair, random: np.random.Generator) -> np.ndarray:
    """The picture, uint8 [H, W, 3], with its ink in another dark colour."""
    ink = 1 - pair.lines.astype(np.float32)[..., None] / 255
    shift = random.uniform(0, LIGHTEST_INK) * random.dirichlet((2, 2, 2)) * 2
    return _pixels(pair.color + ink * shift.astype(np.float32))


def shade(pair: Pair, random: np.random.Generator) -> np.ndarray:
    """The picture, uint8 [H, W, 3], in a soft shadow or one with a hard edge, perhaps with lights under its ink."""
    height, width = pair.lines.shape
    depth = _depth(height, width, random)
    color = pair.color.astype(np.float32)
    left = random.uniform(*SHADOW) + random.uniform(-TINT, TINT, 3)
    color *= (1 - depth[..., None] * (1 - np.clip(left, 0, 1))).astype(np.float32)
    if random.random() < 0.4:
        light = _depth(height, width, random)[..., None] * np.float32(random.uniform(*LIGHT))
        color += (255 - color) * light * (pair.lines.astype(np.float32)[..., None] / 255)
    return _pixels(color)


def compress(color: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The picture, uint8 [H, W, 3], with JPEG blocks and some noise."""
    noisy = _pixels(color + random.normal(0, random.uniform(0, NOISE), color.shape).astype(np.float32))
    quality = int(random.integers(*JPEG_QUALITY))
    _, coded = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def _depth(height: int, width: int, random: np.random.Generator) -> np.ndarray:
    """How deep in shadow each pixel lies, float32 [H, W] in [0, 1]: a bumpy field, as it is or cut hard."""
    cells = random.integers(*CELLS, 2)
    bumps = random.random((int(cells[0]), int(cells[1]))).astype(np.float32)
    field = np.clip(cv2.resize(bumps, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)
    if random.random() < 0.35:
        return field
    # A pixel's width of softness, as antialiased paint has.
    return np.clip((field - random.uniform(0.35, 0.65)) * max(height, width) / float(cells.max()) + 0.5, 0, 1)


def _pixels(color: np.ndarray) -> np.ndarray:
    return np.rint(color).clip(0, 255).astype(np.uint8)
