"""The docks at the right: which panels there are, how they are arranged at first, and back to that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

DOCK_TITLES: Final = {
    "tool_options": "Tool Options",
    "color": "Colour",
    "palette": "Palette",
    "layers": "Layers",
    "preview": "Preview",
}
TALL_ENOUGH_PX: Final = 940
_WIDTH_PX: Final = 290


def arrangement(window_height: int) -> tuple[tuple[str, ...], ...]:
    """Groups of docks from top to bottom; those of one group share a place as tabs, the first in front."""
    if window_height >= TALL_ENOUGH_PX:
        return (("tool_options",), ("color",), ("palette",), ("layers",), ("preview",))
    return (("tool_options",), ("color", "palette"), ("layers", "preview"))


class Docks:
    """The dock widgets of one window, by name."""

    def __init__(self, window: QMainWindow, panels: Mapping[str, QWidget]) -> None:
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        right = Qt.DockWidgetArea.RightDockWidgetArea
        window.setCorner(Qt.Corner.TopRightCorner, right)
        window.setCorner(Qt.Corner.BottomRightCorner, right)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for name, title in DOCK_TITLES.items():
            dock = QDockWidget(title, window)
            dock.setObjectName(name)
            dock.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | right)
            panels[name].setMinimumWidth(240)
            dock.setWidget(panels[name])
            window.addDockWidget(right, dock)
            self._docks[name] = dock

    def __getitem__(self, name: str) -> QDockWidget:
        return self._docks[name]

    @property
    def all(self) -> tuple[QDockWidget, ...]:
        """Every dock, in the order of DOCK_TITLES."""
        return tuple(self._docks.values())

    def arrange(self, window_height: int) -> None:
        """Put every dock where it belongs at first in a window of this height."""
        right = Qt.DockWidgetArea.RightDockWidgetArea
        for dock in self.all:
            self._window.removeDockWidget(dock)
        fronts = []
        for group in arrangement(window_height):
            front = self._docks[group[0]]
            self._window.addDockWidget(right, front, Qt.Orientation.Vertical)
            for name in group[1:]:
                self._window.tabifyDockWidget(front, self._docks[name])
            fronts.append(front)
        for dock in self.all:
            dock.setFloating(False)
            dock.show()
        for front in fronts:
            front.raise_()
        self._window.resizeDocks(fronts, [_WIDTH_PX] * len(fronts), Qt.Orientation.Horizontal)
        heights = [max(front.widget().sizeHint().height(), 1) for front in fronts]
        self._window.resizeDocks(fronts, heights, Qt.Orientation.Vertical)
