"""The preview panel: what colours the drawing (device, checkpoint, seed) and how it is getting on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.commands import SetCheckpoint, SetSeed
from linepaint.document.mode import DEFAULT_CHECKPOINTS
from linepaint.ui.editor import Editor
from linepaint.ui.panels.busy_mark import BusyMark

AUTO_DEVICE: Final = "auto"
LARGEST_SEED: Final = 999_999
_FROM_FILE: Final = "\0from file"


def checkpoint_entries(shipped: Sequence[str], current: str) -> list[tuple[str, str]]:
    """(text, checkpoint) for every choice: the shipped ones, then the present one where it is a file."""
    entries = [(name, name) for name in shipped]
    if current not in shipped:
        entries.append((Path(current).name, current))
    return entries


class PreviewPanel(QWidget):
    """Shows the document's checkpoint and seed and changes them as edits; the preview tells the devices.

    `deviceChosen(str)` is sent with the key of a device, `checkpointFileWanted()` where a file is to be
    chosen.
    """

    deviceChosen = Signal(str)
    checkpointFileWanted = Signal()

    def __init__(self, editor: Editor, new_seed: QAction, refresh: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._shipped: tuple[tuple[str, str], ...] = tuple((name, mode) for mode, name in DEFAULT_CHECKPOINTS.items())
        self._wanted_device = AUTO_DEVICE
        self.devices = QComboBox()
        self.devices.setToolTip("What the colour is computed on")
        self.devices.setAccessibleName("Device")
        self.devices.addItem("Automatic", AUTO_DEVICE)
        self.checkpoints = QComboBox()
        self.checkpoints.setAccessibleName("Checkpoint")
        self.checkpoints.setToolTip("The trained network that colours")
        self.seed = QSpinBox()
        self.seed.setRange(0, LARGEST_SEED)
        self.seed.setAccessibleName("Seed")
        self.seed.setToolTip("The same seed gives the same colours")
        self.mark = BusyMark()
        self.status = QLabel("Waiting for a drawing")
        self.status.setProperty("faint", True)
        self.status.setWordWrap(True)
        # Two lines from the start, so that the panel does not grow and shrink with what is said.
        self.status.setMinimumHeight(2 * self.status.fontMetrics().lineSpacing())
        self.status.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._new_seed = _button(new_seed)
        self._refresh = _button(refresh)
        self._lay_out()
        self.setMinimumHeight(self.sizeHint().height())

        self.devices.activated.connect(self._on_device)
        self.checkpoints.activated.connect(self._on_checkpoint)
        self.seed.valueChanged.connect(self._on_seed)
        self.seed.editingFinished.connect(lambda: editor.history.end_merging())
        editor.documentReplaced.connect(self._show)
        editor.changed.connect(self._on_change)
        self._show()

    def _lay_out(self) -> None:
        for combo in (self.devices, self.checkpoints):
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        seed_row = QHBoxLayout()
        seed_row.setSpacing(2)
        seed_row.addWidget(self.seed, 1)
        seed_row.addWidget(self._new_seed)
        seed_row.addWidget(self._refresh)
        status_row = QHBoxLayout()
        status_row.setSpacing(6)
        status_row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        status_row.addWidget(self.status, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 6, 8, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, (label, control) in enumerate((("Device", self.devices), ("Checkpoint", self.checkpoints))):
            grid.addWidget(QLabel(label), row, 0)
            grid.addWidget(control, row, 1)
        grid.addWidget(QLabel("Seed"), 2, 0)
        grid.addLayout(seed_row, 2, 1)
        grid.addLayout(status_row, 3, 0, 1, 2)
        grid.setRowStretch(4, 1)
        grid.setColumnStretch(1, 1)

    # --- showing --------------------------------------------------------------------------------

    def show_shipped(self, checkpoints: Sequence[tuple[str, str]]) -> None:
        """Offer these checkpoints, each (name, mode), for documents of their mode."""
        self._shipped = tuple(checkpoints)
        self._show()

    def show_devices(self, devices: Sequence[tuple[str, str]]) -> None:
        """Offer these devices, each (key, label)."""
        with QSignalBlocker(self.devices):
            self.devices.clear()
            self.devices.addItem("Automatic", AUTO_DEVICE)
            for key, label in devices:
                self.devices.addItem(label, key)
            self.devices.setCurrentIndex(max(self.devices.findData(self._wanted_device), 0))

    def show_device(self, key: str) -> None:
        """Show that this device was asked for; an unknown one counts as automatic."""
        self._wanted_device = key
        with QSignalBlocker(self.devices):
            self.devices.setCurrentIndex(max(self.devices.findData(key), 0))

    def show_status(self, sentence: str, is_busy: bool) -> None:
        """What the preview is doing."""
        self.status.setText(sentence)
        self.status.setToolTip(sentence)
        self.mark.set_busy(is_busy)

    def _on_change(self, change: Change) -> None:
        if change.kind in (ChangeKind.SETTINGS, ChangeKind.MODE):
            self._show()

    def _show(self) -> None:
        document = self._editor.document
        is_open = not document.is_null
        names = [name for name, mode in self._shipped if mode == document.mode]
        with QSignalBlocker(self.checkpoints), QSignalBlocker(self.seed):
            self.checkpoints.clear()
            for text, checkpoint in checkpoint_entries(names, document.checkpoint):
                self.checkpoints.addItem(text, checkpoint)
            self.checkpoints.insertSeparator(self.checkpoints.count())
            self.checkpoints.addItem("From file…", _FROM_FILE)
            self.checkpoints.setCurrentIndex(max(self.checkpoints.findData(document.checkpoint), 0))
            if self.seed.value() != document.seed:
                self.seed.setValue(document.seed)
        self.checkpoints.setEnabled(is_open)
        self.seed.setEnabled(is_open)
        if not is_open:
            self.show_status("Waiting for a drawing", False)

    # --- edits ----------------------------------------------------------------------------------

    def _on_device(self, index: int) -> None:
        self._wanted_device = str(self.devices.itemData(index))
        self.deviceChosen.emit(self._wanted_device)

    def _on_checkpoint(self, index: int) -> None:
        chosen = self.checkpoints.itemData(index)
        if chosen == _FROM_FILE:
            self._show()
            self.checkpointFileWanted.emit()
        elif chosen is not None and chosen != self._editor.document.checkpoint:
            self._editor.perform(SetCheckpoint(str(chosen)))

    def _on_seed(self, seed: int) -> None:
        if not self._editor.document.is_null:
            self._editor.perform(SetSeed(seed))


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
