"""Rectangles in document pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Rect:
    """A rectangle of whole pixels: columns x … x+width-1, rows y … y+height-1.

    A rectangle without area is empty, wherever it stands; all empty results are `Rect.empty()`.
    """

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def empty(cls) -> Rect:
        """The rectangle that holds nothing."""
        return cls(0, 0, 0, 0)

    @classmethod
    def from_edges(cls, left: float, top: float, right: float, bottom: float) -> Rect:
        """The smallest rectangle of whole pixels that covers these edges (right and bottom are exclusive)."""
        x, y = math.floor(left), math.floor(top)
        width, height = math.ceil(right) - x, math.ceil(bottom) - y
        return cls(x, y, width, height) if width > 0 and height > 0 else cls.empty()

    @property
    def right(self) -> int:
        """The first column to the right of the rectangle."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below the rectangle."""
        return self.y + self.height

    @property
    def is_empty(self) -> bool:
        """True when no pixel lies inside."""
        return self.width <= 0 or self.height <= 0

    @property
    def slices(self) -> tuple[slice, slice]:
        """(rows, columns), to index an array of shape [H, W, …] with."""
        return slice(self.y, self.bottom), slice(self.x, self.right)

    def contains(self, other: Rect) -> bool:
        """True when every pixel of `other` lies inside this rectangle (so always for an empty one)."""
        return other.is_empty or (
            self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom
        )

    def united(self, other: Rect) -> Rect:
        """The smallest rectangle that covers both."""
        if other.is_empty:
            return Rect.empty() if self.is_empty else self
        if self.is_empty:
            return other
        return Rect.from_edges(
            min(self.x, other.x),
            min(self.y, other.y),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def intersected(self, other: Rect) -> Rect:
        """What lies in both."""
        return Rect.from_edges(
            max(self.x, other.x),
            max(self.y, other.y),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def expanded(self, px: int) -> Rect:
        """Larger by `px` on every side (smaller where negative); an empty rectangle stays empty."""
        if self.is_empty:
            return Rect.empty()
        return Rect.from_edges(self.x - px, self.y - px, self.right + px, self.bottom + px)

    def clipped(self, width: int, height: int) -> Rect:
        """What lies inside a picture of this size."""
        return self.intersected(Rect(0, 0, width, height))
