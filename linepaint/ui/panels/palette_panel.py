"""The palette panel: the document's swatches. Every change of the palette is an edit that can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.commands import SetPalette
from linepaint.document.palette import Palette, Swatch
from linepaint.ui.editor import Editor
from linepaint.ui.icons import icon
from linepaint.ui.panels.color_math import to_hex
from linepaint.ui.panels.swatch_grid import SwatchGrid


class PalettePanel(QWidget):
    """Shows the palette. A click takes a swatch's colour as foreground; only the buttons change a swatch.

    `importWanted()` and `exportWanted()` ask the window for a file.
    """

    importWanted = Signal()
    exportWanted = Signal()

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.grid = SwatchGrid(22, can_edit=True, empty_text="No swatches yet: + adds the foreground colour")
        self.grid.setAccessibleName("Palette")
        self._name = QLabel()
        self._name.setProperty("faint", True)
        self.add_button = _button("plus", "Add the foreground colour", self._add)
        self.remove_button = _button("minus", "Remove the selected swatch", self._remove)
        self.rename_button = _button("rename-box", "Name the selected swatch (double click)", self._rename)
        self.import_button = _button("import", "Import a GIMP palette (.gpl)", self.importWanted.emit)
        self.export_button = _button("export", "Export as a GIMP palette (.gpl)", self.exportWanted.emit)
        self._lay_out()

        self.grid.picked.connect(self._on_picked)
        self.grid.renameWanted.connect(lambda _index: self._rename())
        self.grid.removeWanted.connect(lambda _index: self._remove())
        self.grid.moved.connect(self._on_moved)
        self.grid.menuWanted.connect(self._show_menu)
        self.grid.currentChanged.connect(lambda _index: self._show_buttons())
        editor.documentReplaced.connect(self._show)
        editor.changed.connect(self._on_change)
        self._show()

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidget(self.grid)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumHeight(48)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self._name, 1)
        for button in (
            self.add_button,
            self.remove_button,
            self.rename_button,
            self.import_button,
            self.export_button,
        ):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(scroll, 1)

    # --- showing --------------------------------------------------------------------------------

    @property
    def _palette(self) -> Palette:
        return self._editor.document.palette

    def _on_change(self, change: Change) -> None:
        if change.kind == ChangeKind.PALETTE:
            self._show()

    def _show(self) -> None:
        self._name.setText(self._palette.name)
        self.grid.show_swatches(self._palette.swatches)
        self._show_buttons()

    def _show_buttons(self) -> None:
        is_open = not self._editor.document.is_null
        has_current = 0 <= self.grid.current < len(self._palette.swatches)
        self.add_button.setEnabled(is_open)
        self.import_button.setEnabled(is_open)
        self.export_button.setEnabled(bool(self._palette.swatches))
        self.remove_button.setEnabled(is_open and has_current)
        self.rename_button.setEnabled(is_open and has_current)

    # --- edits ----------------------------------------------------------------------------------

    def _on_picked(self, index: int) -> None:
        self._editor.set_foreground(self._palette.swatches[index].color)

    def _add(self) -> None:
        self._perform(self._palette.with_added(Swatch(self._editor.foreground)), "Add swatch")
        self.grid.select(len(self._palette.swatches) - 1)

    def _remove(self) -> None:
        if 0 <= self.grid.current < len(self._palette.swatches):
            self._perform(self._palette.without(self.grid.current), "Remove swatch")

    def _on_moved(self, source: int, target: int) -> None:
        self._perform(self._palette.moved(source, target), "Move swatch")

    def _replace(self) -> None:
        swatch = self._palette.swatches[self.grid.current]
        replaced = Swatch(self._editor.foreground, swatch.name)
        self._perform(self._palette.with_swatch(self.grid.current, replaced), "Replace swatch")

    def _rename(self) -> None:
        index = self.grid.current
        if self._editor.document.is_null or not 0 <= index < len(self._palette.swatches):
            return
        swatch = self._palette.swatches[index]
        dialog = QInputDialog(self)
        dialog.setWindowTitle("Name Swatch")
        dialog.setLabelText(f"Name for {to_hex(swatch.color)}:")
        dialog.setTextValue(swatch.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(lambda name: self._on_named(index, swatch, name))
        dialog.open()

    def _on_named(self, index: int, swatch: Swatch, name: str) -> None:
        named = Swatch(swatch.color, " ".join(name.split()))
        if self._palette.swatches[index : index + 1] == (swatch,) and named != swatch:
            self._perform(self._palette.with_swatch(index, named), "Name swatch")

    def _perform(self, palette: Palette, text: str) -> None:
        if not self._editor.document.is_null:
            self._editor.perform(SetPalette(palette, text))

    def _show_menu(self, index: int, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        color = self._palette.swatches[index].color
        menu.addAction("Use as Foreground", lambda: self._editor.set_foreground(color))
        menu.addAction("Use as Background", lambda: self._editor.set_background(color))
        menu.addSeparator()
        for text, edit in (
            ("Name…", self._rename),
            ("Replace by Foreground", self._replace),
            ("Remove", self._remove),
        ):
            menu.addAction(text, edit).setEnabled(not self._editor.document.is_null)
        menu.popup(at)


def _button(icon_name: str, tip: str, on_click: Callable[[], object]) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: on_click())
    return button
