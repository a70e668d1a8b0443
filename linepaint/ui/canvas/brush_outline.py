"""The brush's outline under the pen: a dark and a light ring, one of which shows on any picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

SMALLEST_RADIUS_PX: Final = 2.5
"""Below this the cross of the cursor says more than a ring, in logical pixels."""

DARK: Final = QColor(0, 0, 0, 190)
LIGHT: Final = QColor(255, 255, 255, 220)


def outline_bounds(center: QPointF, radius_px: float) -> QRect:
    """All that `paint_outline` touches, in logical pixels."""
    reach = radius_px + 3.0
    return QRectF(center.x() - reach, center.y() - reach, 2 * reach, 2 * reach).toAlignedRect()


def paint_outline(painter: QPainter, center: QPointF, radius_px: float, *, erases: bool) -> None:
    """A ring of `radius_px` logical pixels; a dashed one for the eraser."""
    if radius_px < SMALLEST_RADIUS_PX:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(DARK, 1.2))
    painter.drawEllipse(center, radius_px + 0.6, radius_px + 0.6)
    light = QPen(LIGHT, 1.2)
    if erases:
        light.setDashPattern([4, 4])
    painter.setPen(light)
    painter.drawEllipse(center, radius_px - 0.6, radius_px - 0.6)
    painter.restore()
