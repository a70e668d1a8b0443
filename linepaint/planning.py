"""What a command is to make of a file or a folder: which file becomes which, checked before any work begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from linepaint.files.errors import FileError
from linepaint.files.exporting import EXPORT_SUFFIXES
from linepaint.files.opening import OPENABLE_SUFFIXES
from linepaint.files.pictures import PICTURE_SUFFIXES


@dataclass(frozen=True)
class Trade:
    """What a command works on. in_place: endings of files that may be written over their source."""

    source: str
    sources: str
    readable: tuple[str, ...]
    writable: tuple[str, ...]
    in_place: tuple[str, ...] = ()


COLORING = Trade("line drawing", "drawings", OPENABLE_SUFFIXES, EXPORT_SUFFIXES, in_place=(".ora",))
TRACING = Trade("picture", "pictures", PICTURE_SUFFIXES, PICTURE_SUFFIXES)


@dataclass(frozen=True)
class Job:
    """One file to work on. hints: None to use those inside the file, if any."""

    source: Path
    out: Path
    hints: Path | None = None


def plan_jobs(
    trade: Trade, source: Path, out: Path, *, hints: Path | None = None, format_name: str | None = None
) -> list[Job]:
    """What is to be done for a file, or for each one in a folder with the hints of the same stem.

    format_name: the ending of what is written, without its dot; None: that of `out`, or png in folders. Raises
    FileError if there is nothing to do, or if source, hints and out are not of one kind.
    """
    if source.is_dir():
        return _checked(trade, _folder_jobs(trade, source, out, hints, format_name or "png"))
    if hints is not None and hints.is_dir():
        raise FileError(f"{source} is one file, so --hints must be a file too, not the folder {hints}.")
    if out.is_dir():
        raise FileError(f"{source} is one file, so -o must be a file too, not the folder {out}.")
    if format_name is not None and out.suffix.lower() != f".{format_name}":
        out = out.with_name(f"{out.name}.{format_name}")
    return _checked(trade, [Job(source, out, hints)])


def _folder_jobs(trade: Trade, folder: Path, out: Path, hints: Path | None, format_name: str) -> list[Job]:
    if hints is not None and not hints.is_dir():
        raise FileError(f"{folder} is a folder, so --hints must be a folder too, not {hints}.")
    if out.exists() and not out.is_dir():
        raise FileError(f"{folder} is a folder, so -o must be a folder too, not the file {out}.")
    sources = sorted(p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in trade.readable)
    if not sources:
        raise FileError(f"There are no {trade.sources} in the folder {folder}; put {', '.join(trade.readable)} there.")
    found = {p.stem: p for p in sorted(hints.iterdir()) if p.suffix.lower() in PICTURE_SUFFIXES} if hints else {}
    return [Job(path, out / f"{path.stem}.{format_name}", found.get(path.stem)) for path in sources]


def _checked(trade: Trade, jobs: list[Job]) -> list[Job]:
    """The same jobs. Raises FileError where one has no known format, or would overwrite its source or another's."""
    written: dict[Path, Path] = {}
    for job in jobs:
        suffix = job.out.suffix.lower()
        if suffix not in trade.writable:
            raise FileError.saving(job.out, f"its name has to end in one of {', '.join(trade.writable)}")
        if suffix not in trade.in_place and job.out.resolve() == job.source.resolve():
            raise FileError.saving(job.out, f"that would overwrite the {trade.source}, so choose another -o")
        if job.out in written:
            raise FileError.saving(
                job.out, f"both {written[job.out].name} and {job.source.name} would become it, so rename one of them"
            )
        written[job.out] = job.source
    return jobs


def make_folder_for(path: Path) -> None:
    """Make the folder that a file is to be written into. Raises FileError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError.saving(path, f"its folder cannot be made ({error.strerror})") from error
