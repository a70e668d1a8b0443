"""Recovery: drawings that were open when the application ended without saving them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from linepaint.files.autosave import Recovery


def described(recovery: Recovery) -> str:
    """One line about a recovered drawing: its name, size, and when it was kept."""
    name = recovery.original_path.name if recovery.original_path else "Drawing that was never saved"
    width, height = recovery.size
    kept = f"{recovery.saved_at.astimezone():%d %B %Y, %H:%M}"
    return f"{name}   {width} × {height}   kept {kept}"


class RecoveryDialog(QDialog):
    """Offers them. `openWanted(Recovery)`, `discardWanted(Recovery)`; closing keeps them for next time."""

    openWanted = Signal(object)
    discardWanted = Signal(object)

    def __init__(self, recoveries: Sequence[Recovery], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Recover Drawings")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        for recovery in recoveries:
            item = QListWidgetItem(described(recovery), self.list)
            item.setData(Qt.ItemDataRole.UserRole, recovery)
            item.setToolTip(str(recovery.original_path or ""))
        self.list.setCurrentRow(0)
        self.open_button = QPushButton("Open a Copy")
        self.open_button.setDefault(True)
        self.discard_button = QPushButton("Discard")
        self.later_button = QPushButton("Ask Again Next Time")
        self._lay_out()
        self.open_button.clicked.connect(self._on_open)
        self.discard_button.clicked.connect(self._on_discard)
        self.later_button.clicked.connect(self.reject)
        self.list.itemDoubleClicked.connect(lambda _item: self._on_open())

    def _lay_out(self) -> None:
        heading = QLabel("linepaint ended before these drawings were saved.")
        explanation = QLabel("Opening one makes an unsaved copy; the file it came from is not touched.")
        explanation.setProperty("faint", True)
        explanation.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.discard_button)
        row.addStretch()
        row.addWidget(self.later_button)
        row.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(explanation)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        self.resize(560, 280)

    def _current(self) -> Recovery | None:
        item = self.list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def _on_open(self) -> None:
        recovery = self._current()
        if recovery is not None:
            self.accept()
            self.openWanted.emit(recovery)

    def _on_discard(self) -> None:
        recovery = self._current()
        if recovery is not None:
            self.discardWanted.emit(recovery)
            self.list.takeItem(self.list.currentRow())
        if self.list.count() == 0:
            self.accept()
