"""Opening whatever an artist drops on the window, told apart by content and never by its name.

Beside line art there are pictures whose tones and colours matter: they are opened as they are, for checkpoints that
colour gray pictures or turn one picture into another.
"""

from __future__ import annotations

from pathlib import Path

from linepaint.document.arrays import Pixels
from linepaint.document.commands import SetMode
from linepaint.document.document import Document
from linepaint.document.mode import DocumentMode
from linepaint.files.archive import ZIP_SIGNATURE, Archive
from linepaint.files.decoding import Picture, decode_picture
from linepaint.files.errors import FileError
from linepaint.files.limits import check_size
from linepaint.files.ora import METADATA_PATH, Progress, document_from_ora
from linepaint.files.pictures import PICTURE_SUFFIXES
from linepaint.files.reading import read_bytes
from linepaint.imaging.flattening import as_color, as_gray
from linepaint.imaging.linework import normalise_scan

OPENABLE_SUFFIXES = (".ora", ".psd", *PICTURE_SUFFIXES)
"""What openable files are called, for dialogs and folders."""

_PSD_SIGNATURE = b"8BPS"


def open_document(path: Path, *, progress: Progress | None = None) -> Document:
    """Return the document in an .ora, or a new one on the lines of a PSD or a picture. Raises FileError."""
    return document_from_bytes(read_bytes(path), path.name, progress=progress)


def document_from_bytes(content: bytes, name: str, *, progress: Progress | None = None) -> Document:
    """Return the document in the bytes of a file of any kind; `name` is for messages. Raises FileError."""
    if content.startswith(ZIP_SIGNATURE):
        return document_from_ora(content, name, progress=progress)
    if content.startswith(_PSD_SIGNATURE):
        from linepaint.files.psd import document_from_psd  # Slow to import, seldom needed.

        return document_from_psd(content, name)
    return Document.from_scan(normalise_scan(decode_picture(content, name)))


def document_from_picture(pixels: Picture, name: str = "the picture") -> Document:
    """Return a new document on a picture in memory, say a pasted one.

    `pixels` are uint8 or uint16, grey, RGB or straight RGBA. Raises FileError if they are too many or none.
    """
    if pixels.ndim not in (2, 3):
        raise FileError.opening(name, "it is not a picture")
    check_size(pixels.shape[1], pixels.shape[0], name)
    return Document.from_scan(normalise_scan(pixels.copy()))


def open_gray_document(path: Path) -> Document:
    """Return a document over a gray picture as it is, without the clean-up of line art, and with the hints it may have.

    It is the luma of a picture, on white where that is transparent, the line layer of an .ora that linepaint saved, or
    the gray picture in a layered file of ours. Raises FileError, also for other layered files.
    """
    content = read_bytes(path)
    if not content.startswith((ZIP_SIGNATURE, _PSD_SIGNATURE)):
        return Document.from_gray(as_gray(decode_picture(content, path.name)))
    document = document_from_bytes(content, path.name)
    is_own = content.startswith(ZIP_SIGNATURE) and METADATA_PATH in Archive(content, path.name)
    if not is_own and document.mode is not DocumentMode.GRAYSCALE:
        raise _only_lines_are_read(path.name)
    SetMode(DocumentMode.GRAYSCALE).apply(document)
    return document


def open_color_document(path: Path) -> tuple[Document, Pixels]:
    """Return a picture as RGB uint8 [H, W, 3], on white, and a document whose hidden line layer holds its luma.

    Raises FileError, also for layered files.
    """
    color = as_color(_decode_flat(read_bytes(path), path.name))
    document = Document.from_scan(as_gray(color))
    document.lines.visible = False
    return document, color


def _decode_flat(content: bytes, name: str) -> Picture:
    if content.startswith((ZIP_SIGNATURE, _PSD_SIGNATURE)):
        raise _only_lines_are_read(name)
    return decode_picture(content, name)


def _only_lines_are_read(name: str) -> FileError:
    return FileError.opening(name, "of layered files only the lines are read, so export the picture as a PNG")
