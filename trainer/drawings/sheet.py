"""The sheet that forms are painted on, back to front: each covers what is behind it, lines included.

Coordinates are units in which the shorter side of the drawing is 1, x right and y down, (0, 0) the top left
corner. Everything is drawn at twice the finished size and averaged down at the end.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from linepaint.imaging.opencv import cv2

from .colors import Color, darker
from .curves import Points, points
from .drawing import Drawing
from .look import Look
from .painting import painted_over
from .pen import SHIFT, draw_small_stroke, draw_stroke, fixed_point, inked, stroke_width, unsteady
from .shading import Tone, shaded_pixels, tone_map

OVERSAMPLING = 2
SMALL_STROKE_PX = 12
"""A line that reaches no further than this in finished pixels is drawn at one width."""


@dataclass(frozen=True)
class Patch:
    """Where a form was painted: a mask (uint8, 0 or 255) and its top left corner in canvas pixels, even."""

    x: int
    y: int
    mask: np.ndarray

    @property
    def is_empty(self) -> bool:
        """True when the form lies off the sheet."""
        return self.mask.size == 0


EMPTY_PATCH = Patch(0, 0, np.zeros((0, 0), np.uint8))


def _plain(mask: np.ndarray, color: Color) -> np.ndarray:
    """One colour over a mask's frame: a colour map is many times faster than np.full with a tuple."""
    return cv2.applyColorMap(mask, np.full((256, 1, 3), color, np.uint8))


class Sheet:
    """A drawing in the making, `width` by `height` units; `rng` is its only source of chance."""

    def __init__(self, height_px: int, width_px: int, rng: np.random.Generator, look: Look) -> None:
        self.rng = rng
        self.look = look
        self.size_px = (height_px, width_px)
        short = min(height_px, width_px)
        self.width, self.height = width_px / short, height_px / short
        self.scale = short * OVERSAMPLING
        """Canvas pixels per unit."""
        tall, wide = height_px * OVERSAMPLING, width_px * OVERSAMPLING
        self.paint = np.full((tall, wide, 3), 255, np.uint8)
        self.ink = np.full((tall, wide), 255, np.uint8)
        self.ink_color = np.full((tall, wide, 3), 255, np.uint8) if look.pen.colored else None
        self.flat = np.full((height_px, width_px, 3), 255, np.uint8)
        self.labels = np.zeros((height_px, width_px), np.int32)
        self.forms = 0

    def shows(self, length: float, pixels: float = 6.0) -> bool:
        """True when `length` units reach `pixels` of the finished drawing: worth drawing detail in."""
        return length * self.scale >= pixels * OVERSAMPLING

    def form(
        self,
        outline: ArrayLike,
        color: Color,
        *,
        tone: Tone | None = None,
        line: float = 1.0,
        clip: Patch | None = None,
        steady: bool = False,
        line_color: Color | None = None,
        rooted: bool = False,
    ) -> Patch:
        """Paint a closed form over what is there and ink its outline, `line` times the usual width (0: none).

        `tone` says how it is modelled (None: as the look has it); `clip` keeps it inside another form.
        A `rooted` one grows out of what is behind it, and has no line from its last point back to its first.
        """
        edge = points(outline) * self.scale
        pen = self.look.pen
        if pen.wobble and not steady and len(edge) > 4:
            edge = unsteady(self.rng, edge, pen.wobble * OVERSAMPLING * 0.6, 24.0 * OVERSAMPLING)
        patch = self._mask(edge, clip)
        if not patch.is_empty:
            bare = patch.mask
            if clip is not None:
                # The outline of the form that this one lies in stays whole: only ink further in is covered.
                rim = 2 * max(1, round(self.look.pen.weight * OVERSAMPLING * 0.5)) + 1
                inside = cv2.erode(self._common(clip, patch), np.ones((rim, rim), np.uint8))
                bare = cv2.min(patch.mask, inside)
            self._fill(patch, bare, color, tone if tone is not None else Tone())
        if line > 0:
            path = edge if rooted else np.concatenate([edge, edge[:2]])
            self._stroke(path, line, (0.0, 0.0), clip, line_color or darker(color, 0.75))
        return patch

    def paint_over(
        self, patch: Patch, outline: ArrayLike, color: Color, opacity: float = 1.0, blur: float = 0.0
    ) -> None:
        """Tint part of a form with no outline and no region of its own: a cast shadow, a blush, a gleam.

        `blur` is in units.
        """
        spot = self._mask(points(outline) * self.scale, patch)
        if spot.is_empty:
            return
        mask = spot.mask
        if blur > 0:
            reach = max(1, int(blur * self.scale))
            spot = self._mask(points(outline) * self.scale, None, margin=2 * reach)
            small = max(1, reach // 3)
            low = cv2.resize(spot.mask, None, fx=1 / small, fy=1 / small, interpolation=cv2.INTER_AREA)
            low = cv2.GaussianBlur(low, (0, 0), reach / small)
            mask = cv2.resize(low, spot.mask.shape[::-1], interpolation=cv2.INTER_LINEAR)
            mask = cv2.min(mask, self._common(patch, spot))
        region = self._view(self.paint, spot)
        share = (mask.astype(np.float32) * (opacity / 255.0))[..., None]
        region[...] = (region + (np.array(color, np.float32) - region) * share + 0.5).astype(np.uint8)

    def line(
        self,
        path: ArrayLike,
        weight: float = 1.0,
        taper: tuple[float, float] | None = None,
        clip: Patch | None = None,
        color: Color | None = None,
    ) -> None:
        """Ink an open path; `taper` is the share of its length that thins out at the start and the end."""
        ends = taper if taper is not None else (self.look.pen.taper, self.look.pen.taper)
        self._stroke(points(path) * self.scale, weight, ends, clip, color)

    def spot(self, outline: ArrayLike, clip: Patch | None = None) -> None:
        """Fill a small shape with solid ink: a pupil, a nostril, a lash."""
        polygon = points(outline) * self.scale
        patch = self._mask(polygon, clip)
        if not patch.is_empty:
            self._view(self.ink, patch)[patch.mask > 0] = self.look.pen.ink
            if self.ink_color is not None:
                self._view(self.ink_color, patch)[patch.mask > 0] = self.look.pen.ink

    def erase_ink(self, outline: ArrayLike, clip: Patch | None = None) -> None:
        """Take the ink off a small shape: the gleam left white in a solid black."""
        patch = self._mask(points(outline) * self.scale, clip)
        if not patch.is_empty:
            self._view(self.ink, patch)[patch.mask > 0] = 255
            if self.ink_color is not None:
                self._view(self.ink_color, patch)[patch.mask > 0] = 255

    def set_weight(self, weight: float) -> None:
        """Go on with a pen of this weight, in finished pixels."""
        self.look = replace(self.look, pen=replace(self.look.pen, weight=weight))

    def finished(self) -> Drawing:
        """The drawing at its own size."""
        tall, wide = self.size_px
        lines: np.ndarray = cv2.resize(self.ink, (wide, tall), interpolation=cv2.INTER_AREA)
        under = cv2.resize(self.paint, (wide, tall), interpolation=cv2.INTER_AREA)
        under = painted_over(under, lines, self.labels > 0, self.look, self.forms)
        if self.ink_color is None:
            over = cv2.cvtColor(lines, cv2.COLOR_GRAY2RGB)
        else:
            over = cv2.resize(self.ink_color, (wide, tall), interpolation=cv2.INTER_AREA)
        color: np.ndarray = cv2.multiply(under, over, scale=1 / 255)
        return Drawing(lines, color, self.flat, self.labels)

    def _mask(self, polygon: Points, clip: Patch | None, margin: int = 0) -> Patch:
        """The polygon's mask (canvas pixels), cut to the sheet and to `clip`."""
        tall, wide = self.ink.shape
        low = np.floor(polygon.min(axis=0)).astype(int) - 1 - margin
        high = np.ceil(polygon.max(axis=0)).astype(int) + 2 + margin
        if clip is not None:
            low = np.maximum(low, (clip.x, clip.y))
            high = np.minimum(high, (clip.x + clip.mask.shape[1], clip.y + clip.mask.shape[0]))
        low = np.maximum(low, 0)
        high = np.minimum(high, (wide, tall))
        low -= low % 2
        high += high % 2
        if (high <= low).any():
            return EMPTY_PATCH
        mask = np.zeros((high[1] - low[1], high[0] - low[0]), np.uint8)
        cv2.fillPoly(mask, [fixed_point(polygon - low)], 255, cv2.LINE_8, SHIFT)
        patch = Patch(int(low[0]), int(low[1]), mask)
        if clip is None:
            return patch
        return Patch(patch.x, patch.y, cv2.min(mask, self._common(clip, patch)))

    @staticmethod
    def _common(clip: Patch, frame: Patch) -> np.ndarray:
        """`clip`'s mask over the frame of another patch, 0 outside its own."""
        tall, wide = frame.mask.shape
        out = np.zeros((tall, wide), np.uint8)
        dx, dy = clip.x - frame.x, clip.y - frame.y
        x0, y0 = max(dx, 0), max(dy, 0)
        x1, y1 = min(dx + clip.mask.shape[1], wide), min(dy + clip.mask.shape[0], tall)
        if x1 > x0 and y1 > y0:
            out[y0:y1, x0:x1] = clip.mask[y0 - dy : y1 - dy, x0 - dx : x1 - dx]
        return out

    @staticmethod
    def _view(image: np.ndarray, patch: Patch) -> np.ndarray:
        tall, wide = patch.mask.shape
        return image[patch.y : patch.y + tall, patch.x : patch.x + wide]

    def _fill(self, patch: Patch, bare: np.ndarray, color: Color, tone: Tone) -> None:
        """Colour the patch and take the ink off it where `bare`, a mask of the same frame, says so."""
        self.forms += 1
        mask = patch.mask
        paint = self._view(self.paint, patch)
        tones = tone_map(mask, self.look, tone, self.scale)
        if tones is None:
            cv2.copyTo(_plain(mask, color), mask, paint)
        else:
            cv2.copyTo(shaded_pixels(tones, color, self.look, tone), mask, paint)
        self._view(self.ink, patch)[...] = cv2.max(self._view(self.ink, patch), bare)
        if self.ink_color is not None:
            layer = self._view(self.ink_color, patch)
            layer[...] = cv2.max(layer, cv2.cvtColor(bare, cv2.COLOR_GRAY2RGB))
        small = np.ascontiguousarray(mask[::OVERSAMPLING, ::OVERSAMPLING])
        y, x = patch.y // OVERSAMPLING, patch.x // OVERSAMPLING
        tall, wide = small.shape
        cv2.copyTo(np.full((tall, wide), self.forms, np.int32), small, self.labels[y : y + tall, x : x + wide])
        cv2.copyTo(_plain(small, color), small, self.flat[y : y + tall, x : x + wide])

    def _stroke(
        self, path: Points, weight: float, taper: tuple[float, float], clip: Patch | None, color: Color | None
    ) -> None:
        pen = self.look.pen
        if clip is not None and clip.is_empty:
            return
        small = float(np.ptp(path, axis=0).max()) < SMALL_STROKE_PX * OVERSAMPLING
        strokes = [] if small else inked(self.rng, path, pen, weight, taper, OVERSAMPLING)
        target, tint, shift = self.ink, self.ink_color, np.zeros(2)
        if clip is not None:
            target = np.full(clip.mask.shape, 255, np.uint8)
            tint = None if tint is None else np.full((*clip.mask.shape, 3), 255, np.uint8)
            shift = np.array([clip.x, clip.y])
        for layer, value in ((target, pen.ink), (tint, color or pen.ink_color)):
            if layer is None:
                continue
            if small:
                draw_small_stroke(layer, path - shift, stroke_width(pen, weight, OVERSAMPLING), value)
            for line, half in strokes:
                draw_stroke(layer, line - shift, half, value)
        if clip is not None:
            outside = cv2.bitwise_not(clip.mask)
            view = self._view(self.ink, clip)
            view[...] = cv2.min(view, cv2.max(target, outside))
            if tint is not None and self.ink_color is not None:
                over = self._view(self.ink_color, clip)
                over[...] = cv2.min(over, cv2.max(tint, cv2.cvtColor(outside, cv2.COLOR_GRAY2RGB)))
