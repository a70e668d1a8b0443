"""The busy mark: a small arc that turns while something is computed, a quiet dot otherwise."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimerEvent
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_TURN_MS: Final = 1000
_FRAME_MS: Final = 80


class BusyMark(QWidget):
    """Turns while `is_busy`. Costs nothing while idle or hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_busy = False
        self._timer = 0
        self._turned_ms = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Idle")

    @property
    def is_busy(self) -> bool:
        """Whether it turns."""
        return self._is_busy

    def set_busy(self, is_busy: bool) -> None:
        """Turn, or rest."""
        self._is_busy = is_busy
        self.setAccessibleName("Busy" if is_busy else "Idle")
        self._run(is_busy and self.isVisible())
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a line of text."""
        side = self.fontMetrics().height()
        return QSize(side, side)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on turning."""
        self._run(self._is_busy)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save the work of turning unseen."""
        self._run(False)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Turn a little."""
        self._turned_ms = (self._turned_ms + _FRAME_MS) % _TURN_MS
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """An arc, or a dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self._is_busy:
            pen = QPen(self.palette().highlight().color(), 2.2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(box, -round(360 * 16 * self._turned_ms / _TURN_MS), 270 * 16)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().placeholderText())
            painter.drawEllipse(box.center(), 2.5, 2.5)
        painter.end()

    def _run(self, runs: bool) -> None:
        if runs and not self._timer:
            self._timer = self.startTimer(_FRAME_MS)
        elif not runs and self._timer:
            self.killTimer(self._timer)
            self._timer = 0
