"""All tools of a canvas, by the names that the editor knows them under."""

from __future__ import annotations

from linepaint.ui.editor import TOOL_NAMES, Editor
from linepaint.ui.tools.brush_resize import BrushResize
from linepaint.ui.tools.dot import Dot
from linepaint.ui.tools.eyedropper import Eyedropper
from linepaint.ui.tools.hand import Hand
from linepaint.ui.tools.hint_brush import HintBrush
from linepaint.ui.tools.hint_eraser import HintEraser
from linepaint.ui.tools.tool import Tool, View
from linepaint.ui.tools.turn_view import TurnView


class Toolbox:
    """One of each tool."""

    def __init__(self, editor: Editor, canvas: View) -> None:
        self.hand = Hand(canvas)
        self.eyedropper = Eyedropper(editor)
        self.eraser = HintEraser(editor)
        self.brush_resize = BrushResize(editor, canvas)
        self.turn_view = TurnView(canvas)
        self._by_name: dict[str, Tool] = {
            "hint-brush": HintBrush(editor),
            "hint-eraser": self.eraser,
            "dot": Dot(editor),
            "eyedropper": self.eyedropper,
            "hand": self.hand,
        }
        assert tuple(self._by_name) == TOOL_NAMES, "every tool of the editor is in the box"

    def named(self, name: str) -> Tool:
        """The tool of that name."""
        return self._by_name[name]
