"""Turning the page under the pen (Shift+Space and drag), as one turns a sheet of paper on the desk."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt

from linepaint.ui.tools.tool import PenPosition, View


class TurnView:
    """Rotates the view about the middle of the window."""

    cursor = Qt.CursorShape.SizeAllCursor
    paints = False

    def __init__(self, canvas: View) -> None:
        self._canvas = canvas
        self._before = canvas.view
        self._start_degrees = 0.0

    def press(self, position: PenPosition) -> None:
        """Take hold."""
        self._before = self._canvas.view
        self._start_degrees = self._bearing(position)

    def move(self, position: PenPosition) -> None:
        """Turn the page along."""
        before = self._before
        turn = self._bearing(position) - self._start_degrees
        self._canvas.set_view(before.rotated_about(before.width / 2, before.height / 2, turn))

    def release(self, position: PenPosition) -> None:
        """Let go."""
        self.move(position)

    def cancel(self) -> None:
        """Turn the page back."""
        self._canvas.set_view(self._before)

    def _bearing(self, position: PenPosition) -> float:
        """Clockwise direction from the middle of the window to the pen, degrees."""
        view = self._before
        return math.degrees(math.atan2(position.widget_y - view.height / 2, position.widget_x - view.width / 2))
