"""Questions and messages in plain boxes. None blocks: the answer comes by a call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def tell(parent: QWidget, title: str, sentence: str) -> QMessageBox:
    """Show one sentence until it is put away."""
    box = _box(parent, title, QMessageBox.Icon.Warning)
    box.setText(sentence)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.open()
    return box


def ask_about_unsaved(parent: QWidget, name: str, save: Callable[[], None], discard: Callable[[], None]) -> QMessageBox:
    """Ask what to do with unsaved changes of `name`; nothing is called on Cancel."""
    box = _box(parent, "Unsaved Changes", QMessageBox.Icon.Question)
    box.setText(f"Save the changes to {name}?")
    box.setInformativeText("What you painted since the last save is lost if you discard it.")
    box.setStandardButtons(
        QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel
    )
    box.setDefaultButton(QMessageBox.StandardButton.Save)

    def on_finished(result: int) -> None:
        if result == QMessageBox.StandardButton.Save:
            save()
        elif result == QMessageBox.StandardButton.Discard:
            discard()

    box.finished.connect(on_finished)
    box.open()
    return box


def ask_about_replacing(parent: QWidget, name: str, replace: Callable[[], None]) -> QMessageBox:
    """Ask whether the file `name`, which exists, may be replaced; `replace` is called if so."""
    box = _box(parent, "Replace File", QMessageBox.Icon.Question)
    box.setText(f"Replace {name}?")
    box.setInformativeText("A file of this name exists already.")
    box.setStandardButtons(QMessageBox.StandardButton.Cancel)
    accept = box.addButton("Replace", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)

    def on_finished(_result: int) -> None:
        if box.clickedButton() is accept:
            replace()

    box.finished.connect(on_finished)
    box.open()
    return box


def _box(parent: QWidget, title: str, symbol: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox(parent)
    box.setIcon(symbol)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
