"""Lines and hints at the smaller sizes at which regions are found and networks run."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from linepaint.imaging.marks import SOLID
from linepaint.imaging.opencv import cv2

BLOCK_PX = 64
"""Hints are shrunk in blocks of about so many pixels of the result, and only those blocks that have any."""


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


KnownBlocks = dict[tuple[int, int], tuple[np.ndarray, np.ndarray]]
"""Blocks of hints by their place, each with what it became."""


def shrink_hints(hints: np.ndarray, size: tuple[int, int], known: KnownBlocks | None = None) -> np.ndarray:
    """Hints at a smaller size, uint8 [h, w, 4]; a pixel of which they cover a quarter is hinted, colours unmixed with
    the emptiness around them.

    known: blocks of earlier hints of these sizes, which saves time where they are the same; it is brought up to date.
    """
    height, width = size
    if hints.shape[:2] == size:
        return hints
    small = np.zeros((height, width, 4), np.uint8)
    bytes_of_rows = np.ascontiguousarray(hints).reshape(len(hints), -1)
    blocks_across = _blocks(hints.shape[1], width)
    before, now = known or {}, KnownBlocks()
    for rows, small_rows in _blocks(len(hints), height):
        if not cv2.countNonZero(bytes_of_rows[rows]):
            continue
        for columns, small_columns in blocks_across:
            if cv2.countNonZero(bytes_of_rows[rows, columns.start * 4 : columns.stop * 4]):
                place = rows.start, columns.start
                block = hints[rows, columns]
                if place not in before or not np.array_equal(before[place][0], block):
                    there = small[small_rows, small_columns]
                    _shrink_block(block, there)
                    now[place] = block.copy(), there.copy()
                else:
                    now[place] = before[place]
                    small[small_rows, small_columns] = now[place][1]
    if known is not None:
        known.clear()
        known.update(now)
    return small


def _shrink_block(hints: np.ndarray, small: np.ndarray) -> None:
    """Fill in `small`, uint8 [h, w, 4], until now all 0, with hints uint8 [H, W, 4]."""
    solid = cv2.inRange(cv2.extractChannel(hints, 3), SOLID, 255)
    # Colours at the edge of a hint must not be mixed with the emptiness beside it.
    only_hints = cv2.copyTo(hints, solid)
    cv2.insertChannel(solid, only_hints, 3)
    mixed = cv2.resize(only_hints, (small.shape[1], small.shape[0]), interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(mixed[..., 3] >= 64)
    if not len(ys):
        return
    here = mixed[ys, xs]
    share = here[:, 3:].astype(np.float32) / 255
    here[:, :3] = np.clip(np.rint(here[:, :3] / share), 0, 255)
    here[:, 3] = 255
    small[ys, xs] = here


def _blocks(large: int, small: int) -> list[tuple[slice, slice]]:
    """A side cut into blocks, as pixels of the large and of the small picture.

    They meet where pixels of both begin, so that shrinking block by block gives what shrinking all at once does.
    """
    period = small // math.gcd(large, small)
    step = period * math.ceil(BLOCK_PX / period)
    cuts = [*range(0, small, step), small]
    return [
        (slice(start * large // small, stop * large // small), slice(start, stop)) for start, stop in pairwise(cuts)
    ]
