"""The hint eraser: takes hints away again. The pen's eraser end is this tool."""

from __future__ import annotations

from linepaint.imaging.strokes import Brush
from linepaint.ui.tools.stroke_tool import StrokeTool


class HintEraser(StrokeTool):
    """Erases hints."""

    text = "Erase hint"

    def brush(self) -> Brush:
        """The editor's brush, erasing."""
        return self._editor.brush(erases=True)
