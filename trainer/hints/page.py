"""A finished colouring with its areas, and where on it an artist would set a mark."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from linepaint.imaging.basins import Basins
from linepaint.imaging.opencv import cv2

Point = tuple[int, int]
"""(x, y) in pixels."""

SAME_COLOR = 40
"""A stroke goes on while the colour under it differs by less than this from where it began (largest channel)."""

LARGEST_SHARE = 0.5
"""Share of hints placed by area; the others pick an area first, so that small ones get theirs."""

ROOMY = 8
"""An area of fewer pixels is picked only by chance."""


class Page:
    """A colouring uint8 [H, W, 3] and its basins; what a mark asks of an area is worked out once."""

    def __init__(self, color: np.ndarray, basins: Basins) -> None:
        self.color, self.basins = color, basins
        self.height, self.width = color.shape[:2]
        self.side = max(self.height, self.width)
        self.paper = np.flatnonzero(~basins.ink)
        self._roomy = np.flatnonzero(basins.area >= ROOMY)
        self._extents: dict[int, tuple[np.ndarray, Point, float]] = {}

    def pick(self, random: np.random.Generator) -> Point:
        """A place off the ink. The page must have some paper."""
        if random.random() < LARGEST_SHARE or not len(self._roomy):
            y, x = divmod(int(self.paper[random.integers(len(self.paper))]), self.width)
            return x, y
        area = int(self._roomy[random.integers(len(self._roomy))])
        rows, columns = self.basins.boxes[area]
        inside = (self.basins.labels[rows, columns] == area) & ~self.basins.ink[rows, columns]
        pixels = np.flatnonzero(inside)
        y, x = divmod(int(pixels[random.integers(len(pixels))]), inside.shape[1])
        return columns.start + x, rows.start + y

    def area_at(self, at: Point) -> int:
        """The basin that a place lies in."""
        return int(self.basins.labels[at[1], at[0]])

    def extent(self, area: int) -> tuple[np.ndarray, Point, float]:
        """Where an area is widest and which way it runs.

        Returns the distance from its edge in pixels, float32, of a box around the area; the (x, y) of that box's corner
        on the page; and the direction of the longer extent, in radians.
        """
        if area not in self._extents:
            rows, columns = self.basins.boxes[area]
            inside = (self.basins.labels[rows, columns] == area) & ~self.basins.ink[rows, columns]
            framed = cv2.copyMakeBorder(inside.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
            moments = cv2.moments(framed, binaryImage=True)
            along = 0.5 * math.atan2(2 * moments["mu11"], moments["mu20"] - moments["mu02"])
            distance = cv2.distanceTransform(framed, cv2.DIST_L2, 3)
            self._extents[area] = distance, (columns.start - 1, rows.start - 1), along
        return self._extents[area]

    def open_to(self, home: Point) -> Callable[[int, int], bool]:
        """Whether a stroke begun at `home` may go on to (x, y): on the page, in its area, off the ink, its colour."""
        label, ink, color = self.basins.labels.item, self.basins.ink.item, self.color.item
        area = label(home[1], home[0])
        red, green, blue = self.color[home[1], home[0]].tolist()

        def is_open(x: int, y: int) -> bool:
            return (
                0 <= x < self.width
                and 0 <= y < self.height
                and label(y, x) == area
                and not ink(y, x)
                and abs(color(y, x, 0) - red) <= SAME_COLOR
                and abs(color(y, x, 1) - green) <= SAME_COLOR
                and abs(color(y, x, 2) - blue) <= SAME_COLOR
            )

        return is_open
