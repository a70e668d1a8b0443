"""The dot tool: one round hint where the pen went down, of full size however lightly it was pressed."""

from __future__ import annotations

from dataclasses import replace

from linepaint.imaging.strokes import Brush
from linepaint.ui.tools.stroke_tool import StrokeTool
from linepaint.ui.tools.tool import PenPosition


class Dot(StrokeTool):
    """Places a dot."""

    text = "Place dot"

    def brush(self) -> Brush:
        """The editor's brush without pressure: a tap is light, but the dot is meant."""
        return replace(self._editor.brush(), pressure_size=False)

    def move(self, position: PenPosition) -> None:
        """The dot stays where it was put: a shaky hand leaves no tail."""

    def release(self, position: PenPosition) -> None:
        """Keep the dot."""
        last = self._last
        super().release(replace(position, x=last.x, y=last.y))
