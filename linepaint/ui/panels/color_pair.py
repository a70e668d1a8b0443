"""Foreground and background colour as two overlapping squares, the foreground in front."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from linepaint.document.palette import Color
from linepaint.ui.panels.color_math import to_hex


class ColorPair(QWidget):
    """Shows the two colours. A click on the one behind (`swapWanted`) brings it forward."""

    swapWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._foreground: Color = (0, 0, 0)
        self._background: Color = (255, 255, 255)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Foreground and background colour")

    def sizeHint(self) -> QSize:
        """Two squares of 38 pixels, overlapping."""
        return QSize(62, 58)

    def show_colors(self, foreground: Color, background: Color) -> None:
        """Show these two."""
        self._foreground, self._background = foreground, background
        self.update()

    def foreground_rect(self) -> QRect:
        """Where the foreground is drawn."""
        return QRect(1, 1, 38, 38)

    def background_rect(self) -> QRect:
        """Where the background is drawn; partly under the foreground."""
        return QRect(22, 18, 38, 38)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Swap when the one behind is pressed."""
        if event.button() == Qt.MouseButton.LeftButton and self._is_background(event.position().toPoint()):
            self.swapWanted.emit()

    def event(self, event: QEvent) -> bool:
        """Tell which colour lies under the pointer."""
        if isinstance(event, QHelpEvent):
            if self._is_background(event.pos()):
                text = f"Background {to_hex(self._background)}: click to bring it forward (X)"
            else:
                text = f"Foreground {to_hex(self._foreground)}: hints are painted with it"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _is_background(self, point: QPoint) -> bool:
        return self.background_rect().contains(point) and not self.foreground_rect().contains(point)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The two squares, each with an outline that shows on any colour."""
        painter = QPainter(self)
        for rect, color in (
            (self.background_rect(), self._background),
            (self.foreground_rect(), self._foreground),
        ):
            painter.fillRect(rect, QColor("white"))
            painter.fillRect(rect.adjusted(1, 1, -1, -1), QColor(*color))
            painter.setPen(QPen(QColor(0, 0, 0, 190), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.end()
