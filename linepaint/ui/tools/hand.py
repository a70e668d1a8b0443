"""The hand: moves the page in the window."""

from __future__ import annotations

from PySide6.QtCore import Qt

from linepaint.ui.tools.tool import PenPosition, View


class Hand:
    """Pans the view; the point taken hold of stays under the pen."""

    cursor = Qt.CursorShape.OpenHandCursor
    paints = False

    def __init__(self, canvas: View) -> None:
        self._canvas = canvas
        self._before = canvas.view
        self._start = (0.0, 0.0)

    def press(self, position: PenPosition) -> None:
        """Take hold."""
        self._before = self._canvas.view
        self._start = (position.widget_x, position.widget_y)

    def move(self, position: PenPosition) -> None:
        """Drag the page along."""
        dx, dy = position.widget_x - self._start[0], position.widget_y - self._start[1]
        self._canvas.set_view(self._before.panned(dx, dy))

    def release(self, position: PenPosition) -> None:
        """Let go."""
        self.move(position)

    def cancel(self) -> None:
        """Put the page back where it was."""
        self._canvas.set_view(self._before)
