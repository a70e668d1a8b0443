"""Small numbered marks on the canvas: where the next hints would help most, the best first.

They keep their size at any zoom and stay upright however the page is turned, and they never move or blink.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from linepaint.ui.canvas.view_transform import ViewTransform

RADIUS_PX: Final = 9.0
DIGIT_PX: Final = 11
FIRST_OPACITY: Final = 0.95
LAST_OPACITY: Final = 0.6

_DISC: Final = QColor(255, 255, 255, 225)
_RING: Final = QColor(30, 30, 30, 200)
_HALO: Final = QColor(255, 255, 255, 130)
_DIGIT: Final = QColor(20, 20, 20)

Point = tuple[float, float]


def marks_bounds(view: ViewTransform, points: Iterable[Point]) -> list[QRect]:
    """All that `paint_marks` touches, in logical pixels: a rectangle for each document point."""
    reach = RADIUS_PX + 3
    centers = (view.to_widget(x, y) for x, y in points)
    return [QRectF(c.x - reach, c.y - reach, 2 * reach, 2 * reach).toAlignedRect() for c in centers]


def paint_marks(painter: QPainter, view: ViewTransform, points: Sequence[Point], font: QFont) -> None:
    """A disc with its number, from 1, at each document point; later ones are fainter."""
    if not points:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    digits = QFont(font)
    digits.setPixelSize(DIGIT_PX)
    digits.setBold(True)
    painter.setFont(digits)
    step = (FIRST_OPACITY - LAST_OPACITY) / max(len(points) - 1, 1)
    # The best last, so that it lies on top.
    for index in reversed(range(len(points))):
        painter.setOpacity(FIRST_OPACITY - step * index)
        _paint_mark(painter, QPointF(*view.to_widget(*points[index])), str(index + 1))
    painter.restore()


def _paint_mark(painter: QPainter, center: QPointF, text: str) -> None:
    painter.setPen(QPen(_HALO, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(center, RADIUS_PX + 1.2, RADIUS_PX + 1.2)
    painter.setPen(QPen(_RING, 1.2))
    painter.setBrush(_DISC)
    painter.drawEllipse(center, RADIUS_PX, RADIUS_PX)
    painter.setPen(_DIGIT)
    box = QRectF(center.x() - RADIUS_PX, center.y() - RADIUS_PX, 2 * RADIUS_PX, 2 * RADIUS_PX)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
