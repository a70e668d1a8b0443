"""Hard round brushes: strokes of a pen or mouse painted into a tiled picture.

Coordinates are document pixels: (0, 0) is the top left corner of the top left pixel, (0.5, 0.5) its centre.

A stroke is the union of all the round dabs between its points, with size following pressure, and each
pixel's coverage is the largest that any dab gives it: passing over a place twice changes nothing. Pixels
are worked out afresh from the picture before the stroke, and colours are never mixed: each is exactly one
that the artist picked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.document.commands import PaintHints
from linepaint.document.geometry import Rect
from linepaint.document.palette import Color
from linepaint.document.tiles import TiledImage
from linepaint.imaging.cones import RoundCone
from linepaint.imaging.opencv import cv2


@dataclass(frozen=True)
class StrokePoint:
    """Where the pen is, in document pixels, and how hard it presses, 0 … 1."""

    x: float
    y: float
    pressure: float = 1.0


@dataclass(frozen=True)
class Brush:
    """A hard, antialiased, round brush."""

    size_px: float
    """Diameter in document pixels at full pressure."""
    color: Color | None
    """None erases."""
    pressure_size: bool = True
    """Whether size follows pressure."""

    def radius_at(self, pressure: float) -> float:
        """Radius in document pixels; at least half a pixel, so that a light touch still leaves a mark."""
        scale = min(max(pressure, 0.0), 1.0) if self.pressure_size else 1.0
        return max(self.size_px / 2 * scale, 0.5)


class Stroke:
    """One stroke on its way: `begin`, then `extend` for each new point, then `command` or `cancel`.

    Nobody else may paint on the target meanwhile; snapshots may be taken at any time.
    """

    def __init__(self, target: TiledImage, brush: Brush) -> None:
        """Prepare to paint on straight RGBA [H, W, 4]."""
        assert target.channels == 4, "strokes paint straight RGBA"
        self.brush = brush
        self._target = target
        self._before = target.snapshot()
        self._coverage = TiledImage(target.height, target.width, 1)
        self._touched = Rect.empty()
        self._last: StrokePoint | None = None

    @property
    def touched(self) -> Rect:
        """Covers everything painted so far."""
        return self._touched

    def begin(self, point: StrokePoint) -> Rect:
        """Put the pen down; returns the rectangle that changed."""
        self._last = point
        return self._paint(point, point)

    def extend(self, point: StrokePoint) -> Rect:
        """Draw on to the next point; returns the rectangle that changed."""
        start, self._last = self._last, point
        assert start is not None, "begin comes before extend"
        return self._paint(start, point)

    def cancel(self) -> Rect:
        """Bring the picture back to how it was; returns the rectangle that changed."""
        self._target.copy_tiles_from(self._before, self._before.changed_tiles(self._target))
        restored, self._touched = self._touched, Rect.empty()
        self._coverage.clear()
        self._last = None
        return restored

    def command(self, text: str) -> PaintHints:
        """The whole stroke as one edit, already applied (for `History.push_applied`)."""
        return PaintHints.between(text, self._before, self._target, self._touched)

    def _paint(self, start: StrokePoint, end: StrokePoint) -> Rect:
        start_radius, end_radius = self.brush.radius_at(start.pressure), self.brush.radius_at(end.pressure)
        cone = RoundCone(start.x, start.y, start_radius, end.x, end.y, end_radius)
        changed = Rect.empty()
        for band in cone.bands(self._target.bounds):
            coverage = np.maximum(self._coverage.read(band)[..., 0], cone.coverage(band))
            self._coverage.write(band, coverage[..., None])
            self._target.write(band, painted(self._before.read(band), coverage, self.brush.color))
            changed = changed.united(band)
        self._touched = self._touched.united(changed)
        return changed


def dab(target: TiledImage, point: StrokePoint, brush: Brush) -> Rect:
    """Paint a single dot; returns the rectangle that changed. To make it one edit, begin a `Stroke`."""
    return Stroke(target, brush).begin(point)


def painted(pixels: Pixels, coverage: Pixels, color: Color | None) -> Pixels:
    """Straight RGBA [h, w, 4] under paint (or, without a colour, an eraser) of this coverage [h, w], 0 … 255.

    Paint raises alpha to its coverage, and replaces the colour wherever it covers at least half of what was
    there: two hints meet in a clean edge instead of a fringe of colours that nobody picked. The eraser lowers
    alpha to what it leaves uncovered, and leaves zeros where nothing remains.
    """
    alpha = cv2.extractChannel(pixels, 3)
    if color is None:
        alpha = cv2.min(alpha, 255 - coverage)
        result = cv2.copyTo(pixels, alpha, np.zeros_like(pixels))
    else:
        taken_over = cv2.compare(coverage, cv2.LUT(alpha, _HALF_BUT_SOME), cv2.CMP_GE)
        result = cv2.copyTo(_plain(pixels, color), taken_over, pixels.copy())
        alpha = cv2.max(alpha, coverage)
    return np.asarray(cv2.insertChannel(alpha, result, 3), np.uint8)


_HALF_BUT_SOME = np.maximum(1, (np.arange(256) + 1) // 2).astype(np.uint8)
"""The coverage at which paint takes over from what is there, for each alpha."""


def _plain(pixels: Pixels, color: Color) -> Pixels:
    """RGBA of the same shape as `pixels`, filled by whole pixels: numpy is slow to fill by fours."""
    one_pixel = np.array([*color, 255], np.uint8).view(np.uint32)
    return np.full(pixels.shape[:2], one_pixel[0]).view(np.uint8).reshape(pixels.shape)
