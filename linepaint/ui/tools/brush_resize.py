"""Sizing the brush by dragging (Shift): to the right larger, to the left smaller."""

from __future__ import annotations

from PySide6.QtCore import Qt

from linepaint.ui.editor import Editor
from linepaint.ui.tools.tool import PenPosition, View


class BrushResize:
    """Changes the editor's brush size; the outline stays centred where the drag began."""

    cursor = Qt.CursorShape.SizeHorCursor
    paints = True

    def __init__(self, editor: Editor, canvas: View) -> None:
        self._editor = editor
        self._canvas = canvas
        self._start_x = 0.0
        self._start_size_px = editor.brush_size

    def press(self, position: PenPosition) -> None:
        """Begin at the present size."""
        self._start_x = position.widget_x
        self._start_size_px = self._editor.brush_size

    def move(self, position: PenPosition) -> None:
        """One pixel to the side moves the brush's edge by one pixel of the screen."""
        grown_px = 2 * (position.widget_x - self._start_x) / self._canvas.view.scale
        self._editor.set_brush_size(round(self._start_size_px + grown_px))

    def release(self, position: PenPosition) -> None:
        """Keep the size."""
        self.move(position)

    def cancel(self) -> None:
        """Go back to the size from before."""
        self._editor.set_brush_size(self._start_size_px)
