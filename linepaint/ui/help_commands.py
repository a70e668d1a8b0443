"""What the actions of the Help menu do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from linepaint.ui.jobs import JobRunner, Report

if TYPE_CHECKING:
    from linepaint.engine.catalog import CheckpointInfo


class HelpCommands(QObject):
    """Keyboard shortcuts and About."""

    def __init__(self, jobs: JobRunner, window: QWidget) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window

    @property
    def handlers(self) -> dict[str, Callable[..., object]]:
        """What each action of the Help menu calls."""
        return {"help.shortcuts": self.show_shortcuts, "help.about": self.show_about}

    def show_shortcuts(self) -> None:
        """List every key. The window may stay open while one paints."""
        from linepaint.ui.dialogs.shortcuts_dialog import ShortcutsDialog

        _show(ShortcutsDialog(self._window))

    def show_about(self) -> None:
        """Tell version, licence and what the checkpoints were trained on, as their headers say."""

        def work(_report: Report) -> list[CheckpointInfo]:
            from linepaint.engine.catalog import shipped_checkpoints

            return shipped_checkpoints()

        def failed(_sentence: str) -> None:
            self._show_about([])

        self._jobs.start("Reading the checkpoints…", work, self._show_about, failed)

    def _show_about(self, infos: list[CheckpointInfo]) -> None:
        from linepaint.ui.dialogs.about_dialog import AboutDialog, CheckpointOrigin, described_data

        origins = [CheckpointOrigin(info.name, info.licence, described_data(info.data)) for info in infos]
        _show(AboutDialog(origins, self._window))


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
