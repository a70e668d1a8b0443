"""Opening and closing drawings: from disk, the clipboard, a drag. The disk is only touched on worker threads.

The open document stays as it is until another one is wholly there; what cannot be opened says why in one
sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.document import Document
from linepaint.ui.clipboard import image_in, local_files, picture_from_image
from linepaint.ui.dialogs.file_dialogs import ask_open_path
from linepaint.ui.dialogs.questions import ask_about_unsaved, tell
from linepaint.ui.editor import Editor
from linepaint.ui.jobs import JobRunner, Report
from linepaint.ui.recent_files import with_opened, without
from linepaint.ui.samples import is_sample
from linepaint.ui.settings import OPEN_FOLDER, RECENT_FILES, Settings

NATIVE_SUFFIX: Final = ".ora"
UNTITLED: Final = "Untitled"


@dataclass(frozen=True)
class ReadFile:
    """What was in a file, and whether saving may go back to it.

    A picture cannot hold hints, and another program's .ora holds layers that ours would replace.
    """

    document: Document
    is_ours: bool


def read_file(path: Path, report: Report) -> ReadFile:
    """Read a drawing; for a worker. Raises FileError."""
    # Imported here, on the worker: decoders are slow to import and not needed before the first drawing.
    from linepaint.files.archive import ZIP_SIGNATURE, Archive
    from linepaint.files.opening import document_from_bytes
    from linepaint.files.ora import METADATA_PATH
    from linepaint.files.reading import read_bytes

    content = read_bytes(path)
    document = document_from_bytes(content, path.name, progress=report)
    is_ours = content.startswith(ZIP_SIGNATURE) and METADATA_PATH in Archive(content, path.name)
    return ReadFile(document, is_ours and path.suffix.lower() == NATIVE_SUFFIX)


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

    def ask_open(self) -> None:
        """Let the artist choose a file, and open it."""
        path = ask_open_path(self._window, self._settings.get(OPEN_FOLDER))
        if path is not None:
            self._settings.set(OPEN_FOLDER, str(path.parent))
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a file in place of the present drawing. Of a sample, a copy: it is never saved over."""
        self.guard(lambda: self._read(path, is_sample=is_sample(path)))

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
            self.guard(lambda: self._open_image(image))
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

    def _read(self, path: Path, *, is_sample: bool) -> None:
        edits = self._edits

        def done(read: ReadFile) -> None:
            def show() -> None:
                own_file = path if read.is_ours and not is_sample else None
                self._show(read.document, own_file, path)
                if not is_sample:
                    self.remember(path)

            self._show_unless_edited(edits, show)

        def failed(sentence: str) -> None:
            if not path.exists():
                self._set_recent(without(self._settings.get(RECENT_FILES), path))
            tell(self._window, "Cannot Open", sentence)

        self.jobs.start(f"Opening {path.name}…", lambda report: read_file(path, report), done, failed, can_cancel=True)

    def _open_image(self, image: QImage) -> None:
        edits = self._edits

        def work(_report: Report) -> Document:
            from linepaint.files.opening import document_from_picture

            return document_from_picture(picture_from_image(image))

        def done(document: Document) -> None:
            self._show_unless_edited(edits, lambda: self._show(document, None, None))

        def failed(sentence: str) -> None:
            tell(self._window, "Cannot Paste", sentence)

        self.jobs.start("Pasting the picture…", work, done, failed, can_cancel=True)

    def _show_unless_edited(self, edits_before: int, show: Callable[[], None]) -> None:
        """Show what was read; ask again if painting went on meanwhile."""
        if self._edits == edits_before:
            show()
        else:
            self.guard(show)

    def _show(self, document: Document, path: Path | None, origin: Path | None) -> None:
        self._origin = origin
        self._editor.set_document(document, path)
        self.opened.emit()

    def _count_edit(self, change: Change) -> None:
        if change.kind != ChangeKind.COLOR:
            self._edits += 1
