"""Menu bar and tool bars made from the nested literals of `menus`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QToolBar

from linepaint.ui.action_set import ActionSet
from linepaint.ui.menus import MENU_BAR, SEPARATOR, TOOL_BARS, Menu

_AREAS: Final = {
    "left": Qt.ToolBarArea.LeftToolBarArea,
    "top": Qt.ToolBarArea.TopToolBarArea,
}
_ICON_PX: Final = 22


def fill_menu_bar(bar: QMenuBar, actions: ActionSet, slots: Mapping[str, QMenu]) -> None:
    """Add every menu of MENU_BAR; `slots` are the menus that stand for the names in angle brackets."""
    for menu in MENU_BAR:
        _fill(bar.addMenu(menu[0]), menu, actions, slots)


def add_tool_bars(window: QMainWindow, actions: ActionSet) -> list[QToolBar]:
    """Add every tool bar of TOOL_BARS."""
    bars = []
    for name, title, area, entries in TOOL_BARS:
        bar = QToolBar(title, window)
        bar.setObjectName(name)
        bar.setIconSize(QSize(_ICON_PX, _ICON_PX))
        for entry in entries:
            if entry == SEPARATOR:
                bar.addSeparator()
            else:
                bar.addAction(actions[entry])
        window.addToolBar(_AREAS[area], bar)
        bars.append(bar)
    return bars


def _fill(menu: QMenu, literal: Menu, actions: ActionSet, slots: Mapping[str, QMenu]) -> None:
    for entry in literal[1]:
        if isinstance(entry, tuple):
            _fill(menu.addMenu(entry[0]), entry, actions, slots)
        elif entry == SEPARATOR:
            menu.addSeparator()
        elif entry.startswith("<"):
            menu.addMenu(slots[entry])
        else:
            menu.addAction(actions[entry])
