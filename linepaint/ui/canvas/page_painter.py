"""How the page looks in the window: the mat around it, its shadow, and its pixels.

Functions on a painter whose coordinates are the widget's logical pixels.
"""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPalette, QPen, QPolygonF, QTransform

from linepaint.document.geometry import Rect
from linepaint.ui.canvas.page_pixels import page_pixels
from linepaint.ui.canvas.tile_cache import TileCache
from linepaint.ui.canvas.view_transform import ViewTransform

SHADOW_PX: Final = 7
SHADOW_ALPHA: Final = 9
SHADOW_DROP_PX: Final = 2.0
SLANTED_STEP_PX: Final = 3
"""The shadow of a turned page is drawn in coarser steps: each is a long smooth stroke."""

EDGE_ALPHA: Final = 90


def mat_color(palette: QPalette) -> QColor:
    """The neutral grey around the page: it follows the theme, and leaves the eye unbiased for colours."""
    lightness = palette.color(QPalette.ColorRole.Window).lightness()
    grey = round(lightness * 0.7) if lightness < 128 else round(lightness * 0.8)
    return QColor(grey, grey, grey)


def visible_page(view: ViewTransform, exposed: QRect) -> Rect:
    """The document pixels that a rectangle of the widget shows; empty when it shows none."""
    edges = view.document_bounds(exposed.x(), exposed.y(), exposed.width(), exposed.height())
    return Rect.from_edges(*edges).clipped(view.page_width, view.page_height)


def paint_mat(painter: QPainter, view: ViewTransform, exposed: QRect, palette: QPalette) -> None:
    """The mat in `exposed`, with the page's soft shadow and thin edge on it."""
    if _is_all_page(view, exposed):
        return
    painter.fillRect(exposed, mat_color(palette))
    polygon = _page_polygon(view, 1.0)
    outline = polygon.boundingRect()
    if not outline.adjusted(-16, -16, 16, 16).intersects(QRectF(exposed)):
        return
    if view.is_upright:
        for spread in range(SHADOW_PX, 0, -1):
            shadow = outline.adjusted(-spread, -spread, spread, spread).translated(0, SHADOW_DROP_PX)
            _fill_frame(painter, shadow, outline, QColor(0, 0, 0, SHADOW_ALPHA))
        _fill_frame(painter, outline.adjusted(-1, -1, 1, 1), outline, QColor(0, 0, 0, EDGE_ALPHA))
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for spread in range(SHADOW_PX, 0, -SLANTED_STEP_PX):
        painter.setPen(_round_pen(QColor(0, 0, 0, SHADOW_ALPHA * SLANTED_STEP_PX), 2 * spread))
        painter.drawPolygon(polygon.translated(0, SHADOW_DROP_PX))
    painter.setPen(_round_pen(QColor(0, 0, 0, EDGE_ALPHA), 2))
    painter.drawPolygon(polygon)
    painter.restore()


def paint_page(painter: QPainter, view: ViewTransform, exposed: QRect, cache: TileCache) -> None:
    """The pixels of the page in `exposed`."""
    ratio = view.device_pixel_ratio
    polygon = _page_polygon(view, ratio)
    page = polygon.boundingRect()
    device_rect = Rect.from_edges(
        max(exposed.x() * ratio, _nearest(page.left())),
        max(exposed.y() * ratio, _nearest(page.top())),
        min((exposed.x() + exposed.width()) * ratio, _nearest(page.right())),
        min((exposed.y() + exposed.height()) * ratio, _nearest(page.bottom())),
    )
    seen = visible_page(view, exposed.adjusted(-1, -1, 1, 1))
    if device_rect.is_empty or seen.is_empty:
        return
    level = cache.level_for(view.zoom)
    pixels = page_pixels(cache.filled_sheet(level, seen), view, device_rect)
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32)
    painter.save()
    painter.scale(1 / ratio, 1 / ratio)
    corner = QPointF(device_rect.x, device_rect.y)
    if view.is_upright:
        painter.drawImage(corner, image)
    else:
        # Slanting page edges are smoothed; upright ones lie on pixels.
        brush = QBrush(image)
        brush.setTransform(QTransform.fromTranslate(corner.x(), corner.y()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawPolygon(polygon)
    painter.restore()


def _is_all_page(view: ViewTransform, exposed: QRect) -> bool:
    """True when every pixel of `exposed` shows the page."""
    corners = exposed.x(), exposed.y(), exposed.x() + exposed.width(), exposed.y() + exposed.height()
    points = [view.to_document(x, y) for x in corners[::2] for y in corners[1::2]]
    return all(0 <= point.x <= view.page_width and 0 <= point.y <= view.page_height for point in points)


def _fill_frame(painter: QPainter, outer: QRectF, inner: QRectF, color: QColor) -> None:
    """Fill what lies in `outer` but not in `inner`: far cheaper than stroking an outline of the page's
    size."""
    above, below = inner.top() - outer.top(), outer.bottom() - inner.bottom()
    painter.fillRect(QRectF(outer.left(), outer.top(), outer.width(), above), color)
    painter.fillRect(QRectF(outer.left(), inner.bottom(), outer.width(), below), color)
    left, right = inner.left() - outer.left(), outer.right() - inner.right()
    painter.fillRect(QRectF(outer.left(), inner.top(), left, inner.height()), color)
    painter.fillRect(QRectF(inner.right(), inner.top(), right, inner.height()), color)


def _round_pen(color: QColor, width: float) -> QPen:
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _page_polygon(view: ViewTransform, ratio: float) -> QPolygonF:
    """The page's outline in pixels `ratio` times as fine as logical ones."""
    return QPolygonF([QPointF(corner.x * ratio, corner.y * ratio) for corner in view.page_corners()])


def _nearest(value: float) -> int:
    """The whole pixel edge nearest to a coordinate; halves always go up."""
    return math.floor(value + 0.5)
