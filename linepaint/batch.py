"""Colouring files and tracing pictures without a window: what `linepaint colorize` and `linepaint lines` do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from linepaint.document.arrays import Pixels
from linepaint.document.document import Document
from linepaint.document.mode import DEFAULT_CHECKPOINTS, DocumentMode
from linepaint.document.tiles import TiledImage
from linepaint.engine import Colorizer, EngineError, LineTracer
from linepaint.engine.catalog import Mode
from linepaint.files.errors import FileError
from linepaint.files.exporting import ExportOptions, export_picture
from linepaint.files.opening import open_color_document, open_document, open_gray_document
from linepaint.files.pictures import read_color, read_hints, write_picture
from linepaint.planning import Job, make_folder_for


def run_jobs(jobs: Sequence[Job], work: Callable[[Job], None], report: Callable[[str], None]) -> int:
    """Do them all; how many failed. What cannot be done is reported, the others are done all the same."""
    failed = 0
    for job in jobs:
        try:
            work(job)
        except (FileError, EngineError) as error:
            report(str(error))
            failed += 1
    return failed


def color(job: Job, colorizer: Colorizer, *, size: int | None, layers: bool) -> None:
    """Colour one file and write it. size: the network's longest side, px; layers: write those beside it too.

    Raises FileError, EngineError.
    """
    document, source = _opened(job.source, colorizer.mode)
    if job.hints is not None:
        document.hints.pixels = TiledImage.from_array(read_hints(job.hints, document.size))
    document.checkpoint = colorizer.info.name
    document.seed = colorizer.seed
    _color_layer(document, source, colorizer, size)
    make_folder_for(job.out)
    export_picture(document, job.out, ExportOptions())
    if layers and document.color.pixels is not None:
        write_picture(job.out.with_name(f"{job.out.stem}.colors.png"), document.color.pixels)
        source_name = "gray" if document.mode is DocumentMode.GRAYSCALE else "lines"
        write_picture(job.out.with_name(f"{job.out.stem}.{source_name}.png"), document.lines.lines)


def trace(job: Job, tracer: LineTracer, *, size: int | None) -> None:
    """Draw the lines of one picture and write them. size: the network's longest side, px; None: the picture's own.

    Raises FileError, EngineError.
    """
    lines = tracer.trace(read_color(job.source), size)
    make_folder_for(job.out)
    write_picture(job.out, lines)


def colored_document(document: Document, colorizer: Colorizer, size: int | None = None) -> Document:
    """The same document with its colour layer filled in. size: the network's longest side, px."""
    _color_layer(document, document.lines.lines, colorizer, size)
    return document


def _color_layer(document: Document, source: Pixels, colorizer: Colorizer, size: int | None) -> None:
    session = colorizer.open(source, size)
    document.set_color_pixels(session.color_layer(document.hints.pixels.read()))


def _opened(path: Path, mode: Mode) -> tuple[Document, Pixels]:
    """The document in a file, and what a checkpoint of that mode is given of it."""
    if mode is Mode.PICTURE:
        return open_color_document(path)
    if mode is Mode.GRAYSCALE:
        document = open_gray_document(path)
    else:
        document = open_document(path)
        if document.mode is DocumentMode.GRAYSCALE:
            name = DEFAULT_CHECKPOINTS[DocumentMode.GRAYSCALE]
            raise FileError.opening(path, f"it is a gray picture, so colour it with --checkpoint {name}")
    return document, document.lines.lines
