"""Lines and hints at the smaller sizes at which regions are found and networks run."""

from __future__ import annotations

import numpy as np

from linepaint.imaging.marks import SOLID
from linepaint.imaging.opencv import cv2


def fitted(height: int, width: int, longest_side: int) -> tuple[int, int]:
    """The size with that longest side and the same proportions; never enlarged."""
    scale = min(1.0, longest_side / max(height, width))
    return max(1, round(height * scale)), max(1, round(width * scale))


def shrink_picture(picture: np.ndarray, longest_side: int) -> np.ndarray:
    """A gray or colour picture, uint8 [H, W] or [H, W, 3], at a smaller size."""
    height, width = fitted(picture.shape[0], picture.shape[1], longest_side)
    if (height, width) == picture.shape[:2]:
        return picture
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)


def shrink_lines(lines: np.ndarray, longest_side: int) -> np.ndarray:
    """Lines at a smaller size. Where that is much smaller, thin lines are thickened first lest they fade away."""
    height, width = fitted(lines.shape[0], lines.shape[1], longest_side)
    if (height, width) == lines.shape:
        return lines
    if lines.shape[0] >= 2 * height:
        lines = cv2.erode(lines, np.ones((2, 2), np.uint8))
    return cv2.resize(lines, (width, height), interpolation=cv2.INTER_AREA)


def shrink_hints(hints: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Hints at a smaller size, uint8 [h, w, 4]; a pixel of which they cover a quarter is hinted, colours unmixed with
    the emptiness around them."""
    height, width = size
    if hints.shape[:2] == size:
        return hints
    solid = cv2.inRange(hints[..., 3], SOLID, 255)
    cover = cv2.resize(solid, (width, height), interpolation=cv2.INTER_AREA)
    # Colours at the edge of a hint must not be mixed with the emptiness beside it.
    only_hints = cv2.bitwise_and(hints, cv2.merge([solid] * 4))
    mixed = cv2.resize(only_hints, (width, height), interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(cover >= 64)
    small = np.zeros((height, width, 4), np.uint8)
    share = cover[ys, xs].astype(np.float32)[:, None] / 255
    small[ys, xs, :3] = np.clip(np.rint(mixed[ys, xs, :3] / share), 0, 255)
    small[ys, xs, 3] = 255
    return small
