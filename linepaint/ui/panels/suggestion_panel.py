"""Nine likely colours for the region under the pen, a click or a key away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from linepaint.document.palette import Color, Swatch
from linepaint.ui.editor import Editor
from linepaint.ui.panels.swatch_grid import SwatchGrid

COUNT: Final = 9
CELL_PX: Final = 20
KEYS: Final = tuple(f"Shift+{number}" for number in range(1, COUNT + 1))

NO_DRAWING: Final = "Open a drawing first"
NOT_YET: Final = "Rest the pen over an area"
LINES_ONLY: Final = "For line art only"


class SuggestionPanel(QWidget):
    """Shows colours, the likeliest first; taking one makes it the foreground. The palette is never touched."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._colors: tuple[Color, ...] = ()
        self.grid = SwatchGrid(CELL_PX, can_edit=False, empty_text=NO_DRAWING)
        self.grid.setAccessibleName("Colours suggested here")
        # One row, and as tall without colours as with them.
        self.grid.setFixedHeight(CELL_PX)
        title = QLabel("Suggested here")
        keys = QLabel("Shift + 1 … 9")
        keys.setAlignment(Qt.AlignmentFlag.AlignRight)
        for label in (title, keys):
            label.setProperty("faint", True)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.grid)
        self.grid.picked.connect(self.take)
        for index, key in enumerate(KEYS):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(lambda index=index: self.take(index))

    @property
    def colors(self) -> tuple[Color, ...]:
        """What is shown, the likeliest first."""
        return self._colors

    def show_colors(self, colors: Sequence[Color]) -> None:
        """Show these, at most nine."""
        if tuple(colors[:COUNT]) != self._colors:
            self._colors = tuple(colors[:COUNT])
            self.grid.select(-1)
            self.grid.show_swatches([Swatch(c, key) for c, key in zip(self._colors, KEYS, strict=False)])

    def show_nothing(self, sentence: str) -> None:
        """Show no colour, and say why."""
        self.show_colors(())
        self.grid.show_empty_text(sentence)

    def enable(self, is_enabled: bool, why_not: str = "") -> None:
        """Take colours and their keys, or stand greyed out; `why_not` is the tool tip then."""
        self.setEnabled(is_enabled)
        self.setToolTip("" if is_enabled else why_not)

    def take(self, index: int) -> None:
        """Make the colour of that number, from 0, the foreground; where there is none, nothing happens."""
        if index < len(self._colors):
            self.grid.select(index)
            self._editor.set_foreground(self._colors[index])
