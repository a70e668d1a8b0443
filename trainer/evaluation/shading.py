"""Is shading drawn as lines? The share of the artist's colour borders away from the ink along which ink was made.

Where light and shade or two colours meet without a line, the artist drew none, and a tracer is to draw none either.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linepaint.imaging.opencv import cv2

from .ink import INK_BELOW, pixels_to
from .regions import EDGE_CONTRAST

OFF_INK_PX = 2.0
"""Borders and ink farther than this from the artist's ink are off it; nearer ones are the line's own two sides."""

ALONG_PX = 1.0
"""Ink at most this far from a border runs along it."""


@dataclass(frozen=True)
class Shading:
    """In pixels of colour border off the artist's ink, so that several pictures can be added: along how many of them
    ink was made, and how many there are."""

    drawn: int
    borders: int

    @property
    def share(self) -> float | None:
        """drawn / borders: 0 no shading became a line … 1 all of it; None for a picture without such borders."""
        return self.drawn / self.borders if self.borders else None

    def __add__(self, other: Shading) -> Shading:
        """Of both pictures together."""
        return Shading(self.drawn + other.drawn, self.borders + other.borders)


def borders_off_ink(color_lab: np.ndarray, lines: np.ndarray, scale: int = 1) -> np.ndarray:
    """The colouring's borders off the artist's ink, bool [H, W]: more than OFF_INK_PX from it, and with colours that
    differ by more than EDGE_CONTRAST within the 3 × 3 pixels around.

    color_lab: float32 [H, W, 3]. lines: uint8 [H, W]. scale: how many times both were enlarged; all widths are those
    before that.
    """
    window = np.ones((2 * scale + 1,) * 2, np.uint8)
    spread = cv2.dilate(color_lab, window) - cv2.erode(color_lab, window)
    is_border = np.sqrt((spread**2).sum(axis=2)) > EDGE_CONTRAST
    return np.asarray(is_border & (pixels_to(lines < INK_BELOW) > OFF_INK_PX * scale))


def shading_drawn(made: np.ndarray, lines: np.ndarray, borders: np.ndarray, scale: int = 1) -> Shading:
    """Along how much of the borders, bool [H, W], ink was made off the artist's; lines uint8 [H, W], both of them."""
    off_ink = (made < INK_BELOW) & (pixels_to(lines < INK_BELOW) > OFF_INK_PX * scale)
    along = borders & (pixels_to(off_ink) <= ALONG_PX * scale)
    return Shading(int(along.sum()), int(borders.sum()))
