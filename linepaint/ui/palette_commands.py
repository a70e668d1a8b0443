"""Import and export of palettes as GIMP palette files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from linepaint.document.commands import SetPalette
from linepaint.document.palette import Palette
from linepaint.ui.dialogs.file_dialogs import ask_palette_to_export, ask_palette_to_import
from linepaint.ui.dialogs.questions import tell
from linepaint.ui.editor import Editor
from linepaint.ui.jobs import JobRunner, Report
from linepaint.ui.settings import PALETTE_FOLDER, Settings


class PaletteCommands(QObject):
    """Reads and writes .gpl on worker threads; an import is an edit that can be undone."""

    def __init__(self, editor: Editor, jobs: JobRunner, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._jobs = jobs
        self._settings = settings
        self._window = window

    def ask_import(self) -> None:
        """Let the artist choose a palette, and take it over."""
        path = ask_palette_to_import(self._window, self._settings.get(PALETTE_FOLDER))
        if path is not None:
            self._settings.set(PALETTE_FOLDER, str(path.parent))
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Replace the document's palette by the one in this file."""
        document = self._editor.document

        def work(_report: Report) -> Palette:
            from linepaint.files.gpl import read_gpl

            return read_gpl(path)

        def done(palette: Palette) -> None:
            if self._editor.document is document and not document.is_null:
                self._editor.perform(SetPalette(palette, "Import palette"))
                count = len(palette.swatches)
                self._editor.message.emit(f"Imported the palette {palette.name} with {count} swatches.")

        self._jobs.start(f"Reading {path.name}…", work, done, self._failed, can_cancel=True)

    def ask_export(self) -> None:
        """Let the artist say where, and write the document's palette there."""
        palette = self._editor.document.palette
        folder = Path(self._settings.get(PALETTE_FOLDER) or Path.home())
        name = "".join(letter for letter in palette.name if letter not in '/\\:*?"<>|').strip() or "palette"
        path = ask_palette_to_export(self._window, folder / f"{name}.gpl")
        if path is None:
            return
        self._settings.set(PALETTE_FOLDER, str(path.parent))

        def work(_report: Report) -> None:
            from linepaint.files.gpl import write_gpl

            write_gpl(palette, path)

        def done(_nothing: None) -> None:
            self._editor.message.emit(f"Exported the palette to {path.name}.")

        self._jobs.start(f"Writing {path.name}…", work, done, self._failed)

    def _failed(self, sentence: str) -> None:
        tell(self._window, "Palette", sentence)
