"""Where the page lies in the window: zoom, pan, rotation and mirror as one immutable value.

Two coordinate systems: *document* points are pixels of the page, (0, 0) its upper left corner; *widget*
points are Qt's logical pixels of the canvas, (0, 0) its upper left corner. Zoom counts device pixels, so at
a zoom of 1 (100 %) one document pixel is one pixel of the screen whatever the device pixel ratio.

A document point goes to the window thus: taken from the centre of the view, scaled, turned clockwise,
mirrored left to right, and put at the middle of the widget. An upright page lies on whole device pixels, or
100 % would blur.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

MIN_ZOOM: Final = 1 / 128
MAX_ZOOM: Final = 64.0
FIT_MARGIN_PX: Final = 24.0
"""Room left around a page that fits the window, in logical pixels."""

KEPT_IN_SIGHT_PX: Final = 48.0
"""So much of the page stays in the window however far it is panned, in logical pixels."""

ZOOM_STOPS: Final = (
    *(1 / 128, 1 / 64, 1 / 32, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 1.0, 1.5),
    *(2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0),
)
"""The scales that zooming in and out by key or menu stops at."""


class Point(NamedTuple):
    """A point on the page or in the window; the name of the variable says which."""

    x: float
    y: float


class Affine(NamedTuple):
    """x' = a·x + c·y + e and y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, point: Point) -> Point:
        """Map one point."""
        return Point(
            self.a * point.x + self.c * point.y + self.e,
            self.b * point.x + self.d * point.y + self.f,
        )

    def inverted(self) -> Affine:
        """The map back. A view is never flat, so there always is one."""
        determinant = self.a * self.d - self.b * self.c
        a, b = self.d / determinant, -self.b / determinant
        c, d = -self.c / determinant, self.a / determinant
        return Affine(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))


@dataclass(frozen=True)
class ViewTransform:
    """How a page of `page_width` × `page_height` document pixels is seen in a widget of `width` × `height`.

    zoom is in device pixels per document pixel; center_x, center_y is the document point at the middle of the
    widget; rotation_degrees is the clockwise turn before mirroring, in [0, 360).
    """

    page_width: int = 0
    page_height: int = 0
    width: float = 1.0
    height: float = 1.0
    device_pixel_ratio: float = 1.0
    zoom: float = 1.0
    center_x: float = 0.0
    center_y: float = 0.0
    rotation_degrees: float = 0.0
    mirrored: bool = False

    # --- mapping --------------------------------------------------------------------------------

    @property
    def scale(self) -> float:
        """Logical pixels per document pixel."""
        return self.zoom / self.device_pixel_ratio

    @property
    def is_upright(self) -> bool:
        """True when the page's edges are parallel to the window's."""
        return self.rotation_degrees % 90.0 == 0.0

    @cached_property
    def affine(self) -> Affine:
        """Document to widget, as it is painted."""
        exact = self._exact()
        if not self.is_upright:
            return exact
        ratio = self.device_pixel_ratio
        return exact._replace(e=round(exact.e * ratio) / ratio, f=round(exact.f * ratio) / ratio)

    @cached_property
    def inverse(self) -> Affine:
        """Widget to document: the exact inverse of `affine`."""
        return self.affine.inverted()

    def to_widget(self, x: float, y: float) -> Point:
        """Where a document point is seen."""
        return self.affine.apply(Point(x, y))

    def to_document(self, x: float, y: float) -> Point:
        """The document point seen at a widget point; the exact inverse of `to_widget`."""
        return self.inverse.apply(Point(x, y))

    def visible_bounds(self) -> tuple[float, float, float, float]:
        """Document bounds (left, top, right, bottom) of all that the widget shows."""
        return self.document_bounds(0.0, 0.0, self.width, self.height)

    def document_bounds(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """Document bounds (left, top, right, bottom) of a widget rectangle."""
        return bounds(self.inverse, x, y, width, height)

    def widget_bounds(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """Widget bounds (left, top, right, bottom) of a document rectangle."""
        return bounds(self.affine, x, y, width, height)

    def page_corners(self) -> tuple[Point, Point, Point, Point]:
        """The page's corners in the window, in order round the page."""
        w, h = self.page_width, self.page_height
        return self.to_widget(0, 0), self.to_widget(w, 0), self.to_widget(w, h), self.to_widget(0, h)

    # --- changing the view ----------------------------------------------------------------------

    def zoomed_about(self, x: float, y: float, zoom: float) -> ViewTransform:
        """The view at another zoom, with what is seen at widget point (x, y) staying there."""
        held = self._exact().inverted().apply(Point(x, y))
        return replace(self, zoom=min(max(zoom, MIN_ZOOM), MAX_ZOOM))._with_held(held, x, y)

    def panned(self, dx: float, dy: float) -> ViewTransform:
        """The view with its content moved by (dx, dy) logical pixels."""
        middle = Point(self.width / 2 - dx, self.height / 2 - dy)
        center = self._exact().inverted().apply(middle)
        return self._centered(center)

    def rotated_about(self, x: float, y: float, degrees: float) -> ViewTransform:
        """The view turned clockwise as seen, about widget point (x, y)."""
        held = self._exact().inverted().apply(Point(x, y))
        turn = -degrees if self.mirrored else degrees
        angle = (self.rotation_degrees + turn) % 360.0
        # Many small turns must come back to exactly upright, where the page lies on whole pixels.
        nearest = round(angle / 90.0) * 90.0
        if abs(angle - nearest) < 1e-6:
            angle = nearest % 360.0
        return replace(self, rotation_degrees=angle)._with_held(held, x, y)

    def unrotated(self) -> ViewTransform:
        """The view with the page upright, about the middle of the widget."""
        return replace(self, rotation_degrees=0.0)

    def mirror_toggled(self) -> ViewTransform:
        """The view seen in a mirror: left and right of the window exchanged."""
        return replace(self, mirrored=not self.mirrored)

    def fitted(self) -> ViewTransform:
        """The view with the whole page in the window, as large as fits; enlarged by whole factors only."""
        if self.page_width == 0 or self.page_height == 0:
            return self
        angle = math.radians(self.rotation_degrees)
        cos, sin = abs(math.cos(angle)), abs(math.sin(angle))
        turned_width = self.page_width * cos + self.page_height * sin
        turned_height = self.page_width * sin + self.page_height * cos
        room_x = max(self.width - 2 * FIT_MARGIN_PX, 16.0)
        room_y = max(self.height - 2 * FIT_MARGIN_PX, 16.0)
        zoom = min(room_x / turned_width, room_y / turned_height) * self.device_pixel_ratio
        if zoom >= 1.0:
            zoom = float(math.floor(zoom))
        return replace(
            self,
            zoom=min(max(zoom, MIN_ZOOM), MAX_ZOOM),
            center_x=self.page_width / 2,
            center_y=self.page_height / 2,
        )

    def of_page(self, page_width: int, page_height: int) -> ViewTransform:
        """A view of another page in the same widget: upright, not mirrored, at 100 %."""
        return ViewTransform(page_width, page_height, self.width, self.height, self.device_pixel_ratio)

    def resized(self, width: float, height: float, device_pixel_ratio: float) -> ViewTransform:
        """The view in a widget of another size or on another screen; what was at the middle stays there."""
        return replace(self, width=max(width, 1.0), height=max(height, 1.0), device_pixel_ratio=device_pixel_ratio)

    def next_zoom(self) -> float:
        """The next larger stop."""
        return next((stop for stop in ZOOM_STOPS if stop > self.zoom * 1.001), MAX_ZOOM)

    def previous_zoom(self) -> float:
        """The next smaller stop."""
        return next((stop for stop in reversed(ZOOM_STOPS) if stop < self.zoom * 0.999), MIN_ZOOM)

    # --- inside ---------------------------------------------------------------------------------

    def _exact(self) -> Affine:
        """Document to widget without laying the page on whole device pixels."""
        angle = math.radians(self.rotation_degrees)
        quarter_turns = self.rotation_degrees / 90.0
        if self.is_upright:
            # cos 90° is not quite 0 in floating point, and a page that is not quite upright paints slowly.
            cos, sin = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[int(quarter_turns) % 4]
        else:
            cos, sin = math.cos(angle), math.sin(angle)
        flip = -1.0 if self.mirrored else 1.0
        a, b = flip * self.scale * cos, self.scale * sin
        c, d = -flip * self.scale * sin, self.scale * cos
        e = self.width / 2 - (a * self.center_x + c * self.center_y)
        f = self.height / 2 - (b * self.center_x + d * self.center_y)
        return Affine(a, b, c, d, e, f)

    def _with_held(self, held: Point, x: float, y: float) -> ViewTransform:
        """The view with document point `held` at widget point (x, y)."""
        now = self._exact().inverted().apply(Point(x, y))
        return self._centered(Point(self.center_x + held.x - now.x, self.center_y + held.y - now.y))

    def _centered(self, center: Point) -> ViewTransform:
        """The view about another centre, kept near enough to the page that the page cannot get lost."""
        beyond = max(min(self.width, self.height) / 2 - KEPT_IN_SIGHT_PX, 0.0) / self.scale
        return replace(
            self,
            center_x=min(max(center.x, -beyond), self.page_width + beyond),
            center_y=min(max(center.y, -beyond), self.page_height + beyond),
        )


def bounds(affine: Affine, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    """Smallest upright rectangle (left, top, right, bottom) around what a rectangle is mapped to."""
    corners = [affine.apply(Point(px, py)) for px in (x, x + width) for py in (y, y + height)]
    return (
        min(corner.x for corner in corners),
        min(corner.y for corner in corners),
        max(corner.x for corner in corners),
        max(corner.y for corner in corners),
    )
