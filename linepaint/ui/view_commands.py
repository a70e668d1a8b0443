"""What the actions of the View menu do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QMainWindow, QToolBar

from linepaint.ui.action_set import ActionSet
from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.docks import Docks
from linepaint.ui.settings import THEME, Settings
from linepaint.ui.theme import THEME_CHOICES, Theme

ROTATION_STEP_DEGREES: Final = 15.0


class ViewCommands(QObject):
    """Zoom, rotation, panels, theme of one window."""

    def __init__(
        self,
        window: QMainWindow,
        canvas: Canvas,
        docks: Docks,
        tool_bars: list[QToolBar],
        theme: Theme,
        settings: Settings,
        actions: ActionSet,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._canvas = canvas
        self._docks = docks
        self._tool_bars = tool_bars
        self._theme = theme
        self._settings = settings
        self._actions = actions
        self._state_before_canvas_only: QByteArray | None = None
        canvas.viewChanged.connect(self._show_mirror)
        actions[f"view.theme_{theme.choice}"].setChecked(True)

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action of the View menu calls."""
        canvas = self._canvas
        themes = {f"view.theme_{choice}": partial(self.choose_theme, choice) for choice in THEME_CHOICES}
        return {
            "view.zoom_in": canvas.zoom_in,
            "view.zoom_out": canvas.zoom_out,
            "view.actual_size": lambda: canvas.zoom_to(1.0),
            "view.fit": canvas.fit,
            "view.rotate_left": lambda: canvas.rotate(-ROTATION_STEP_DEGREES),
            "view.rotate_right": lambda: canvas.rotate(ROTATION_STEP_DEGREES),
            "view.reset_rotation": canvas.reset_rotation,
            "view.mirror": lambda _checked: canvas.toggle_mirror(),
            "view.canvas_only": self.show_canvas_only,
            "view.full_screen": self.show_full_screen,
            "view.reset_panels": self.reset_panels,
            **themes,
        }

    def choose_theme(self, choice: str) -> None:
        """Change the theme now and for the next start."""
        self._theme.choose(choice)
        self._settings.set(THEME, choice)

    def show_canvas_only(self, only: bool) -> None:
        """Hide panels, tool bars and status bar, or bring back those that were there."""
        if only == self.is_canvas_only:
            return
        if only:
            self._state_before_canvas_only = self._window.saveState()
            for widget in (*self._docks.all, *self._tool_bars):
                widget.hide()
        else:
            assert self._state_before_canvas_only is not None
            self._window.restoreState(self._state_before_canvas_only)
            self._state_before_canvas_only = None
        self._window.statusBar().setVisible(not only)
        self._actions["view.canvas_only"].setChecked(only)

    @property
    def is_canvas_only(self) -> bool:
        """Whether only the canvas is shown."""
        return self._state_before_canvas_only is not None

    def show_full_screen(self, full: bool) -> None:
        """Fill the screen, or be a window again."""
        if full:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    def reset_panels(self) -> None:
        """Panels and tool bars where they were at first."""
        self.show_canvas_only(False)
        for bar in self._tool_bars:
            bar.show()
        self._docks.arrange(self._window.height())

    def _show_mirror(self) -> None:
        self._actions["view.mirror"].setChecked(self._canvas.is_mirrored)
