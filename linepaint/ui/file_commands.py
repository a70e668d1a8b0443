"""Opening and closing drawings: from disk, the clipboard, a drag. The disk is only touched on worker threads.

What a picture is, line art, a gray picture or a finished colouring, is guessed without a question, and can be said
otherwise before or after. The open document stays as it is until another one is wholly there; what cannot be opened
says why in one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from linepaint.document.arrays import Pixels
from linepaint.document.changes import Change, ChangeKind
from linepaint.document.document import Document
from linepaint.imaging.picture_kind import PictureKind
from linepaint.ui.clipboard import image_in, local_files
from linepaint.ui.dialogs.file_dialogs import ask_open_path
from linepaint.ui.dialogs.questions import ask_about_unsaved, tell
from linepaint.ui.editor import Editor
from linepaint.ui.jobs import Job, JobRunner, Report
from linepaint.ui.opening.sources import FileSource, ImageSource, ReadDrawing, Source
from linepaint.ui.opening.tracing import draw_lines
from linepaint.ui.recent_files import with_opened, without
from linepaint.ui.samples import is_sample
from linepaint.ui.settings import OPEN_FOLDER, RECENT_FILES, Settings

UNTITLED: Final = "Untitled"


class FileCommands(QObject):
    """Opens and closes for one window.

    Signals: `opened()` after another document took the place of the present one, `recentChanged()`.
    `save` is how unsaved changes are saved when the artist answers so; the window sets it.
    """

    opened = Signal()
    recentChanged = Signal()

    def __init__(self, editor: Editor, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._settings = settings
        self._window = window
        self.jobs = JobRunner(self)
        self.save: Callable[[Callable[[], None]], None] = lambda _then: None
        self._origin: Path | None = None
        self._source: Source | None = None
        self._guessed: PictureKind | None = None
        self._opening: Job | None = None
        self._edits = 0
        editor.changed.connect(self._count_edit)

    # --- what is open ---------------------------------------------------------------------------

    @property
    def origin(self) -> Path | None:
        """The file the drawing came from or was last saved to; None for one from the clipboard."""
        return self._editor.path or self._origin

    @property
    def shown_name(self) -> str:
        """The drawing's name for titles and questions."""
        return self.origin.name if self.origin is not None else UNTITLED

    @property
    def guessed(self) -> PictureKind | None:
        """How the open picture was read without being told; None for one that was told, or that holds layers."""
        return self._guessed

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files opened or saved last, newest first."""
        return tuple(Path(entry) for entry in self._settings.get(RECENT_FILES))

    def remember(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        self._set_recent(with_opened(self._settings.get(RECENT_FILES), path))

    def clear_recent(self) -> None:
        """Forget the recent files."""
        self._set_recent(())

    def _set_recent(self, recent: tuple[str, ...]) -> None:
        self._settings.set(RECENT_FILES, recent)
        self.recentChanged.emit()

    # --- unsaved changes ------------------------------------------------------------------------

    def guard(self, then: Callable[[], None]) -> None:
        """Call `then` once nothing unsaved would be lost: at once, after saving, or on "discard"."""
        self._editor.end_stroke(keep=True)
        if self._editor.is_modified:
            ask_about_unsaved(self._window, self.shown_name, save=lambda: self.save(then), discard=then)
        else:
            then()

    # --- opening --------------------------------------------------------------------------------

    def ask_open(self, kind: PictureKind | None = None) -> None:
        """Let the artist choose a file, and open it: as a picture of that kind, or as what it looks like."""
        path = ask_open_path(self._window, self._settings.get(OPEN_FOLDER))
        if path is not None:
            self._settings.set(OPEN_FOLDER, str(path.parent))
            self.open_path(path, kind)

    def open_path(self, path: Path, kind: PictureKind | None = None) -> None:
        """Open a file in place of the present drawing. Of a sample, a copy: it is never saved over."""
        self.guard(lambda: self._read(FileSource(path), kind))

    def read_as(self, kind: PictureKind) -> None:
        """Open the present picture anew, as one of that kind."""
        source = self._source
        if source is not None:
            self.guard(lambda: self._read(source, kind))

    def open_first(self, paths: Sequence[Path]) -> None:
        """Open the first file; the others go to the recent ones."""
        if not paths:
            return
        for path in reversed(paths[1:]):
            self.remember(path)
        self.open_path(paths[0])
        if len(paths) > 1:
            count = len(paths) - 1
            others = "1 more file is" if count == 1 else f"{count} more files are"
            self._editor.message.emit(f"{others} under File > Open Recent.")

    def open_clipboard(self) -> None:
        """Open what the clipboard holds: a picture, or a copied file."""
        mime = QGuiApplication.clipboard().mimeData()
        if not self.open_mime(mime):
            tell(self._window, "Nothing to Paste", "There is no picture in the clipboard; copy one first.")

    def open_mime(self, mime: QMimeData | None) -> bool:
        """Open what a drag or the clipboard holds. False when there is nothing to open in it."""
        files = local_files(mime)
        if files:
            self.open_first(files)
            return True
        image = image_in(mime)
        if image is not None:
            self.guard(lambda: self._read(ImageSource(image), None))
            return True
        return False

    def open_recovered(self, document: Document, original_path: Path | None) -> None:
        """Show a recovered copy: unsaved, under no file of its own."""
        self._show(document, None, original_path)
        self._editor.history.mark_unsaved()
        self._editor.historyChanged.emit()

    def close(self) -> None:
        """Close the drawing and show none."""
        self.guard(lambda: self._show(Document.empty(), None, None))

    def _read(self, source: Source, kind: PictureKind | None) -> None:
        edits = self._edits

        def done(read: ReadDrawing) -> None:
            imported = read.imported
            guessed = imported.kind if kind is None else None
            color, document = imported.color, imported.document
            if document is not None:
                self._show_unless_edited(
                    edits, lambda: self._show_read(source, document, guessed, is_ours=read.is_ours)
                )
            elif color is not None:
                self._draw_lines(source, color, guessed, edits)

        self._start(source.doing, lambda report: source.read(kind, report), done, source)

    def _draw_lines(self, source: Source, color: Pixels, guessed: PictureKind | None, edits: int) -> None:
        def done(lines: Pixels) -> None:
            document = Document.from_scan(lines)
            self._show_unless_edited(edits, lambda: self._show_read(source, document, guessed, is_ours=False))

        self._start(f"Drawing the lines of {source.name}…", lambda report: draw_lines(color, report), done, source)

    def _start(self, doing: str, work: Callable[[Report], Any], done: Callable[[Any], None], source: Source) -> None:
        """Start a step of opening. One drawing is opened at a time: what was asked for last is what is wanted."""

        def failed(sentence: str) -> None:
            if source.path is not None and not source.path.exists():
                self._set_recent(without(self._settings.get(RECENT_FILES), source.path))
            tell(self._window, "Cannot Open" if source.path is not None else "Cannot Paste", sentence)

        def finished(outcome: Any) -> None:
            self._opening = None
            done(outcome)

        self.stop_opening()
        self._opening = self.jobs.start(doing, work, finished, failed, can_cancel=True)

    def stop_opening(self) -> None:
        """Give up what is being opened, if anything is."""
        if self._opening is not None and self._opening in self.jobs.running:
            self._opening.cancel()
        self._opening = None

    def _show_read(self, source: Source, document: Document, guessed: PictureKind | None, *, is_ours: bool) -> None:
        self._show(document, source.path if is_ours else None, source.path, source, guessed)
        if source.path is not None and not is_sample(source.path):
            self.remember(source.path)

    def _show_unless_edited(self, edits_before: int, show: Callable[[], None]) -> None:
        """Show what was read; ask again if painting went on meanwhile."""
        if self._edits == edits_before:
            show()
        else:
            self.guard(show)

    def _show(
        self,
        document: Document,
        path: Path | None,
        origin: Path | None,
        source: Source | None = None,
        guessed: PictureKind | None = None,
    ) -> None:
        self.stop_opening()
        self._origin, self._source, self._guessed = origin, source, guessed
        self._editor.set_document(document, path)
        self.opened.emit()

    def _count_edit(self, change: Change) -> None:
        if change.kind != ChangeKind.COLOR:
            self._edits += 1
