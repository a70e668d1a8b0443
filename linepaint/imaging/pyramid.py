"""Image pyramids: a picture at ever smaller sizes, for views that are zoomed out."""

from __future__ import annotations

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.imaging.opencv import cv2

SMALLEST_PX = 256


def pyramid(pixels: Pixels, smallest: int = SMALLEST_PX) -> list[Pixels]:
    """The picture [H, W] or [H, W, C] and its halvings, until both sides are at most `smallest` pixels.

    Level 0 is the array itself. A pixel of level n is the mean of 2ⁿ × 2ⁿ pixels that begin at 2ⁿ times its
    own position, so a part of a level can be made from just the part of the picture under it.
    """
    levels = [pixels]
    while max(levels[-1].shape[:2]) > max(smallest, 1) and levels[-1].size:
        levels.append(halved(levels[-1]))
    return levels


def halved(pixels: Pixels) -> Pixels:
    """Half the size, rounded up: the mean of each 2 × 2 pixels, the last row or column doubled where odd.

    Channels are averaged one by one, so straight RGBA has to be composited or premultiplied first.
    """
    height, width = pixels.shape[:2]
    is_odd = height % 2 or width % 2
    even = cv2.copyMakeBorder(pixels, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE) if is_odd else pixels
    half = cv2.resize(even, ((width + 1) // 2, (height + 1) // 2), interpolation=cv2.INTER_AREA)
    return np.asarray(half, np.uint8)
