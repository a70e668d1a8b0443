"""The application object: what the system tells the program as a whole, and no window of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """A QApplication that passes on which files the system asks it to open.

    macOS starts a program once and names files by events, one for each, whereas others put them on the command line.
    Signals: `filesRequested(list[Path])`, once for all files that were asked for together.
    """

    filesRequested = Signal(list)

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._requested: list[Path] = []

    def event(self, event: QEvent) -> bool:
        """Qt's own; takes the events that name a file, and leaves all others to Qt."""
        # An address that is no file, which a browser may hand over, has no path.
        if isinstance(event, QFileOpenEvent) and event.file():
            if not self._requested:
                QTimer.singleShot(0, self, self._pass_on)
            self._requested.append(Path(event.file()))
            return True
        return super().event(event)

    def _pass_on(self) -> None:
        requested, self._requested = self._requested, []
        self.filesRequested.emit(requested)
