"""Colouring files and folders without a window: what `linepaint colorize` does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from linepaint.document.document import Document
from linepaint.document.tiles import TiledImage
from linepaint.engine import Colorizer, EngineError
from linepaint.files.errors import FileError
from linepaint.files.exporting import EXPORT_SUFFIXES, ExportOptions, export_picture
from linepaint.files.opening import OPENABLE_SUFFIXES, open_document
from linepaint.files.pictures import PICTURE_SUFFIXES, read_hints, write_picture

FORMATS = ("png", "ora", "psd")


@dataclass(frozen=True)
class Job:
    """One drawing to colour. hints: None to use those inside the file, if any."""

    lines: Path
    hints: Path | None
    out: Path


def plan_jobs(lines: Path, hints: Path | None, out: Path, format_name: str | None) -> list[Job]:
    """What is to be done for a drawing, or for each drawing in a folder with the hints of the same stem.

    Raises FileError if there is nothing to colour, or if LINES, hints and OUT are not of one kind.
    """
    if lines.is_dir():
        if hints is not None and not hints.is_dir():
            raise FileError(f"{lines} is a folder, so --hints must be a folder too, not {hints}.")
        if out.exists() and not out.is_dir():
            raise FileError(f"{lines} is a folder, so -o must be a folder too, not the file {out}.")
        drawings = sorted(p for p in lines.iterdir() if p.is_file() and p.suffix.lower() in OPENABLE_SUFFIXES)
        if not drawings:
            raise FileError(f"There are no drawings in the folder {lines}; put pictures or .ora files there.")
        found = {p.stem: p for p in sorted(hints.iterdir()) if p.suffix.lower() in PICTURE_SUFFIXES} if hints else {}
        suffix = f".{format_name or 'png'}"
        return _checked([Job(path, found.get(path.stem), out / f"{path.stem}{suffix}") for path in drawings])
    if hints is not None and hints.is_dir():
        raise FileError(f"{lines} is one file, so --hints must be a file too, not the folder {hints}.")
    if out.is_dir():
        raise FileError(f"{lines} is one file, so -o must be a file too, not the folder {out}.")
    if format_name is not None and out.suffix.lower() != f".{format_name}":
        out = out.with_name(f"{out.name}.{format_name}")
    return _checked([Job(lines, hints, out)])


def _checked(jobs: list[Job]) -> list[Job]:
    """The same jobs. Raises FileError where one has no known format, or would overwrite its drawing or another's."""
    written: dict[Path, Path] = {}
    for job in jobs:
        suffix = job.out.suffix.lower()
        if suffix not in EXPORT_SUFFIXES:
            raise FileError.saving(job.out, f"its name has to end in one of {', '.join(EXPORT_SUFFIXES)}")
        if suffix != ".ora" and job.out.resolve() == job.lines.resolve():
            raise FileError.saving(job.out, "that would overwrite the line drawing, so choose another -o")
        if job.out in written:
            raise FileError.saving(
                job.out, f"both {written[job.out].name} and {job.lines.name} would become it, so rename one of them"
            )
        written[job.out] = job.lines
    return jobs


def run_jobs(
    jobs: list[Job],
    colorizer: Colorizer,
    *,
    size: int | None,
    layers: bool,
    report: Callable[[str], None],
) -> int:
    """Colour them all; how many failed. A drawing that cannot be done is reported, the others are done all the same."""
    failed = 0
    for job in jobs:
        try:
            _color(job, colorizer, size, layers)
        except (FileError, EngineError) as error:
            report(str(error))
            failed += 1
    return failed


def colored_document(document: Document, colorizer: Colorizer, size: int | None = None) -> Document:
    """The same document with its colour layer filled in. size: the network's longest side, px."""
    lines = document.lines.lines
    session = colorizer.open(lines) if size is None else colorizer.open(lines, size)
    document.set_color_pixels(session.color_layer(document.hints.pixels.read()))
    return document


def _color(job: Job, colorizer: Colorizer, size: int | None, layers: bool) -> None:
    document = open_document(job.lines)
    if job.hints is not None:
        document.hints.pixels = TiledImage.from_array(read_hints(job.hints, document.size))
    document.checkpoint = colorizer.info.name
    document.seed = colorizer.seed
    colored_document(document, colorizer, size)
    try:
        job.out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError.saving(job.out, f"its folder cannot be made ({error.strerror})") from error
    export_picture(document, job.out, ExportOptions())
    if layers and document.color.pixels is not None:
        write_picture(job.out.with_name(f"{job.out.stem}.colors.png"), document.color.pixels)
        write_picture(job.out.with_name(f"{job.out.stem}.lines.png"), document.lines.lines)
