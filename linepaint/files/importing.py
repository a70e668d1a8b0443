"""A flat picture of any kind made into a document: read as it looks, or as the artist says.

Layered files say themselves what they hold. The lines of a colour picture are drawn by a network, which is not for
this package: such a picture is handed back for whoever has one.
"""

from __future__ import annotations

from dataclasses import dataclass

from linepaint.document.arrays import Pixels
from linepaint.document.document import Document
from linepaint.files.archive import ZIP_SIGNATURE
from linepaint.files.decoding import Picture, decode_picture
from linepaint.files.errors import FileError
from linepaint.files.limits import check_size
from linepaint.files.opening import document_from_bytes, document_from_picture
from linepaint.files.ora import Progress
from linepaint.imaging.flattening import as_color, as_gray
from linepaint.imaging.picture_kind import PictureKind, guess_kind

_LAYERED = (ZIP_SIGNATURE, b"8BPS")


@dataclass(frozen=True)
class Imported:
    """What became of a file or a picture: a document, or a colour picture whose lines are still to be drawn."""

    document: Document | None
    kind: PictureKind | None
    """How a flat picture was read; None for a layered file."""
    color: Pixels | None = None
    """uint8 RGB [H, W, 3], where there is no document yet."""


def import_bytes(
    content: bytes, name: str, kind: PictureKind | None = None, *, progress: Progress | None = None
) -> Imported:
    """Read the bytes of a file of any kind; `name` is for messages, kind None guesses. Raises FileError.

    Layered files are refused where they are to be read as anything but line art.
    """
    if not content.startswith(_LAYERED):
        return import_picture(decode_picture(content, name), name, kind)
    if kind not in (None, PictureKind.LINES):
        raise FileError.opening(name, "it has layers, so open it as it is, or export it as a PNG first")
    return Imported(document_from_bytes(content, name, progress=progress), None)


def import_picture(pixels: Picture, name: str = "the picture", kind: PictureKind | None = None) -> Imported:
    """Read a picture in memory, uint8 or uint16: grey, RGB or straight RGBA. Raises FileError as for files."""
    if pixels.ndim not in (2, 3):
        raise FileError.opening(name, "it is not a picture")
    check_size(pixels.shape[1], pixels.shape[0], name)
    kind = guess_kind(pixels) if kind is None else kind
    if kind is PictureKind.COLOR:
        return Imported(None, kind, as_color(pixels))
    if kind is PictureKind.GRAY:
        gray = as_gray(pixels)
        return Imported(Document.from_gray(gray.copy() if gray is pixels else gray), kind)
    return Imported(document_from_picture(pixels, name), kind)
