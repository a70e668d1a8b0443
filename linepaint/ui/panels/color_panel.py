"""The colour panel: wheel, foreground and background, hexadecimal and RGB entry, recent and suggested colours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from linepaint.document.palette import Swatch
from linepaint.ui.editor import Editor
from linepaint.ui.panels.color_fields import HexField, RgbFields
from linepaint.ui.panels.color_pair import ColorPair
from linepaint.ui.panels.color_wheel import ColorWheel
from linepaint.ui.panels.suggestion_panel import SuggestionPanel
from linepaint.ui.panels.swatch_grid import SwatchGrid

RECENT_CELL_PX = 20


class ColorPanel(QWidget):
    """Shows the editor's colours and changes its foreground."""

    def __init__(self, editor: Editor, swap: QAction, reset: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.wheel = ColorWheel()
        self.pair = ColorPair()
        self.hex_field = HexField()
        self.rgb_fields = RgbFields()
        self.recent = SwatchGrid(RECENT_CELL_PX, can_edit=False, empty_text="What you paint with appears here")
        self.recent.setAccessibleName("Recent colours")
        # One row, and room for it from the start: a panel that grew as one paints would push the window taller.
        self.recent.setFixedHeight(RECENT_CELL_PX)
        self.suggestions = SuggestionPanel(editor)
        self._lay_out(swap, reset)

        self.wheel.colorPicked.connect(editor.set_foreground)
        self.hex_field.colorEntered.connect(editor.set_foreground)
        self.rgb_fields.colorEntered.connect(editor.set_foreground)
        self.pair.swapWanted.connect(editor.swap_colors)
        self.recent.picked.connect(self._on_recent_picked)
        editor.colorsChanged.connect(self._show)
        editor.documentReplaced.connect(self._show)
        self._show()

    def _lay_out(self, swap: QAction, reset: QAction) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for action in (swap, reset):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            buttons.addWidget(button)
        buttons.addStretch()

        side = QVBoxLayout()
        side.setSpacing(6)
        side.addWidget(self.pair)
        side.addLayout(buttons)
        side.addStretch()
        side.addWidget(self.hex_field)

        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.wheel, 1)
        top.addLayout(side)

        recent_label = QLabel("Recent")
        recent_label.setProperty("faint", True)
        recent = QHBoxLayout()
        recent.setSpacing(8)
        recent.addWidget(recent_label)
        recent.addWidget(self.recent, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 4)
        column.setSpacing(6)
        column.addLayout(top, 1)
        column.addWidget(self.rgb_fields)
        column.addLayout(recent)
        column.addWidget(self.suggestions)

    def _show(self) -> None:
        editor = self._editor
        self.wheel.show_color(editor.foreground)
        self.hex_field.show_color(editor.foreground)
        self.rgb_fields.show_color(editor.foreground)
        self.pair.show_colors(editor.foreground, editor.background)
        self.recent.show_swatches([Swatch(color) for color in editor.document.recent_colors])

    def _on_recent_picked(self, index: int) -> None:
        self._editor.set_foreground(self._editor.document.recent_colors[index])
