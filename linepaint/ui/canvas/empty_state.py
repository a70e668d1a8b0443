"""What an artist sees before there is a drawing: an outlined sheet that says how to begin."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen

from linepaint.ui.canvas.page_painter import mat_color

EMPTY_TEXT: Final = "Open a picture (Ctrl+O), drop one here, or paste"

WIDTH_PX: Final = 440.0
HEIGHT_PX: Final = 220.0
MARGIN_PX: Final = 16.0


def paint_empty(painter: QPainter, bounds: QRect, palette: QPalette, font: QFont) -> None:
    """Fill `bounds`, logical pixels, with the mat and the invitation."""
    mat = mat_color(palette)
    painter.fillRect(bounds, mat)
    ink = QColor(255, 255, 255, 170) if mat.lightness() < 128 else QColor(0, 0, 0, 170)
    faint = QColor(ink)
    faint.setAlpha(80)
    width = min(WIDTH_PX, bounds.width() - 2 * MARGIN_PX)
    height = min(HEIGHT_PX, bounds.height() - 2 * MARGIN_PX)
    middle = QRectF(bounds).center()
    sheet = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QPen(faint, 1.5)
    edge.setDashPattern([5, 4])
    painter.setPen(edge)
    painter.drawRoundedRect(sheet, 12, 12)
    _paint_new_sheet(painter, QPointF(middle.x(), middle.y() - 26), ink)
    painter.setPen(ink)
    larger = QFont(font)
    if larger.pointSizeF() > 0:
        larger.setPointSizeF(larger.pointSizeF() * 1.15)
    painter.setFont(larger)
    text = QRectF(sheet.left() + MARGIN_PX, middle.y() + 20, sheet.width() - 2 * MARGIN_PX, height / 2 - 28)
    painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, EMPTY_TEXT)
    painter.restore()


def _paint_new_sheet(painter: QPainter, center: QPointF, ink: QColor) -> None:
    """A small sheet with a plus sign: something goes here."""
    painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawRoundedRect(QRectF(center.x() - 17, center.y() - 22, 34, 44), 4, 4)
    painter.drawLine(center - QPointF(7, 0), center + QPointF(7, 0))
    painter.drawLine(center - QPointF(0, 7), center + QPointF(0, 7))
