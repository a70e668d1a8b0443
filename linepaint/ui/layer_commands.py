"""What the actions of the Layer menu do: visibility, opacity of the hints, levels, paper colour."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QWidget

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.commands import ClearHints, SetLayerOpacity, SetLayerVisible, SetPaperColor
from linepaint.document.layers import LayerKind
from linepaint.ui.action_set import ActionSet
from linepaint.ui.editor import Editor

OPACITY_STEP: Final = 0.1


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
        """Open the levels of the line art."""
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
        if change.kind == ChangeKind.LAYERS:
            self._show()

    def _show(self) -> None:
        for layer in self._editor.document.layers:
            self._actions[f"layer.show_{layer.kind}"].setChecked(layer.visible)
