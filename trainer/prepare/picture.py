"""One finished picture to one training pair, or to the reason why not."""

from __future__ import annotations

import dataclasses
import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from linepaint.engine.errors import EngineError
from linepaint.files.archive import ZIP_SIGNATURE
from linepaint.files.artwork import Artwork
from linepaint.files.decoding import decode_picture
from linepaint.files.errors import FileError
from linepaint.files.ora import artwork_from_ora
from linepaint.files.pictures import read_line_art
from linepaint.files.png import SMALL, encode_png
from linepaint.files.reading import read_bytes
from linepaint.imaging.flattening import as_color
from linepaint.imaging.shrinking import shrink_lines, shrink_picture

from .art import ArtFile
from .checks import ink_share, is_gray, is_tiny, why_unusable
from .fdog import pen_lines
from .likeness import Likeness
from .options import PrepareOptions
from .record import Outcome, Record
from .whole import write_whole

log = logging.getLogger(__name__)

Tracer = Callable[[np.ndarray], np.ndarray]
"""Draws the lines, uint8 [H, W], of a picture, uint8 [H, W, 3]."""


@dataclass(frozen=True)
class Drawn:
    """Lines, uint8 [H, W] with 255 = paper, where they came from, and the share of edges inked where that is known."""

    lines: np.ndarray
    origin: str
    inked: float | None = None


def prepare_picture(art: ArtFile, options: PrepareOptions, out: Path, tracer: Tracer | None) -> Record:
    """Write the pair of one picture below `out`, and say what became of it.

    tracer: for lines "scan". Raises TrainingError where the disk refuses.
    """
    record = Record(art.picture, Outcome.KEPT, source=art.source)
    if not art.is_supported:
        suffix = art.path.suffix.lower() or "no suffix"
        return _left_out(record, Outcome.UNSUPPORTED, f"{suffix} is not read; export it as PNG, .ora or .psd")
    try:
        content = read_bytes(art.path)
        record = dataclasses.replace(record, bytes=len(content))
        artwork = _read(art, content)
        height, width = artwork.color.shape[:2]
        record = dataclasses.replace(record, width=width, height=height)
        if is_tiny(artwork.color):
            return _left_out(record, Outcome.TINY, f"{width} x {height} pixels")
        if is_gray(artwork.color):
            return _left_out(record, Outcome.GRAY, "it has no colour to learn")
        color = shrink_picture(artwork.color, options.size)
        drawn = _draw(color, artwork.lines, options, tracer)
    except (FileError, EngineError) as error:
        return _left_out(record, Outcome.BROKEN, str(error))
    if drawn is None:
        return _left_out(record, Outcome.NO_LINES, "it has no layer named Lines or Ink")
    record = dataclasses.replace(
        record,
        lines=drawn.origin,
        ink=round(ink_share(drawn.lines), 4),
        inked=None if drawn.inked is None else round(drawn.inked, 3),
    )
    reason = why_unusable(drawn.lines, is_derived=drawn.origin != "layer")
    if reason is None and drawn.inked is not None and drawn.inked < options.least_inked:
        reason = f"its artist inked {drawn.inked:.0%} of the edges"
    if reason is not None:
        return _left_out(record, Outcome.NO_LINES, reason)
    color_path, lines_path = pair_paths(out, art.name, options.format)
    write_whole(color_path, _encode(color, options.format))
    write_whole(lines_path, _encode(drawn.lines, options.format))
    return dataclasses.replace(record, name=art.name, likeness=str(Likeness.of(color)))


def pair_paths(out: Path, name: str, format_name: str) -> tuple[Path, Path]:
    """Where the colours and the lines of a pair lie."""
    return out / f"{name}.color.{format_name}", out / f"{name}.line.{format_name}"


def _left_out(record: Record, outcome: Outcome, detail: str) -> Record:
    return dataclasses.replace(record, outcome=outcome, detail=detail)


def _read(art: ArtFile, content: bytes) -> Artwork:
    """The finished picture with the artist's own lines, from a layer or from a file beside it."""
    if content.startswith(ZIP_SIGNATURE):
        return artwork_from_ora(content, art.path.name)
    if content.startswith(b"8BPS"):
        from linepaint.files.psd import artwork_from_psd  # Slow to import, seldom needed.

        return artwork_from_psd(content, art.path.name)
    color = as_color(decode_picture(content, art.path.name))
    return Artwork(color, read_line_art(art.lines) if art.lines is not None else None)


def _draw(color: np.ndarray, own: np.ndarray | None, options: PrepareOptions, tracer: Tracer | None) -> Drawn | None:
    """The lines of a picture as the options want them; None where they want a layer and there is none."""
    if options.lines == "scan":
        assert tracer is not None, "whoever asks for traced lines loads the tracer"
        return Drawn(tracer(color), "scan")
    if own is not None and options.lines != "fdog":
        return Drawn(_fitted(own, color), "layer")
    if options.lines == "layer":
        return None
    pen = pen_lines(color)
    return Drawn(pen.lines, "fdog", pen.inked)


def _fitted(lines: np.ndarray, color: np.ndarray) -> np.ndarray:
    """An artist's lines at the size of the colours, which they may have been scanned apart from."""
    small = shrink_lines(lines, max(color.shape[:2]))
    if small.shape == color.shape[:2]:
        return small
    from linepaint.imaging.opencv import cv2

    return cv2.resize(small, color.shape[1::-1], interpolation=cv2.INTER_AREA)


def _encode(pixels: np.ndarray, format_name: str) -> bytes:
    """Lossless, and small enough: WebP at its quickest is three quarters of a PNG."""
    if format_name == "png":
        return encode_png(pixels, SMALL)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "WEBP", lossless=True, quality=50, method=0, exact=True)
    return buffer.getvalue()
