"""The table of actions made into QActions: icons, keys, tips, groups, and what each one does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from linepaint.document.mode import DocumentMode
from linepaint.ui.actions import ACTIONS, ActionSpec
from linepaint.ui.icons import icon

# Ids whose action takes the new checked state.
Handler = Callable[[], object] | Callable[[bool], object]

NOT_FOR_GRAY: Final = "Suggestions are for line art, and this is a gray picture"

# Keys held down go on zooming, sizing, undoing; everything else happens once per press.
_REPEATING: Final = frozenset(
    {
        "edit.undo",
        "edit.redo",
        "brush.shrink",
        "brush.grow",
        "view.zoom_in",
        "view.zoom_out",
        "view.rotate_left",
        "view.rotate_right",
        "layer.hints_fainter",
        "layer.hints_stronger",
    }
)


class ActionSet:
    """The QActions of one window, by id: `set[id]`, KeyError for an id that is not in the table."""

    def __init__(self, window: QWidget, canvas: QWidget) -> None:
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for spec in ACTIONS:
            action = self._made(spec, window)
            (canvas if spec.on_canvas else window).addAction(action)
            self._actions[spec.id] = action

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def bind(self, handlers: Mapping[str, Callable[..., object]]) -> None:
        """Say what the actions do, by id. A checkable one outside a group is called with its new state."""
        for action_id, handler in handlers.items():
            action = self._actions[action_id]
            if action.isCheckable() and action.actionGroup() is None:
                action.triggered.connect(lambda checked, call=handler: call(checked))
            else:
                action.triggered.connect(lambda _checked=False, call=handler: call())

    def enable_for_document(self, is_open: bool, mode: DocumentMode = DocumentMode.LINEART) -> None:
        """Enable what makes sense for the open drawing, and call it what it is there; disable the rest."""
        is_gray = mode is DocumentMode.GRAYSCALE
        for spec in ACTIONS:
            action = self._actions[spec.id]
            if spec.needs_document:
                action.setEnabled(is_open and not (is_gray and spec.needs_lines))
            if spec.needs_lines:
                action.setToolTip(NOT_FOR_GRAY if is_gray else tool_tip(spec))
                action.setStatusTip(NOT_FOR_GRAY if is_gray else spec.tip)
            if spec.gray_text:
                action.setText(spec.gray_text if is_gray else spec.text)

    def _made(self, spec: ActionSpec, window: QWidget) -> QAction:
        action = QAction(spec.text, window)
        action.setObjectName(spec.id)
        if spec.icon:
            action.setIcon(icon(spec.icon))
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        action.setAutoRepeat(spec.id in _REPEATING)
        if spec.on_canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setStatusTip(spec.tip)
        action.setToolTip(tool_tip(spec))
        action.setCheckable(spec.checkable)
        if spec.group:
            group = self._groups.get(spec.group)
            if group is None:
                group = self._groups[spec.group] = QActionGroup(window)
            group.addAction(action)
        return action


def shown_keys(spec: ActionSpec) -> tuple[str, ...]:
    """The keys of an action as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return tuple(QKeySequence(keys).toString(native) for keys in spec.shortcuts)


def tool_tip(spec: ActionSpec) -> str:
    """What an action does, then its first key."""
    keys = shown_keys(spec)
    return f"{spec.tip}  ({keys[0]})" if keys else spec.tip
