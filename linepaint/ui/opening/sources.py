"""Where a drawing comes from, a file or a picture in memory, and what a worker reads from there.

It can be read more than once, since the artist may want the same picture read another way.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtGui import QImage

from linepaint.ui.clipboard import picture_from_image
from linepaint.ui.jobs import Report
from linepaint.ui.samples import is_sample

if TYPE_CHECKING:
    from linepaint.files.importing import Imported
    from linepaint.imaging.picture_kind import PictureKind

NATIVE_SUFFIX: Final = ".ora"


@dataclass(frozen=True)
class ReadDrawing:
    """What was found, and whether saving may go back to where it was.

    A picture cannot hold hints, and another program's .ora holds layers that ours would replace.
    """

    imported: Imported
    is_ours: bool = False


class Source(Protocol):
    """Something to open."""

    @property
    def name(self) -> str:
        """What it is called, in messages."""

    @property
    def doing(self) -> str:
        """What is said while it is read."""

    @property
    def path(self) -> Path | None:
        """The file, if it is one."""

    def read(self, kind: PictureKind | None, report: Report) -> ReadDrawing:
        """Read it as a picture of that kind, None guesses; for a worker. Raises FileError."""


@dataclass(frozen=True)
class FileSource:
    """A file. Of a sample, a copy is opened: it is never saved over."""

    path: Path

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    @property
    def doing(self) -> str:
        """Opening it."""
        return f"Opening {self.name}…"

    def read(self, kind: PictureKind | None, report: Report) -> ReadDrawing:
        """Read the file."""
        # Imported here, on the worker: decoders are slow to import and not needed before the first drawing.
        from linepaint.files.archive import ZIP_SIGNATURE, Archive
        from linepaint.files.importing import import_bytes
        from linepaint.files.ora import METADATA_PATH
        from linepaint.files.reading import read_bytes

        content = read_bytes(self.path)
        imported = import_bytes(content, self.name, kind, progress=report)
        is_ours = content.startswith(ZIP_SIGNATURE) and METADATA_PATH in Archive(content, self.name)
        may_save = self.path.suffix.lower() == NATIVE_SUFFIX and not is_sample(self.path)
        return ReadDrawing(imported, is_ours and may_save)


@dataclass(frozen=True)
class ImageSource:
    """A picture in memory, as the clipboard or a drag holds it."""

    image: QImage
    name: str = "the picture"
    doing: str = "Pasting the picture…"
    path: None = None

    def read(self, kind: PictureKind | None, report: Report) -> ReadDrawing:
        """Read the picture."""
        from linepaint.files.importing import import_picture

        return ReadDrawing(import_picture(picture_from_image(self.image), self.name, kind))
