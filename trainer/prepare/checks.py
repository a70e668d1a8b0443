"""Which pictures nothing can be learnt from: too small, without colour, or without lines that could be coloured."""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2
from linepaint.imaging.shrinking import shrink_picture

LEAST_SIDE = 128
"""The shorter side of a usable picture, px."""

COLORED = 24
"""A pixel whose channels differ by more than this, 0 to 255, has a colour."""
LEAST_COLORED = 0.005
"""The least share of coloured pixels in a coloured picture: a lone red stamp on a gray page is not enough."""

INK_SHARE = (0.004, 0.35)
"""A drawing with less or more ink than this share has no usable lines."""

LONG_STROKE = 0.04
"""Strokes that span less than this share of the longest side are specks."""
LEAST_LONG = 0.42
"""The least share of a derived drawing's ink that is in strokes and not in specks."""


def ink_share(lines: np.ndarray) -> float:
    """The share of a line drawing, uint8 [H, W], that is ink."""
    return float(np.mean(lines < 128))


def is_tiny(color: np.ndarray) -> bool:
    """Whether a picture, uint8 [H, W, 3], is too small to train on."""
    return min(color.shape[:2]) < LEAST_SIDE


def is_gray(color: np.ndarray) -> bool:
    """Whether a picture, uint8 [H, W, 3], has no colour to learn."""
    small = shrink_picture(color, 256).astype(np.int16)
    return float(np.mean(small.max(axis=2) - small.min(axis=2) > COLORED)) < LEAST_COLORED


def why_unusable(lines: np.ndarray, is_derived: bool) -> str | None:
    """What is wrong with a line drawing, uint8 [H, W], as a clause; None if it can be trained on."""
    ink = ink_share(lines)
    if ink < INK_SHARE[0]:
        return f"only {ink:.1%} of it is ink"
    if ink > INK_SHARE[1]:
        return f"{ink:.0%} of it is ink"
    if is_derived and (long := long_share(lines)) < LEAST_LONG:
        return f"{1 - long:.0%} of its ink is specks"
    return None


def long_share(lines: np.ndarray) -> float:
    """The share of the ink of a drawing, uint8 [H, W], in connected strokes that span LONG_STROKE of its side."""
    ink = (lines < 128).astype(np.uint8)
    _, _, strokes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    spans = strokes[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1, initial=0)
    areas = strokes[1:, cv2.CC_STAT_AREA]
    return float(areas[spans >= LONG_STROKE * max(lines.shape)].sum() / max(areas.sum(), 1))
