"""Round cones: what a round brush sweeps over on its way from one point to the next, antialiased.

A round cone is the union of all discs whose centre moves evenly from start to end while the radius changes
evenly.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linepaint.document.arrays import Pixels
from linepaint.document.geometry import Rect
from linepaint.imaging.opencv import cv2

BAND_ROWS = 64
"""Rows in a band; a divisor of the tile size, so that no band straddles two rows of tiles."""

EDGE_PX = 0.5
"""Coverage falls from full to none between this far inside the outline and this far outside."""


@dataclass(frozen=True)
class RoundCone:
    """Two discs and all that lies between them, in document pixels."""

    start_x: float
    start_y: float
    start_radius: float
    end_x: float
    end_y: float
    end_radius: float

    @property
    def length(self) -> float:
        """From centre to centre."""
        return math.hypot(self.end_x - self.start_x, self.end_y - self.start_y)

    def bounds(self) -> Rect:
        """Covers every pixel that the cone touches."""
        return Rect.from_edges(
            min(self.start_x - self.start_radius, self.end_x - self.end_radius) - EDGE_PX,
            min(self.start_y - self.start_radius, self.end_y - self.end_radius) - EDGE_PX,
            max(self.start_x + self.start_radius, self.end_x + self.end_radius) + EDGE_PX,
            max(self.start_y + self.start_radius, self.end_y + self.end_radius) + EDGE_PX,
        )

    def bands(self, within: Rect) -> Iterator[Rect]:
        """Rectangles of few rows that together hold all of the cone that lies `within`, and little else.

        They hug a slanting cone far more closely than its bounds, and keep what is worked on in the cache.
        """
        bounds = self.bounds().intersected(within)
        for top in range(bounds.y - bounds.y % BAND_ROWS, bounds.bottom, BAND_ROWS):
            left, right = self._reach(top, top + BAND_ROWS)
            band = Rect.from_edges(left, top, right, top + BAND_ROWS).intersected(bounds)
            if not band.is_empty:
                yield band

    def coverage(self, rect: Rect) -> Pixels:
        """How much of each pixel in `rect` the cone lies over: uint8 [h, w].

        Along the axis u and across it v, the disc that reaches nearest to a point has its centre at
        u + |v|·tan(a), where sin(a) is how much the radius grows per pixel of the way.
        """
        length = self.length
        if abs(self.end_radius - self.start_radius) >= length:
            return self._larger_disc_coverage(rect)
        axis_x, axis_y = (self.end_x - self.start_x) / length, (self.end_y - self.start_y) / length
        growth = (self.end_radius - self.start_radius) / length

        x = _centers(rect.x, rect.width, self.start_x)[None, :]
        y = _centers(rect.y, rect.height, self.start_y)[:, None]
        along = x * np.float32(axis_x) + y * np.float32(axis_y)
        across = x * np.float32(-axis_y) + y * np.float32(axis_x)
        nearest = along + np.abs(across) * np.float32(growth / math.sqrt(1 - growth * growth))
        np.clip(nearest, 0, np.float32(length), out=nearest)
        inside = nearest * np.float32(growth) + np.float32(self.start_radius)
        inside -= cv2.magnitude(along - nearest, across)
        return _coverage_of(inside)

    def _larger_disc_coverage(self, rect: Rect) -> Pixels:
        """Coverage where one of the two discs lies within the other."""
        start = self.start_x, self.start_y, self.start_radius
        end = self.end_x, self.end_y, self.end_radius
        center_x, center_y, radius = start if self.start_radius >= self.end_radius else end
        x = _centers(rect.x, rect.width, center_x)[None, :]
        y = _centers(rect.y, rect.height, center_y)[:, None]
        return _coverage_of(np.float32(radius) - np.sqrt(x * x + y * y))

    def _reach(self, top: float, bottom: float) -> tuple[float, float]:
        """Leftmost and rightmost edge between two rows; not exact, but never too tight."""
        reach = max(self.start_radius, self.end_radius) + EDGE_PX
        across, down = self.end_x - self.start_x, self.end_y - self.start_y
        ways = [0.0, 1.0]
        if down:
            ways = [min(max((row - self.start_y) / down, 0.0), 1.0) for row in (top - reach, bottom + reach)]
        centers = [self.start_x + across * way for way in ways]
        return min(centers) - reach, max(centers) + reach


def _centers(first: int, count: int, origin: float) -> npt.NDArray[np.float32]:
    """Pixel centres relative to an origin."""
    return (np.arange(first, first + count) + (0.5 - origin)).astype(np.float32)


def _coverage_of(inside: npt.NDArray[np.float32]) -> Pixels:
    """uint8 coverage for pixels this far inside the outline (negative outside)."""
    covered = inside * np.float32(255 / (2 * EDGE_PX)) + np.float32(255 / 2)
    return np.asarray(cv2.convertScaleAbs(np.maximum(covered, 0, out=covered)), np.uint8)
