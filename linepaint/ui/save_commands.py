"""Saving and exporting: a snapshot is taken here, written on a worker thread, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.document import Document
from linepaint.ui.dialogs.file_dialogs import ask_save_path, with_suffix
from linepaint.ui.dialogs.questions import ask_about_replacing, tell
from linepaint.ui.editor import Editor
from linepaint.ui.file_commands import UNTITLED, FileCommands
from linepaint.ui.incremental import next_version
from linepaint.ui.jobs import JobRunner, Report
from linepaint.ui.opening.sources import NATIVE_SUFFIX
from linepaint.ui.samples import is_sample
from linepaint.ui.settings import SAVE_FOLDER, Settings

if TYPE_CHECKING:
    from linepaint.files.exporting import ExportOptions


# Keeps the suggested name apart from the picture that the drawing came from.
EXPORT_ENDING: Final = "-coloured"


def _nothing() -> None:
    pass


class SaveCommands(QObject):
    """Saves and exports for one window, one file after the other.

    `when_settled(then)` calls `then` once the colour is finished, so that an export shows the fine picture;
    the window sets it.
    """

    def __init__(self, editor: Editor, files: FileCommands, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._files = files
        self._settings = settings
        self._window = window
        self.jobs = JobRunner(self, threads=1)
        self.when_settled: Callable[[Callable[[], None]], None] = lambda then: then()
        self._edits = 0
        editor.changed.connect(self._count_edit)

    def save(self, then: Callable[[], None] = _nothing) -> None:
        """Save to the drawing's own file, asking where if it has none; `then` is called once it is saved."""
        path = self._editor.path
        if path is None:
            self.save_as(then)
        else:
            self._write(lambda: path, then)

    def save_as(self, then: Callable[[], None] = _nothing) -> None:
        """Save under a name that the artist chooses, and go on with that file."""
        typed = ask_save_path(self._window, self._suggested().with_suffix(NATIVE_SUFFIX))
        if typed is None:
            return
        path = with_suffix(typed, NATIVE_SUFFIX)

        def write() -> None:
            self._settings.set(SAVE_FOLDER, str(path.parent))
            self._write(lambda: path, then)

        # The system's dialog asks about the name that was typed, not about the one with the suffix added.
        if path != typed and path.exists():
            ask_about_replacing(self._window, path.name, write)
        else:
            write()

    def save_incremental(self) -> None:
        """Save under the next free number and go on with that file."""
        present = self._editor.path
        if present is None:
            self.save_as()
        else:
            self._write(lambda: next_version(present))

    def ask_export(self) -> None:
        """Let the artist say what to export, and write it."""
        from linepaint.ui.dialogs.export_dialog import ExportDialog

        suggested = self._suggested()
        dialog = ExportDialog(
            suggested.with_name(f"{suggested.stem}{EXPORT_ENDING}"),
            self._editor.document.size,
            self._settings,
            self._window,
            mode=self._editor.document.mode,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.exportWanted.connect(self.export)
        dialog.open()

    def export(self, path: Path, options: ExportOptions) -> None:
        """Write a finished picture, once its colour is finished."""
        document = self._editor.document

        def start() -> None:
            if self._editor.document is document:
                self._export_now(path, options)

        self.when_settled(start)

    # --- writing --------------------------------------------------------------------------------

    def _suggested(self) -> Path:
        origin = self._files.origin
        folder = self._settings.get(SAVE_FOLDER)
        if origin is None:
            return Path(folder or Path.home()) / f"{UNTITLED}{NATIVE_SUFFIX}"
        if is_sample(origin):
            return Path(folder or Path.home()) / origin.name
        if self._editor.path is None and folder:
            return Path(folder) / origin.name
        return origin

    def _snapshot(self) -> Document:
        self._editor.end_stroke(keep=True)
        return self._editor.document.snapshot()

    def _write(self, choose_path: Callable[[], Path], then: Callable[[], None] = _nothing) -> None:
        document = self._editor.document
        snapshot = self._snapshot()
        edits = self._edits

        def work(report: Report) -> Path:
            from linepaint.files.ora import write_ora

            path = choose_path()
            write_ora(snapshot, path, progress=report)
            return path

        def done(path: Path) -> None:
            self._files.remember(path)
            self._editor.message.emit(f"Saved {path.name}.")
            if self._editor.document is not document:
                return
            was_painted_on = self._edits != edits
            self._editor.mark_saved(path)
            if was_painted_on:
                # What is on disk is an older state, one that undo cannot name.
                self._editor.history.mark_unsaved()
                self._editor.historyChanged.emit()
            then()

        self.jobs.start("Saving…", work, done, self._failed("Cannot Save"), can_cancel=True)

    def _export_now(self, path: Path, options: ExportOptions) -> None:
        snapshot = self._snapshot()

        def work(report: Report) -> None:
            from linepaint.files.exporting import export_picture

            export_picture(snapshot, path, options, progress=report)

        def done(_nothing: None) -> None:
            self._editor.message.emit(f"Exported {path.name} to {path.parent}.")

        self.jobs.start(f"Exporting {path.name}…", work, done, self._failed("Cannot Export"), can_cancel=True)

    def _failed(self, title: str) -> Callable[[str], None]:
        def failed(sentence: str) -> None:
            tell(self._window, title, sentence)

        return failed

    def _count_edit(self, change: Change) -> None:
        if change.kind != ChangeKind.COLOR:
            self._edits += 1
