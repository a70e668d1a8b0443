"""From mouse, pen and keys to tools: which tool a press starts, and how a drag ends, come what may.

One drag runs at a time. A pen wins over the mouse: some systems send a mouse copy of what the pen does, now
before, now after it, and a stroke must not be painted twice.
"""

from __future__ import annotations

import time
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPointingDevice, QTabletEvent

from linepaint.ui.canvas.view_transform import ViewTransform
from linepaint.ui.editor import Editor
from linepaint.ui.tools.tool import PenPosition, Tool
from linepaint.ui.tools.toolbox import Toolbox

PEN_ECHO_SECONDS: Final = 0.2
"""A mouse press so soon after the pen was heard of is the pen's own copy."""

_MOUSE: Final = "mouse"
_PEN: Final = "pen"


def deliver_every_event() -> None:
    """Have Qt hand over every position that mouse and pen report, not only the last one before a repaint."""
    for attribute in (
        Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents,
        Qt.ApplicationAttribute.AA_CompressTabletEvents,
    ):
        QCoreApplication.setAttribute(attribute, False)


class InputHost(Protocol):
    """What the input needs of the canvas."""

    @property
    def view(self) -> ViewTransform:
        """How the page is seen now."""

    def set_view(self, view: ViewTransform) -> None:
        """See the page another way."""

    def pointer_moved(self, position: QPointF) -> None:
        """Pen or mouse is at this widget point."""

    def update_cursor(self) -> None:
        """The tool in effect may differ."""


class CanvasInput(QObject):
    """Turns the canvas's events into drags of tools."""

    def __init__(self, editor: Editor, canvas: InputHost, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._canvas = canvas
        self._toolbox = Toolbox(editor, canvas)
        self._tool: Tool | None = None
        self._source = ""
        self._button = Qt.MouseButton.NoButton
        self._position = PenPosition(0.0, 0.0, 0.0, 0.0)
        self._press_position = QPointF()
        self._pen_heard_at = -1.0
        self._lent: dict[str, str] = {}
        self._turning = False
        editor.strokeEndRequested.connect(self.end_drag)

    # --- what runs ------------------------------------------------------------------------------

    @property
    def is_dragging(self) -> bool:
        """True from press to release."""
        return self._tool is not None

    @property
    def tool(self) -> Tool:
        """The tool that runs, or that a plain press would start."""
        if self._tool is not None:
            return self._tool
        if "space" in self._lent and self._turning:
            return self._toolbox.turn_view
        return self._toolbox.named(self._editor.tool)

    @property
    def outline_anchor(self) -> QPointF | None:
        """Where the brush's outline stays while the brush is being sized; None when it follows the pen."""
        return self._press_position if self._tool is self._toolbox.brush_resize else None

    def end_drag(self, keep: bool) -> None:
        """End what runs, keeping it or rolling it back. Until the next press nothing more happens."""
        tool, self._tool = self._tool, None
        if tool is None:
            return
        if keep:
            tool.release(self._position)
        else:
            tool.cancel()
        self._canvas.update_cursor()

    def leave_off(self) -> None:
        """The canvas lost the keyboard or was hidden: finish the stroke, and forget which keys were down."""
        self.end_drag(keep=True)
        for key in tuple(self._lent):
            self._take_back(key)

    # --- mouse ----------------------------------------------------------------------------------

    def mouse_press(self, event: QMouseEvent) -> bool:
        """Start a drag; False when the event is none of ours."""
        if self.is_dragging or time.monotonic() - self._pen_heard_at < PEN_ECHO_SECONDS:
            return True
        tool = self._tool_for(event.button(), event.modifiers())
        if tool is None:
            return False
        self._begin(tool, _MOUSE, event.button(), event.position(), 1.0)
        return True

    def mouse_move(self, event: QMouseEvent) -> None:
        """Go on with the drag, or just follow the mouse."""
        self._canvas.pointer_moved(event.position())
        if self._source == _MOUSE and self._tool is not None:
            if not event.buttons() & self._button:
                # The release went to somebody else: a menu, a dialog, another program.
                self.end_drag(keep=True)
                return
            self._move(event.position(), 1.0)
        elif event.source() == Qt.MouseEventSource.MouseEventNotSynthesized:
            self._set_eraser_end(False)

    def mouse_release(self, event: QMouseEvent) -> None:
        """Finish the drag that this button began."""
        if self._source == _MOUSE and self._tool is not None and event.button() == self._button:
            self._release(event.position())

    # --- pen ------------------------------------------------------------------------------------

    def pen_press(self, event: QTabletEvent) -> bool:
        """Start a drag; one that the mouse copy of this touch began is undone. False: none of ours."""
        self._pen_heard_at = time.monotonic()
        self._set_eraser_end(event.pointerType() == QPointingDevice.PointerType.Eraser)
        if self._tool is not None and self._source == _MOUSE:
            self.end_drag(keep=False)
        if self._tool is not None:
            return True
        tool = self._tool_for(event.button(), event.modifiers())
        if tool is None:
            return False
        self._begin(tool, _PEN, event.button(), event.position(), event.pressure())
        return True

    def pen_move(self, event: QTabletEvent) -> bool:
        """Go on with the drag; False when the pen only hovers."""
        self._canvas.pointer_moved(event.position())
        if self._source != _PEN or self._tool is None:
            self._set_eraser_end(event.pointerType() == QPointingDevice.PointerType.Eraser)
            return False
        self._pen_heard_at = time.monotonic()
        if not event.buttons() & self._button:
            self.end_drag(keep=True)
            return True
        self._move(event.position(), event.pressure())
        return True

    def pen_release(self, event: QTabletEvent) -> None:
        """Finish the pen's drag."""
        self._pen_heard_at = time.monotonic()
        if self._source == _PEN and self._tool is not None and event.button() == self._button:
            self._release(event.position())

    def pointer_left(self) -> None:
        """The pointer is over something else now."""
        if not self.is_dragging:
            self._set_eraser_end(False)

    # --- keys -----------------------------------------------------------------------------------

    def wants_key(self, event: QKeyEvent) -> bool:
        """True for keys that must reach the canvas rather than a shortcut."""
        if event.key() == Qt.Key.Key_Escape:
            return self.is_dragging
        return event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Alt)

    def key_press(self, event: QKeyEvent) -> bool:
        """Space lends the hand (with Shift, turning), Alt the eyedropper, Escape calls the drag off."""
        if event.key() == Qt.Key.Key_Escape and self.is_dragging:
            self.end_drag(keep=False)
            return True
        if event.key() == Qt.Key.Key_Space:
            self._turning = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._lend("space", "hand")
            return True
        if event.key() == Qt.Key.Key_Alt:
            self._lend("alt", "eyedropper")
            return True
        return False

    def key_release(self, event: QKeyEvent) -> bool:
        """Take back what the key lent."""
        key = {Qt.Key.Key_Space: "space", Qt.Key.Key_Alt: "alt"}.get(Qt.Key(event.key()))
        if key is None:
            return False
        if not event.isAutoRepeat():
            self._take_back(key)
        return True

    # --- inside ---------------------------------------------------------------------------------

    def _tool_for(self, button: Qt.MouseButton, modifiers: Qt.KeyboardModifier) -> Tool | None:
        if button == Qt.MouseButton.MiddleButton:
            return self._toolbox.hand
        if button != Qt.MouseButton.LeftButton:
            return None
        if "space" in self._lent:
            return self._toolbox.turn_view if self._turning else self._toolbox.hand
        tool = self._toolbox.named(self._editor.tool)
        if tool.paints and modifiers & Qt.KeyboardModifier.AltModifier:
            # Alt may have gone down while something else had the keyboard.
            return self._toolbox.eyedropper
        if tool.paints and modifiers & Qt.KeyboardModifier.ShiftModifier:
            return self._toolbox.brush_resize
        return tool

    def _begin(self, tool: Tool, source: str, button: Qt.MouseButton, position: QPointF, pressure: float) -> None:
        self._tool, self._source, self._button = tool, source, button
        self._press_position = position
        self._position = self._located(position, pressure)
        self._canvas.pointer_moved(position)
        tool.press(self._position)
        self._canvas.update_cursor()

    def _move(self, position: QPointF, pressure: float) -> None:
        assert self._tool is not None, "a drag runs"
        self._position = self._located(position, pressure)
        self._tool.move(self._position)

    def _release(self, position: QPointF) -> None:
        self._position = self._located(position, self._position.pressure)
        self.end_drag(keep=True)

    def _located(self, position: QPointF, pressure: float) -> PenPosition:
        point = self._canvas.view.to_document(position.x(), position.y())
        return PenPosition(point.x, point.y, position.x(), position.y(), pressure)

    def _set_eraser_end(self, is_eraser: bool) -> None:
        if is_eraser:
            self._lend("pen", "hint-eraser")
        else:
            self._take_back("pen")

    def _lend(self, key: str, tool_name: str) -> None:
        if key not in self._lent:
            self._lent[key] = tool_name
            self._editor.push_tool(tool_name)
            self._canvas.update_cursor()

    def _take_back(self, key: str) -> None:
        tool_name = self._lent.pop(key, None)
        if tool_name is not None:
            self._editor.pop_tool(tool_name)
            self._canvas.update_cursor()
