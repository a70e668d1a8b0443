"""Pictures in files: read as they are, as line art, or as hints; written whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image

from linepaint.document.arrays import Pixels
from linepaint.files.atomic import write_atomically
from linepaint.files.decoding import Picture, decode_picture
from linepaint.files.errors import FileError
from linepaint.files.png import SMALL, encode_png
from linepaint.files.reading import read_bytes
from linepaint.imaging.flattening import as_color
from linepaint.imaging.linework import normalise_scan
from linepaint.imaging.opencv import cv2

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp")
"""What pictures are called, for dialogs and folders; reading itself goes by content."""

TRANSPARENT_SUFFIXES = (".png", ".webp", ".tif", ".tiff")
"""Pictures that can hold transparency."""

_LONGEST_SIDE = {".jpg": 65535, ".jpeg": 65535, ".webp": 16383}
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP", ".tif": "TIFF", ".tiff": "TIFF", ".bmp": "BMP"}


def read_picture(source: Path | bytes, name: str | None = None) -> Picture:
    """Return a picture from a file or its bytes, as decode_picture does; `name` is for messages."""
    if isinstance(source, Path):
        return decode_picture(read_bytes(source), name or source.name)
    name = name or "the picture"
    if not source:
        raise FileError.opening(name, "it is empty (0 bytes)")
    return decode_picture(source, name)


def read_line_art(source: Path | bytes, name: str | None = None) -> Pixels:
    """Return a scan or a drawing as clean lines, uint8 [H, W], 255 = paper. Raises FileError."""
    return normalise_scan(read_picture(source, name))


def read_color(source: Path | bytes, name: str | None = None) -> Pixels:
    """Return a picture as RGB uint8 [H, W, 3], on white where it is transparent. Raises FileError."""
    return as_color(read_picture(source, name))


def read_hints(source: Path | bytes, size: tuple[int, int], name: str | None = None) -> Pixels:
    """Return a hint picture for a document of `size` (width, height): uint8 [H, W, 4], alpha 0 = no hint.

    It needs transparency, since without it every pixel would be a hint. One of another size but of the same
    proportions (within 1 %) is scaled, keeping its colours unmixed. Raises FileError.
    """
    shown = name or (source.name if isinstance(source, Path) else "the hints")
    picture = read_picture(source, shown)
    if picture.ndim != 3 or picture.shape[2] != 4:
        raise FileError.opening(shown, "hints need a transparent background, so save them as a PNG with transparency")
    if picture.dtype == np.uint16:
        picture = (picture >> 8).astype(np.uint8)
    height, width = picture.shape[:2]
    if (width, height) != size:
        if abs(width * size[1] - height * size[0]) > 0.01 * width * size[1]:
            raise FileError.opening(
                shown,
                f"at {width} x {height} pixels it has not the line art's proportions, {size[0]} x {size[1]}",
            )
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_NEAREST)
    return picture


def write_picture(path: Path, pixels: Pixels, quality: int = 95) -> None:
    """Write uint8 [H, W], [H, W, 3] or straight RGBA [H, W, 4] in the format that the suffix of `path` names.

    `quality` 1 to 100 is for JPEG and WebP; a WebP of 100 is lossless. No backup is kept: a picture can be
    exported again. Raises FileError, also where the format cannot hold the size or the transparency.
    """
    write_atomically(path, _encoder(path, pixels, quality), backup=False)


def _encoder(path: Path, pixels: Pixels, quality: int) -> Callable[[BinaryIO], None]:
    suffix = path.suffix.lower()
    if suffix not in PICTURE_SUFFIXES:
        raise FileError.saving(path, f"a picture's name has to end in {', '.join(PICTURE_SUFFIXES)}")
    longest = _LONGEST_SIDE.get(suffix)
    if longest and max(pixels.shape[:2]) > longest:
        raise FileError.saving(path, f"{suffix[1:].upper()} holds {longest} pixels a side at most, so use PNG")
    has_alpha = pixels.ndim == 3 and pixels.shape[2] == 4
    if has_alpha and suffix not in TRANSPARENT_SUFFIXES:
        raise FileError.saving(path, f"{suffix[1:].upper()} holds no transparency, so choose PNG or WebP")

    def write(file: BinaryIO) -> None:
        file.write(encode_png(pixels, SMALL) if suffix == ".png" else _encode(pixels, _FORMATS[suffix], quality))

    return write


def _encode(pixels: Pixels, format_name: str, quality: int) -> bytes:
    options: dict[str, object] = {}
    if format_name == "JPEG":
        # Subsampled colour would smear along the lines.
        options = {"quality": quality, "subsampling": 0}
    elif format_name == "WEBP":
        # Method 2 takes a third of the default's time for 3 % larger files; `exact` keeps colour at alpha 0.
        options = {"quality": quality, "method": 2, "lossless": quality >= 100, "exact": True}
    elif format_name == "TIFF":
        options = {"compression": "tiff_adobe_deflate"}
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format_name, **options)
    return buffer.getvalue()
