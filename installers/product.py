"""What every installer says of the product: its names, its programs, and the kinds of file that it opens.

The one place for it; the Debian package, the Windows installer and the macOS application are all written from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from linepaint import __version__


@dataclass(frozen=True)
class Program:
    """An executable of the bundle.

    `script` names the file below installers/programs that it runs; one that is not `windowed` is made for a console.
    """

    name: str
    script: str
    summary: str
    windowed: bool


@dataclass(frozen=True)
class FileType:
    """A kind of file that linepaint opens.

    `endings` come without a dot, the usual one first. `uti` is Apple's name of the type. `native` marks the format in
    which linepaint saves: it opens in linepaint by double click, whereas other kinds merely offer it.
    """

    mime: str
    endings: tuple[str, ...]
    name: str
    uti: str
    native: bool = False


@dataclass(frozen=True)
class Product:
    """A program as its installers tell of it."""

    name: str
    title: str
    identifier: str
    version: str
    summary: str
    description: str
    publisher: str
    contact: str
    copyright: str
    licence: str
    homepage: str
    programs: tuple[Program, ...]
    file_types: tuple[FileType, ...]


PRODUCT = Product(
    name="linepaint",
    title="linepaint",
    identifier="org.linepaint.linepaint",
    version=__version__,
    summary="Colour a line drawing by dabbing hints on it",
    description=(
        "Open a line drawing or a gray picture, dab a few colours on it, and watch the colouring change under the "
        "pen. Your lines stay exactly as you drew them, and the result is a layered file that Krita, GIMP and MyPaint "
        "open too. It runs on your own computer, without a network, an account or a graphics card."
    ),
    publisher="The linepaint authors",
    contact="linepaint authors <linepaint@localhost>",
    copyright="Copyright © 2026 the linepaint authors",
    licence="GPL-3.0-or-later",
    homepage="",
    programs=(
        Program("linepaint", "paint.py", "colour line drawings and gray pictures by painting hints", windowed=True),
        Program("linepaint-train", "train.py", "train the checkpoints that linepaint paints with", windowed=False),
    ),
    file_types=(
        FileType("image/openraster", ("ora",), "OpenRaster picture", "org.freedesktop.openraster", native=True),
        FileType("image/png", ("png",), "PNG picture", "public.png"),
        FileType("image/jpeg", ("jpg", "jpeg"), "JPEG picture", "public.jpeg"),
        FileType("image/webp", ("webp",), "WebP picture", "org.webmproject.webp"),
        FileType("image/tiff", ("tif", "tiff"), "TIFF picture", "public.tiff"),
        FileType("image/bmp", ("bmp",), "BMP picture", "com.microsoft.bmp"),
        FileType("image/vnd.adobe.photoshop", ("psd",), "Photoshop picture", "com.adobe.photoshop-image"),
    ),
)
"""linepaint. `homepage` is empty until there is one; whoever releases sets it and `contact` here (docs/release.md)."""
