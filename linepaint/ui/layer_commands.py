"""What the actions of the Layer menu do: visibility, opacity of the hints, levels, paper colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QWidget

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.commands import ClearHints, SetLayerOpacity, SetLayerVisible, SetPaperColor
from linepaint.document.layers import LayerKind
from linepaint.document.mode import DocumentMode
from linepaint.ui.action_set import ActionSet, tool_tip
from linepaint.ui.actions import ACTIONS
from linepaint.ui.editor import Editor

OPACITY_STEP: Final = 0.1

_SPECS: Final = {spec.id: spec for spec in ACTIONS}
_IN_GRAY: Final = {
    "layer.levels": ("Gray Picture &Levels…", "Set which tones count as black and as white"),
    "layer.show_lines": ("Show &Gray Picture", "Show or hide the gray picture under the colour"),
}
"""Texts and tips of what has another name while a gray picture is open."""


class LayerCommands(QObject):
    """The layers of one window's document."""

    def __init__(self, editor: Editor, actions: ActionSet, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._actions = actions
        self._window = window
        editor.documentReplaced.connect(self._show)
        editor.changed.connect(self._on_change)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action calls."""
        shown = {f"layer.show_{kind}": partial(self._set_visible, kind) for kind in LayerKind}
        return {
            "edit.clear_hints": self.clear_hints,
            "layer.levels": self.ask_levels,
            "layer.paper_color": self.ask_paper_color,
            "layer.hints_fainter": lambda: self._change_hints_opacity(-OPACITY_STEP),
            "layer.hints_stronger": lambda: self._change_hints_opacity(OPACITY_STEP),
            **shown,
        }

    def _set_visible(self, kind: LayerKind, visible: bool) -> None:
        self._editor.perform(SetLayerVisible(kind, visible))

    def clear_hints(self) -> None:
        """Remove every hint; undo brings them back."""
        if not self._editor.document.hints.pixels.is_blank:
            self._editor.perform(ClearHints())

    def ask_levels(self) -> None:
        """Open the levels of the line art or gray picture."""
        from linepaint.ui.dialogs.levels_dialog import LevelsDialog

        self._editor.end_stroke(keep=True)
        dialog = LevelsDialog(self._editor, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_paper_color(self) -> None:
        """Choose the paper's colour."""
        dialog = QColorDialog(QColor(*self._editor.document.paper.color), self._window)
        dialog.setWindowTitle("Paper Colour")
        dialog.setOption(QColorDialog.ColorDialogOption.DontUseNativeDialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._set_paper_color)
        dialog.open()

    def _set_paper_color(self, color: QColor) -> None:
        self._editor.perform(SetPaperColor((color.red(), color.green(), color.blue())))
        self._editor.history.end_merging()

    def _change_hints_opacity(self, step: float) -> None:
        opacity = min(max(round(self._editor.document.hints.opacity + step, 2), 0.0), 1.0)
        self._editor.perform(SetLayerOpacity(LayerKind.HINTS, opacity))

    def _on_change(self, change: Change) -> None:
        if change.kind in (ChangeKind.LAYERS, ChangeKind.MODE):
            self._show()

    def _show(self) -> None:
        document = self._editor.document
        for layer in document.layers:
            self._actions[f"layer.show_{layer.kind}"].setChecked(layer.visible)
        for action_id, (text, tip) in _IN_GRAY.items():
            spec = _SPECS[action_id]
            if document.mode is DocumentMode.GRAYSCALE:
                spec = replace(spec, text=text, tip=tip)
            action = self._actions[action_id]
            action.setText(spec.text)
            action.setStatusTip(spec.tip)
            action.setToolTip(tool_tip(spec))
