"""The eyedropper: the colour seen on the page becomes the foreground colour. It never touches a swatch."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt

from linepaint.ui.canvas.composer import seen_color
from linepaint.ui.editor import Editor
from linepaint.ui.tools.tool import PenPosition


class Eyedropper:
    """Picks the foreground colour from what the screen shows, all visible layers together."""

    cursor = Qt.CursorShape.PointingHandCursor
    paints = False

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self._before = editor.foreground

    def press(self, position: PenPosition) -> None:
        """Pick; dragging on picks again."""
        self._before = self._editor.foreground
        self._pick(position)

    def move(self, position: PenPosition) -> None:
        """Pick what is under the pen now."""
        self._pick(position)

    def release(self, position: PenPosition) -> None:
        """Keep the colour picked last."""

    def cancel(self) -> None:
        """Go back to the colour from before."""
        self._editor.set_foreground(self._before)

    def _pick(self, position: PenPosition) -> None:
        color = seen_color(self._editor.document, math.floor(position.x), math.floor(position.y))
        if color is not None:
            self._editor.set_foreground(color)
