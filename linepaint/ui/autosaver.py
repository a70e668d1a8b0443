"""Autosave: keeps a copy of unsaved work in the application's own folder, by elapsed time, idle or not.

`AUTOSAVE_SECONDS` is well under the half minute that may be lost at most, since writing a large drawing
takes a few seconds more.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from linepaint.document.changes import Change, ChangeKind
from linepaint.ui.editor import Editor
from linepaint.ui.jobs import JobRunner

if TYPE_CHECKING:
    from linepaint.files.autosave import AutosaveStore

AUTOSAVE_SECONDS: Final = 20


def store_opener(folder: Path) -> Callable[[], AutosaveStore]:
    """A function, for workers only, that gives the one store of this run.

    Made on first use: what it imports is slow, and the window shall be there first.
    """
    lock = threading.Lock()
    opened: list[AutosaveStore] = []

    def open_store() -> AutosaveStore:
        from linepaint.files.autosave import AutosaveStore

        with lock:
            if not opened:
                opened.append(AutosaveStore(folder))
            return opened[0]

    return open_store


class Autosaver(QObject):
    """Watches one editor. Copies of what was saved, closed or discarded by the artist are removed."""

    def __init__(
        self,
        editor: Editor,
        open_store: Callable[[], AutosaveStore],
        origin: Callable[[], Path | None],
        parent: QObject,
    ) -> None:
        """`origin` tells the file that the drawing came from, if any, for the artist to know it by."""
        super().__init__(parent)
        self._editor = editor
        self._open_store = open_store
        self._origin = origin
        self.jobs = JobRunner(self, threads=1)
        self._document_id = uuid.uuid4().hex
        self._edits = 0
        self._kept_edits = 0
        self._has_copy = False
        self._is_writing = False
        self._has_complained = False
        self._timer = QTimer(self)
        self._timer.setInterval(AUTOSAVE_SECONDS * 1000)
        self._timer.timeout.connect(self.keep)
        self._timer.start()
        editor.changed.connect(self._on_change)
        editor.historyChanged.connect(self._on_history)
        editor.documentReplaced.connect(self._on_replaced)

    def keep(self) -> None:
        """Write a copy of the drawing as it is now, if it has edits that no copy and no file has."""
        is_unsaved = self._editor.is_modified or self._editor.is_painting
        if self._is_writing or not is_unsaved or (self._has_copy and self._edits == self._kept_edits):
            return
        snapshot = self._editor.document.snapshot()
        path, document_id = self._origin(), self._document_id
        self._kept_edits = self._edits
        self._has_copy = True
        self._is_writing = True
        self.jobs.start(
            "Keeping a copy…",
            lambda _report: self._open_store().save(snapshot, path, document_id),
            lambda _nothing: self._on_kept(),
            self._on_failed,
        )

    def forget(self) -> None:
        """Remove the copy: what it holds was saved, or the artist does not want it."""
        if self._has_copy:
            document_id = self._document_id
            self._has_copy = False
            self.jobs.start(
                "Removing the copy…",
                lambda _report: self._open_store().discard(document_id),
                lambda _nothing: None,
                lambda _sentence: None,
            )

    def adopt(self, document_id: str) -> None:
        """Go on keeping a recovered drawing where it was kept, and make that copy this run's own."""
        self._document_id = document_id
        self._has_copy = False
        self.keep()

    def stop(self) -> None:
        """Remove the copy and wait until nothing is being written; for when the window has closed."""
        self._timer.stop()
        self.forget()
        # Last in the queue: lets go of the lock that says this run is alive.
        self.jobs.start(
            "Closing the copies…",
            lambda _report: self._open_store().close(),
            lambda _nothing: None,
            lambda _sentence: None,
        )
        self.jobs.wait()

    def _on_kept(self) -> None:
        self._is_writing = False
        self._has_complained = False

    def _on_failed(self, sentence: str) -> None:
        self._is_writing = False
        self._has_copy = False
        if not self._has_complained:
            # Once, until it works again: a full disk must not interrupt every twenty seconds.
            self._has_complained = True
            self._editor.message.emit(f"No safety copy could be kept: {sentence}")

    def _on_change(self, change: Change) -> None:
        if change.kind != ChangeKind.COLOR:
            self._edits += 1

    def _on_history(self) -> None:
        if not self._editor.is_modified:
            self.forget()

    def _on_replaced(self) -> None:
        self.forget()
        self._document_id = uuid.uuid4().hex
        self._edits = self._kept_edits = 0
