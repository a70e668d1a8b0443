"""The open document, its history, and what the artist holds: tool, brush and colours.

Widgets show an `Editor` and send it commands; none of them keeps a truth of its own. The editor lives on the
GUI thread. Sizes are document pixels, colours are `Color` tuples (r, g, b) 0..255.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from linepaint.document.changes import Change
from linepaint.document.commands import Command
from linepaint.document.document import Document
from linepaint.document.history import History
from linepaint.document.palette import Color
from linepaint.imaging.strokes import Brush
from linepaint.ui.tools.brush_sizes import (
    MAX_BRUSH_PX,
    MIN_BRUSH_PX,
    next_size,
    previous_size,
    size_for_document,
)

TOOL_NAMES: Final = ("hint-brush", "hint-eraser", "dot", "eyedropper", "hand")
FIRST_TOOL: Final = "hint-brush"

CLEAR_COLOR: Final[Color] = (230, 84, 62)
BLACK: Final[Color] = (0, 0, 0)
WHITE: Final[Color] = (255, 255, 255)


class Editor(QObject):
    """What is being edited and with what.

    Signals
    -------
    documentReplaced()      another document was opened; `changed` is not sent for it
    changed(Change)         the open document changed, by a command, a running stroke or a new colour layer
    historyChanged()        undo/redo or the modified state may differ
    pathChanged()           the file the document is saved to differs
    toolChanged(str)        the tool in effect, a temporary one included
    brushChanged()          size or pressure
    colorsChanged()         foreground, background or the recent colours
    strokeStarted()         the pen went down
    strokeFinished()        the pen came up, or the stroke was rolled back
    strokeEndRequested(bool)    the canvas must end the running stroke: True keeps it, False rolls it back
    message(str)            one plain sentence for the status bar
    """

    documentReplaced = Signal()
    changed = Signal(object)
    historyChanged = Signal()
    pathChanged = Signal()
    toolChanged = Signal(str)
    brushChanged = Signal()
    colorsChanged = Signal()
    strokeStarted = Signal()
    strokeFinished = Signal()
    strokeEndRequested = Signal(bool)
    message = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = Document.empty()
        self._history = History(self._document)
        self._unsubscribe: Callable[[], None] = self._document.subscribe(self._on_document_change)
        self._path: Path | None = None
        self._chosen_tool = FIRST_TOOL
        self._temporary_tools: list[str] = []
        self._foreground: Color = CLEAR_COLOR
        self._background: Color = WHITE
        self._brush_size = 20.0
        self._brush_size_is_chosen = False
        self._pressure_enabled = True
        self._is_painting = False

    # --- the document ---------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The open document; the null document when nothing is open, never None."""
        return self._document

    @property
    def history(self) -> History:
        """Undo and redo of the open document. Change it through `perform`, `undo`, `redo`, `push_applied`."""
        return self._history

    @property
    def path(self) -> Path | None:
        """The file the document was opened from or last saved to; None for one that was never saved."""
        return self._path

    @property
    def is_modified(self) -> bool:
        """True when there is something that the file on disk does not have."""
        return not self._document.is_null and not self._history.is_clean

    def set_document(self, document: Document, path: Path | None = None) -> None:
        """Open `document` in place of the present one, with an empty, clean history."""
        self.end_stroke(keep=False)
        self._unsubscribe()
        self._document = document
        self._history = History(document)
        self._unsubscribe = document.subscribe(self._on_document_change)
        self._path = path
        if not self._brush_size_is_chosen and not document.is_null:
            self._brush_size = size_for_document(document.width, document.height)
        self.documentReplaced.emit()
        self.pathChanged.emit()
        self.historyChanged.emit()
        self.colorsChanged.emit()
        self.brushChanged.emit()

    def mark_saved(self, path: Path | None = None) -> None:
        """Say that the document's present state is on disk, at `path` when one is given."""
        if path is not None and path != self._path:
            self._path = path
            self.pathChanged.emit()
        self._history.mark_saved()
        self.historyChanged.emit()

    def _on_document_change(self, change: Change) -> None:
        self.changed.emit(change)

    # --- edits ----------------------------------------------------------------------------------

    def perform(self, command: Command) -> None:
        """Apply `command` and make it undoable. A running stroke is finished first."""
        self.end_stroke(keep=True)
        self._history.perform(command)
        self.historyChanged.emit()

    def push_applied(self, command: Command) -> None:
        """Make an edit undoable that was applied while it was made (a finished stroke)."""
        self._history.push_applied(command)
        self.historyChanged.emit()

    def undo(self) -> None:
        """Undo the last edit; in the middle of a stroke, roll that stroke back instead."""
        if self._is_painting:
            self.end_stroke(keep=False)
        elif self._history.can_undo:
            self._history.undo()
            self.historyChanged.emit()

    def redo(self) -> None:
        """Redo the edit last undone. Nothing happens in the middle of a stroke."""
        if not self._is_painting and self._history.can_redo:
            self._history.redo()
            self.historyChanged.emit()

    # --- strokes --------------------------------------------------------------------------------

    @property
    def is_painting(self) -> bool:
        """True from pen down to pen up."""
        return self._is_painting

    def stroke_started(self) -> None:
        """Called by the canvas when a tool begins to change pixels."""
        self._is_painting = True
        self.strokeStarted.emit()

    def stroke_finished(self) -> None:
        """Called by the canvas when the running stroke was finished or rolled back."""
        if self._is_painting:
            self._is_painting = False
            self.strokeFinished.emit()

    def end_stroke(self, *, keep: bool) -> None:
        """End a running stroke now, keeping what it painted or rolling it back."""
        if self._is_painting:
            self.strokeEndRequested.emit(keep)

    # --- the tool -------------------------------------------------------------------------------

    @property
    def tool(self) -> str:
        """Name of the tool in effect: the newest temporary one, else the chosen one."""
        return self._temporary_tools[-1] if self._temporary_tools else self._chosen_tool

    @property
    def chosen_tool(self) -> str:
        """Name of the tool that is in effect when no key or pen end lends another."""
        return self._chosen_tool

    def set_tool(self, name: str) -> None:
        """Choose a tool by name. Raises ValueError when there is none of that name."""
        _require_tool(name)
        if name != self._chosen_tool:
            self._chosen_tool = name
            self.toolChanged.emit(self.tool)

    def push_tool(self, name: str) -> None:
        """Lend a tool for a while (Alt, Space, the pen's eraser end). Pair it with `pop_tool(name)`."""
        _require_tool(name)
        self._temporary_tools.append(name)
        self.toolChanged.emit(self.tool)

    def pop_tool(self, name: str) -> None:
        """Take back the tool lent last under this name; without one, nothing happens."""
        for index in reversed(range(len(self._temporary_tools))):
            if self._temporary_tools[index] == name:
                del self._temporary_tools[index]
                self.toolChanged.emit(self.tool)
                return

    # --- the colours ----------------------------------------------------------------------------

    @property
    def foreground(self) -> Color:
        """The colour that the next hint is painted with."""
        return self._foreground

    @property
    def background(self) -> Color:
        """The colour kept in reserve, brought forward by `swap_colors`."""
        return self._background

    def set_foreground(self, color: Color) -> None:
        """Paint with `color` from the next stroke on. The palette is never touched."""
        if color != self._foreground:
            self._foreground = color
            self.colorsChanged.emit()

    def set_background(self, color: Color) -> None:
        """Keep `color` in reserve."""
        if color != self._background:
            self._background = color
            self.colorsChanged.emit()

    def swap_colors(self) -> None:
        """Exchange foreground and background."""
        self._foreground, self._background = self._background, self._foreground
        self.colorsChanged.emit()

    def reset_colors(self) -> None:
        """Black over white."""
        self._foreground, self._background = BLACK, WHITE
        self.colorsChanged.emit()

    def remember_color(self, color: Color) -> None:
        """Move `color` to the front of the document's recent colours. Not an edit: it cannot be undone."""
        if not self._document.is_null and self._document.recent_colors[:1] != (color,):
            self._document.remember_color(color)
            self.colorsChanged.emit()

    # --- the brush ------------------------------------------------------------------------------

    @property
    def brush_size(self) -> float:
        """Diameter of brush, eraser and dot in document pixels, at full pressure."""
        return self._brush_size

    def set_brush_size(self, size_px: float) -> None:
        """Set the diameter, clamped to what the brush can do."""
        self._brush_size_is_chosen = True
        size_px = min(max(float(size_px), MIN_BRUSH_PX), MAX_BRUSH_PX)
        if size_px != self._brush_size:
            self._brush_size = size_px
            self.brushChanged.emit()

    def grow_brush(self) -> None:
        """One step larger."""
        self.set_brush_size(next_size(self._brush_size))

    def shrink_brush(self) -> None:
        """One step smaller."""
        self.set_brush_size(previous_size(self._brush_size))

    @property
    def pressure_enabled(self) -> bool:
        """True when the pen's pressure changes the size of the stroke."""
        return self._pressure_enabled

    def set_pressure_enabled(self, enabled: bool) -> None:
        """Let the pen's pressure change the size of the stroke, or not."""
        if enabled != self._pressure_enabled:
            self._pressure_enabled = enabled
            self.brushChanged.emit()

    def brush(self, *, erases: bool = False) -> Brush:
        """The brush as it is now: in the foreground colour, or one that erases."""
        return Brush(self._brush_size, None if erases else self._foreground, self._pressure_enabled)


def _require_tool(name: str) -> None:
    if name not in TOOL_NAMES:
        raise ValueError(f"There is no tool named {name}; choose one of {', '.join(TOOL_NAMES)}.")
