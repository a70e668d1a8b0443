"""Compressed picture bytes to pixels: Pillow, and OpenCV for the few kinds that Pillow does not know.

What a file is, is told by its content and never by its name. The size stands in the header and is checked
before a pixel is decoded.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from contextlib import nullcontext

import numpy as np
from PIL import Image, TiffImagePlugin

from linepaint.files.errors import FileError
from linepaint.files.limits import check_size
from linepaint.files.quiet import quiet_stderr, quiet_warnings
from linepaint.imaging.opencv import cv2

Picture = np.ndarray
"""uint8 or uint16: grey [H, W], RGB [H, W, 3] or straight RGBA [H, W, 4]."""

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF")
"""Pillow's decoders in use; those for rarer formats only add ways to be attacked."""

# Pillow logs oddities of damaged TIFFs; the user gets one sentence from us.
logging.getLogger("PIL").setLevel(logging.CRITICAL)

# What Pillow's decoders raise on hostile bytes. Its documentation promises OSError; fuzzing finds the rest.
DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
    struct.error,
    zlib.error,
)
_DAMAGED = "it is damaged or cut short, so restore it from a copy or export it again"
_UNKNOWN = "it is not a picture of a kind linepaint reads (PNG, JPEG, WebP, TIFF, BMP or OpenRaster)"
_TOO_LITTLE_MEMORY = "there is not enough memory for it, so close other programs or scale it down"
_ORIENTATION_TAG = 0x0112

_PNG_HEADER = re.compile(
    rb"\x89PNG\r\n\x1a\n....IHDR(?P<width>....)(?P<height>....)\x08(?P<color>.)\0\0\0.{8}sRGB", re.DOTALL
)
_OPENCV_ORDERS = {b"\0": None, b"\2": cv2.COLOR_BGR2RGB, b"\6": cv2.COLOR_BGRA2RGBA}
"""How to turn what OpenCV makes of a PNG colour type into RGB order."""


def decode_picture(content: bytes, name: str) -> Picture:
    """Return the first frame of a PNG, JPEG, WebP, TIFF, BMP or GIF, turned upright as its EXIF says.

    Grey of 16 bits stays so (uint16 [H, W]); all else is uint8 [H, W], [H, W, 3], or [H, W, 4] where there is
    transparency. CMYK and palettes come out as RGB, one bit as grey. Raises FileError, naming `name`.
    """
    with quiet_warnings():
        return _decoded(content, name)


def _decoded(content: bytes, name: str) -> Picture:
    _check_webp_canvas(content, name)
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.UnidentifiedImageError as error:
        picture = _decode_rare_tiff(content, name)
        if picture is None:
            raise FileError.opening(name, _reason_unidentified(content)) from error
        return picture
    except Image.DecompressionBombError as error:
        raise FileError.opening(name, "it has far too many pixels, so scale it down") from error
    except MemoryError as error:
        raise FileError.opening(name, _TOO_LITTLE_MEMORY) from error
    except DECODER_ERRORS as error:
        raise FileError.opening(name, _DAMAGED) from error
    with image:
        check_size(*image.size, name)
        try:
            with quiet_stderr() if image.format == "TIFF" else nullcontext():
                image.load()
            return np.ascontiguousarray(_upright(_pixels(image), _orientation(image)))
        except MemoryError as error:
            raise FileError.opening(name, _TOO_LITTLE_MEMORY) from error
        except DECODER_ERRORS as error:
            raise FileError.opening(name, _DAMAGED) from error


def decode_own_png(content: bytes, name: str) -> Picture:
    """Return what `encode_png` wrote, four times as fast as Pillow; anything else goes to decode_picture.

    OpenCV keeps quiet about a picture that is cut short, so this is for bytes with a checksum around them.
    Raises FileError, naming `name`.
    """
    header = _PNG_HEADER.match(content)
    if header is None or header["color"] not in _OPENCV_ORDERS:
        return decode_picture(content, name)
    check_size(int.from_bytes(header["width"]), int.from_bytes(header["height"]), name)
    try:
        decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        decoded = None
    if decoded is None:
        return decode_picture(content, name)
    order = _OPENCV_ORDERS[header["color"]]
    return decoded if order is None else cv2.cvtColor(decoded, order, dst=decoded)


def _pixels(image: Image.Image) -> Picture:
    """Return the loaded image in the nearest mode that the house uses."""
    mode = image.mode
    if mode.startswith("I;16"):
        return np.asarray(image).astype(np.uint16)
    if mode == "I":
        return _from_integers(np.asarray(image))
    if mode == "F":
        return _from_floats(np.asarray(image))
    # Modes with an alpha of their own, and a palette or a colour that stands for "transparent".
    if mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        if mode == "La":
            image = image.convert("LA")
        return _converted(image, "RGBA")
    return _converted(image, "L" if mode in ("L", "1") else "RGB")


def _converted(image: Image.Image, mode: str) -> Picture:
    return np.asarray(image if image.mode == mode else image.convert(mode))


def _from_integers(values: np.ndarray) -> Picture:
    """Return 32-bit integer grey as uint16; nearly always it holds 16 bits, else it is scaled to them."""
    highest = int(values.max())
    scaled = values if highest <= 0xFFFF else values.astype(np.float64) * (0xFFFF / highest)
    return np.clip(scaled, 0, 0xFFFF).astype(np.uint16)


def _from_floats(values: np.ndarray) -> Picture:
    """Return floating-point grey or colour as uint16, taking [0, 1] or else [0, highest] as its range."""
    finite = np.nan_to_num(values.astype(np.float32), nan=1.0, posinf=1.0, neginf=0.0)
    highest = max(float(finite.max()), 1.0)
    return np.rint(np.clip(finite / highest, 0, 1) * 0xFFFF).astype(np.uint16)


def _orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; damaged EXIF data is no reason to refuse the picture."""
    try:
        orientation = image.getexif().get(_ORIENTATION_TAG, 1)
    except DECODER_ERRORS:
        return 1
    return orientation if orientation in range(1, 9) else 1


def _upright(pixels: Picture, orientation: int) -> Picture:
    """Undo an EXIF orientation (EXIF 2.3, tag 0x0112)."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return pixels


def _check_webp_canvas(content: bytes, name: str) -> None:
    """Check the canvas size of a WebP, which Pillow's decoder would allocate already when opening it."""
    if content[:4] == b"RIFF" and content[8:16] == b"WEBPVP8X" and len(content) >= 30:
        width = 1 + int.from_bytes(content[24:27], "little")
        height = 1 + int.from_bytes(content[27:30], "little")
        check_size(width, height, name)


def _decode_rare_tiff(content: bytes, name: str) -> Picture | None:
    """Return a TIFF with samples that Pillow has no mode for, such as floats in RGB; None if it is none."""
    if content[:4] not in (b"II*\0", b"MM\0*"):
        return None
    try:
        tags = TiffImagePlugin.ImageFileDirectory_v2(content[:8])
        file = io.BytesIO(content)
        file.seek(tags.next)
        tags.load(file)
        width, height = int(tags[TiffImagePlugin.IMAGEWIDTH]), int(tags[TiffImagePlugin.IMAGELENGTH])
    except DECODER_ERRORS:
        return None
    check_size(width, height, name)
    try:
        with quiet_stderr():
            decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        return None
    if decoded is None or decoded.ndim not in (2, 3):
        return None
    if decoded.dtype in (np.float32, np.float64):
        decoded = _from_floats(decoded)
    if decoded.dtype not in (np.uint8, np.uint16):
        return None
    if decoded.ndim == 2:
        return decoded
    order = cv2.COLOR_BGR2RGB if decoded.shape[2] == 3 else cv2.COLOR_BGRA2RGBA
    return cv2.cvtColor(decoded, order)


_SIGNATURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"BM", b"GIF8")


def _reason_unidentified(content: bytes) -> str:
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return _DAMAGED if is_webp or content.startswith(_SIGNATURES) else _UNKNOWN
