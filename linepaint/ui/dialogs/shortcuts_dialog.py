"""The window of keyboard shortcuts, made from the table of actions, and what else the pen and mouse do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from linepaint.ui.action_set import shown_keys
from linepaint.ui.actions import ACTIONS, CATEGORIES, ActionSpec

# What the canvas itself listens to; no action stands for it.
CANVAS_GESTURES: Final = (
    ("Pick a colour with any tool", "Hold Alt"),
    ("Move the view", "Space + drag, middle button + drag"),
    ("Turn the view", "Shift + Space + drag"),
    ("Zoom about the pointer", "Wheel, Ctrl + wheel"),
    ("Change the brush size", "Shift + drag"),
    ("Take one of the nine suggested colours", "Shift + 1 … 9"),
    ("Erase", "The pen's eraser end"),
    ("Take back the stroke being drawn", "Esc"),
)


def matches(text: str, *fields: str) -> bool:
    """Whether every word of `text` occurs in one of the fields, whatever the case."""
    haystack = " ".join(fields).casefold()
    return all(word in haystack for word in text.casefold().split())


class ShortcutsDialog(QDialog):
    """Lists every action that has a key, by category, with a field to search them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard Shortcuts")
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search actions and keys")
        self.search.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels(["Action", "Keys"])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.tree.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.search.textChanged.connect(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addWidget(buttons)
        self._fill()
        self.resize(560, 640)

    def _fill(self) -> None:
        for category, title in CATEGORIES.items():
            specs = [spec for spec in ACTIONS if spec.category == category and spec.shortcuts]
            if specs:
                self._add_group(title, [(_label(spec), ",  ".join(shown_keys(spec)), spec.tip) for spec in specs])
        self._add_group("On the canvas", [(text, keys, "") for text, keys in CANVAS_GESTURES])
        header = self.tree.header()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)

    def _add_group(self, title: str, rows: list[tuple[str, str, str]]) -> None:
        group = QTreeWidgetItem(self.tree, [title])
        group.setFirstColumnSpanned(True)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        items = [QTreeWidgetItem(group, [text, keys]) for text, keys, _tip in rows]
        for item, (_text, _keys, tip) in zip(items, rows, strict=True):
            item.setToolTip(0, tip)
        group.setExpanded(True)
        self._groups.append((group, items))

    def _filter(self, text: str) -> None:
        for group, rows in self._groups:
            shown = 0
            for row in rows:
                is_shown = matches(text, row.text(0), row.text(1), group.text(0))
                row.setHidden(not is_shown)
                shown += is_shown
            group.setHidden(shown == 0)


def _label(spec: ActionSpec) -> str:
    return spec.plain_text
