"""Painting on the hint layer: what brush, eraser and dot have in common.

A stroke is painted straight into the document while the pen is down, and becomes one undo command when it
comes up.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.geometry import Rect
from linepaint.imaging.strokes import Brush, Stroke, StrokePoint
from linepaint.ui.editor import Editor
from linepaint.ui.tools.tool import PenPosition

CLOSEST_POINTS: Final = 0.03
"""Points nearer to each other than this share of the brush's size wait for the next: nobody sees the
difference, and a large brush under a pen that reports a thousand times a second keeps up."""

CLOSEST_POINTS_PX: Final = 0.35
CLOSEST_PRESSURE: Final = 0.02


class StrokeTool:
    """A tool that paints one stroke per drag with the brush that `brush` gives."""

    cursor = Qt.CursorShape.CrossCursor
    paints = True
    text = ""
    """What the undo menu calls it."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor
        self._stroke: Stroke | None = None
        self._last = StrokePoint(0.0, 0.0)
        self._waiting: StrokePoint | None = None

    def brush(self) -> Brush:
        """The brush that the next stroke is painted with."""
        raise NotImplementedError

    def press(self, position: PenPosition) -> None:
        """Begin the stroke with a dab."""
        document = self._editor.document
        if document.is_null:
            self._editor.message.emit("Open a line drawing first, then dab hints on it.")
            return
        self._show_hints()
        self._stroke = Stroke(document.hints.pixels, self.brush())
        self._last = position.stroke_point
        self._waiting = None
        self._editor.stroke_started()
        self._tell(self._stroke.begin(self._last))

    def move(self, position: PenPosition) -> None:
        """Draw on to the next point."""
        if self._stroke is None:
            return
        point = position.stroke_point
        if self._is_close(point):
            self._waiting = point
        else:
            self._extend(point)

    def release(self, position: PenPosition) -> None:
        """Finish the stroke and make it one undoable command."""
        stroke = self._stroke
        if stroke is None:
            return
        # A pen that is lifted reports no pressure; the stroke ends as thick as it was.
        end = replace(position.stroke_point, pressure=(self._waiting or self._last).pressure)
        if end != self._last:
            self._extend(end)
        self._stroke = None
        command = stroke.command(self.text)
        self._editor.stroke_finished()
        if not command.changes_nothing:
            self._editor.push_applied(command)
            if stroke.brush.color is not None:
                self._editor.remember_color(stroke.brush.color)

    def cancel(self) -> None:
        """Take the stroke back."""
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            self._tell(stroke.cancel())
            self._editor.stroke_finished()

    def _extend(self, point: StrokePoint) -> None:
        assert self._stroke is not None, "a stroke runs from press to release"
        self._last = point
        self._waiting = None
        self._tell(self._stroke.extend(point))

    def _is_close(self, point: StrokePoint) -> bool:
        assert self._stroke is not None, "a stroke runs from press to release"
        distance = math.hypot(point.x - self._last.x, point.y - self._last.y)
        return (
            distance < max(CLOSEST_POINTS_PX, CLOSEST_POINTS * self._stroke.brush.size_px)
            and abs(point.pressure - self._last.pressure) < CLOSEST_PRESSURE
        )

    def _tell(self, rect: Rect) -> None:
        if not rect.is_empty:
            self._editor.document.notify(Change(ChangeKind.HINTS, rect))

    def _show_hints(self) -> None:
        """Nobody paints blind: a hidden hint layer is shown again, and the artist told."""
        hints = self._editor.document.hints
        if not hints.visible:
            hints.visible = True
            self._editor.document.notify(Change(ChangeKind.LAYERS))
            self._editor.message.emit("The hints layer was hidden; it is shown again.")
        elif hints.opacity == 0:
            self._editor.message.emit("The hints layer is transparent; raise its opacity to see what you paint.")
