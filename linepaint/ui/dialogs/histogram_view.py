"""A histogram with two handles under it, for the black point and the white point."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from linepaint.document.layers import Levels

_HANDLE_PX = 14
_MARGIN_PX = 9


def sampled(scan: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Every n-th pixel of uint8 [H, W] each way, so that there are at most some four million."""
    height, width = scan.shape
    step = max(1, math.ceil((height * width / 4_000_000) ** 0.5))
    return scan[::step, ::step]


def histogram(scan: NDArray[np.uint8]) -> NDArray[np.int64]:
    """How many pixels of uint8 [H, W] have each of the 256 values."""
    return np.bincount(scan.ravel(), minlength=256)


def bar_heights(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Heights 0 … 1 for the 256 bars. A root scale, since paper outnumbers ink by far."""
    roots = np.sqrt(counts.astype(np.float64))
    top = float(roots.max()) if roots.size else 0.0
    return roots / top if top > 0 else roots


def with_black(levels: Levels, black: int) -> Levels:
    """The levels with another black point, kept below the white one."""
    return Levels(min(max(black, 0), levels.white - 1), levels.white)


def with_white(levels: Levels, white: int) -> Levels:
    """The levels with another white point, kept above the black one."""
    return Levels(levels.black, max(min(white, 255), levels.black + 1))


class HistogramView(QWidget):
    """Shows counts and levels; `levelsDragged(Levels)` while a handle is dragged."""

    levelsDragged = Signal(object)

    def __init__(self, counts: NDArray[np.int64], levels: Levels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights = bar_heights(counts)
        self._levels = levels
        self._drags_white = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(256 + 2 * _MARGIN_PX, 120)
        self.setAccessibleName("Histogram")

    def sizeHint(self) -> QSize:
        """One and a half pixels a value."""
        return QSize(384 + 2 * _MARGIN_PX, 170)

    def show_levels(self, levels: Levels) -> None:
        """Move the handles."""
        self._levels = levels
        self.update()

    def x_of(self, value: int) -> float:
        """Where a value 0 … 255 is, in widget pixels."""
        return _MARGIN_PX + value / 255 * (self.width() - 2 * _MARGIN_PX)

    def value_at(self, x: float) -> int:
        """The value 0 … 255 at a place."""
        part = (x - _MARGIN_PX) / max(self.width() - 2 * _MARGIN_PX, 1)
        return min(max(round(part * 255), 0), 255)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearer handle."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        x = event.position().x()
        black_x, white_x = self.x_of(self._levels.black), self.x_of(self._levels.white)
        to_black, to_white = abs(x - black_x), abs(x - white_x)
        self._drags_white = to_white < to_black or (to_white == to_black and x > white_x)
        self._drag_to(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_to(event.position().x())

    def _drag_to(self, x: float) -> None:
        change = with_white if self._drags_white else with_black
        self._levels = change(self._levels, self.value_at(x))
        self.update()
        self.levelsDragged.emit(self._levels)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, the cut-off parts shaded, handles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        box = QRectF(_MARGIN_PX, 1, self.width() - 2 * _MARGIN_PX, self.height() - _HANDLE_PX - 2)
        painter.fillRect(box, palette.base())
        bar_width = box.width() / 256
        bars = palette.text().color()
        for value, height in enumerate(self._heights):
            if height > 0:
                tall = max(height * (box.height() - 4), 1.0)
                painter.fillRect(
                    QRectF(box.left() + value * bar_width, box.bottom() - tall, bar_width + 0.3, tall), bars
                )
        shade = QColor(palette.highlight().color())
        shade.setAlpha(60)
        black_x, white_x = self.x_of(self._levels.black), self.x_of(self._levels.white)
        painter.fillRect(QRectF(box.left(), box.top(), black_x - box.left(), box.height()), shade)
        painter.fillRect(QRectF(white_x, box.top(), box.right() - white_x, box.height()), shade)
        painter.setPen(QPen(palette.highlight().color(), 1.5))
        for x in (black_x, white_x):
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        _paint_handle(painter, black_x, box.bottom() + 2, QColor("black"))
        _paint_handle(painter, white_x, box.bottom() + 2, QColor("white"))
        painter.end()


def _paint_handle(painter: QPainter, x: float, top: float, color: QColor) -> None:
    triangle = QPolygonF([QPointF(x, top), QPointF(x - 7, top + _HANDLE_PX - 4), QPointF(x + 7, top + _HANDLE_PX - 4)])
    painter.setPen(QPen(QColor(128, 128, 128), 1.2))
    painter.setBrush(color)
    painter.drawPolygon(triangle)
