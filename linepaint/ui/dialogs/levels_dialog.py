"""Levels of the line art or gray picture: what counts as black and as white, shown on the canvas at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from linepaint.document.arrays import Pixels
from linepaint.document.changes import Change, ChangeKind
from linepaint.document.commands import SetLevels
from linepaint.document.layers import Levels
from linepaint.document.mode import SOURCE_NAMES, DocumentMode
from linepaint.imaging.contrast import stretching_levels
from linepaint.imaging.linework import suggest_levels
from linepaint.ui.dialogs.histogram_view import HistogramView, histogram, sampled, with_black, with_white
from linepaint.ui.editor import Editor

_SHOW_AFTER_MS = 30


@dataclass(frozen=True)
class _Words:
    """What the dialog says, and the levels that it suggests."""

    title: str
    explanation: str
    suggest_tip: str
    reset_tip: str
    suggest: Callable[[Pixels], Levels]


_WORDS: Final = {
    DocumentMode.LINEART: _Words(
        "Line Art Levels",
        "Everything left of the black handle becomes ink, everything right of the white one becomes paper.",
        "Find levels that make the paper white and the ink black",
        "Show the scan as it came",
        suggest_levels,
    ),
    DocumentMode.GRAYSCALE: _Words(
        "Gray Picture Levels",
        "Everything left of the black handle becomes black, everything right of the white one becomes white.",
        "Find levels that spread the tones from black to white",
        "Show the gray picture as it came",
        stretching_levels,
    ),
}


class LevelsDialog(QDialog):
    """Shows levels on the document as they are tried. OK makes one edit of it, Cancel undoes it all."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._document = editor.document
        self._words = _WORDS[self._document.mode]
        self.setWindowTitle(self._words.title)
        self._sample = np.ascontiguousarray(sampled(self._document.lines.scan))
        self._before = self._document.lines.levels
        self._levels = self._before
        self.view = HistogramView(histogram(self._sample), self._levels)
        self.view.setAccessibleName(f"Histogram of the {SOURCE_NAMES[self._document.mode].lower()}")
        self.black = _number("Black point", 0, 254)
        self.white = _number("White point", 1, 255)
        self.suggest_button = QPushButton("Suggest")
        self.suggest_button.setToolTip(self._words.suggest_tip)
        self.reset_button = QPushButton("Reset")
        self.reset_button.setToolTip(self._words.reset_tip)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        # A drag sends many levels a second; applying each to a large scan would lag behind the pointer.
        self._show_timer = QTimer(self)
        self._show_timer.setSingleShot(True)
        self._show_timer.setInterval(_SHOW_AFTER_MS)
        self._show_timer.timeout.connect(self._show_on_document)
        self._lay_out()
        self._show_numbers()

        self.view.levelsDragged.connect(self._try)
        self.black.valueChanged.connect(lambda black: self._try(with_black(self._levels, black)))
        self.white.valueChanged.connect(lambda white: self._try(with_white(self._levels, white)))
        self.suggest_button.clicked.connect(lambda: self._try(self._words.suggest(self._sample)))
        self.reset_button.clicked.connect(lambda: self._try(Levels()))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        explanation = QLabel(self._words.explanation)
        explanation.setProperty("faint", True)
        explanation.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(QLabel("Black point"))
        row.addWidget(self.black)
        row.addStretch()
        row.addWidget(self.suggest_button)
        row.addWidget(self.reset_button)
        row.addStretch()
        row.addWidget(QLabel("White point"))
        row.addWidget(self.white)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(explanation)
        column.addWidget(self.view, 1)
        column.addLayout(row)
        column.addWidget(self.buttons)
        self.resize(520, 330)

    def done(self, result: int) -> None:
        """Put back what was there, then make one edit of the new levels if they were accepted."""
        self._show_timer.stop()
        self._set(self._before)
        if result == int(QDialog.DialogCode.Accepted) and self._levels != self._before:
            self._editor.perform(SetLevels(self._levels))
            self._editor.history.end_merging()
        super().done(result)

    def _try(self, levels: Levels) -> None:
        self._levels = levels
        self._show_numbers()
        self._show_timer.start()

    def _show_numbers(self) -> None:
        self.view.show_levels(self._levels)
        with QSignalBlocker(self.black), QSignalBlocker(self.white):
            self.black.setValue(self._levels.black)
            self.white.setValue(self._levels.white)

    def _show_on_document(self) -> None:
        self._set(self._levels)

    def _set(self, levels: Levels) -> None:
        if self._document.lines.levels != levels:
            self._document.lines.levels = levels
            self._document.notify(Change(ChangeKind.LINES, self._document.bounds))


def _number(name: str, lowest: int, highest: int) -> QSpinBox:
    number = QSpinBox()
    number.setRange(lowest, highest)
    number.setAccessibleName(name)
    number.setAlignment(Qt.AlignmentFlag.AlignRight)
    return number
