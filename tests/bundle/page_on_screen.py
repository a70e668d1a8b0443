"""Finds a page in a picture of the screen, and says how much its colours are those that it should have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linepaint.imaging.opencv import cv2

Picture = NDArray[np.uint8]

COARSE = 4
"""The page is looked for in pictures made so many times smaller."""
SHARES = np.linspace(0.4, 0.98, 117)
"""Which shares of the screen's height the page may have."""
CELLS = 24
"""So many squares the page is long; their mean colours are compared, which lines and hints hardly touch."""


@dataclass(frozen=True)
class Place:
    """Where the page lies on the screen, in its pixels. likeness: of its tones, -1 to 1."""

    x: int
    y: int
    width: int
    height: int
    likeness: float

    def cut(self, screen: Picture) -> Picture:
        """The page."""
        return screen[self.y : self.y + self.height, self.x : self.x + self.width]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The place on the screen of a place on the page, both from 0 to 1."""
        return self.x + x * self.width, self.y + y * self.height


def find_page(screen: Picture, page: Picture) -> Place:
    """The place and size at which the tones of a part of the screen are most like the page's."""
    small = _tones(screen)[::COARSE, ::COARSE]
    small = cv2.resize(_tones(screen), small.shape[::-1], interpolation=cv2.INTER_AREA)
    tones = _tones(page)
    best = Place(0, 0, 1, 1, -1.0)
    for share in SHARES:
        height = round(small.shape[0] * share)
        width = round(height * page.shape[1] / page.shape[0])
        if width > small.shape[1]:
            continue
        found = cv2.matchTemplate(small, _scaled(tones, width, height), cv2.TM_CCOEFF_NORMED)
        _, likeness, _, (x, y) = cv2.minMaxLoc(found)
        if likeness > best.likeness:
            best = Place(x * COARSE, y * COARSE, width * COARSE, height * COARSE, float(likeness))
    return best


@dataclass(frozen=True)
class Match:
    """How two colourings go together.

    distance: mean distance of their colours, in CIE Lab. correlation: of how far each part is from gray, and towards
    which colour; -1 to 1, and 0 where one of the two is gray.
    """

    distance: float
    correlation: float


def compare(shown: Picture, wanted: Picture) -> Match:
    """Compare what is shown with what should be, part by part."""
    first, second = (_cells(picture) for picture in (shown, wanted))
    distance = float(np.linalg.norm(first - second, axis=2).mean())
    a, b = (cells[..., 1:].ravel() for cells in (first, second))
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    # A gray picture has no colours but for rounding, which must not count as some.
    return Match(distance, 0.0 if np.abs(a).mean() < 1 or size == 0 else float(a @ b) / size)


def _tones(picture: Picture) -> Picture:
    return cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)


def _scaled(picture: Picture, width: int, height: int) -> Picture:
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)


def _cells(picture: Picture) -> NDArray[np.float32]:
    height, width = picture.shape[:2]
    unit = max(height, width) / CELLS
    small = _scaled(np.ascontiguousarray(picture), max(round(width / unit), 1), max(round(height / unit), 1))
    return cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
