"""The hint brush: a hard round brush that paints hints in the foreground colour."""

from __future__ import annotations

from linepaint.imaging.strokes import Brush
from linepaint.ui.tools.stroke_tool import StrokeTool


class HintBrush(StrokeTool):
    """Paints hints."""

    text = "Paint hint"

    def brush(self) -> Brush:
        """The editor's brush in the foreground colour."""
        return self._editor.brush()
