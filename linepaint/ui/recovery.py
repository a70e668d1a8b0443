"""Recovery at the start: offers the copies that an earlier run left, and opens one as an unsaved drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from linepaint.document.document import Document
from linepaint.ui.autosaver import Autosaver
from linepaint.ui.dialogs.questions import tell
from linepaint.ui.file_commands import FileCommands

if TYPE_CHECKING:
    from linepaint.files.autosave import AutosaveStore, Recovery


class RecoveryOffer(QObject):
    """Looks for copies on a worker, asks, and does what was answered."""

    def __init__(
        self,
        open_store: Callable[[], AutosaveStore],
        files: FileCommands,
        autosaver: Autosaver,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._open_store = open_store
        self._files = files
        self._autosaver = autosaver
        self._window = window

    def start(self) -> None:
        """Look, and ask if there is anything to recover. Never stops the start of the application."""
        self._files.jobs.start(
            "Looking for unsaved drawings…",
            lambda _report: self._open_store().recoverable(),
            self._ask,
            lambda _sentence: None,
        )

    def _ask(self, recoveries: Sequence[Recovery]) -> None:
        if recoveries:
            from linepaint.ui.dialogs.recovery_dialog import RecoveryDialog

            dialog = RecoveryDialog(recoveries, self._window)
            dialog.openWanted.connect(self._open)
            dialog.discardWanted.connect(self._discard)
            dialog.open()

    def _open(self, recovery: Recovery) -> None:
        def load() -> None:
            self._files.jobs.start(
                "Opening the unsaved drawing…",
                lambda _report: self._open_store().load(recovery),
                lambda document: self._show(recovery, document),
                self._failed,
            )

        self._files.guard(load)

    def _show(self, recovery: Recovery, document: Document) -> None:
        self._files.open_recovered(document, recovery.original_path)
        self._autosaver.adopt(recovery.document_id)

    def _discard(self, recovery: Recovery) -> None:
        self._autosaver.jobs.start(
            "Removing the copy…",
            lambda _report: self._open_store().discard(recovery.document_id),
            lambda _nothing: None,
            lambda _sentence: None,
        )

    def _failed(self, sentence: str) -> None:
        tell(self._window, "Cannot Recover", sentence)
