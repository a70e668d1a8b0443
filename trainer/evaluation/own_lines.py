"""Which pictures' line drawings are the artist's own: lines that were derived are no truth for what derives lines."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from ..data.pictures import PictureFiles, key_of
from ..errors import TrainingError
from ..prepare.journal import REPORT_NAME

OWN = "layer"
"""What the report of `prepare` says of lines that were the artist's."""


def with_own_lines(folder: Path, pictures: Sequence[PictureFiles]) -> list[PictureFiles]:
    """Those pictures of a folder of which no report of `prepare` says that their lines were derived.

    Raises TrainingError if none is left, or the report cannot be read.
    """
    derived = _derived(folder / REPORT_NAME)
    kept = [picture for picture in pictures if _name(folder, picture.color) not in derived]
    if not kept:
        raise TrainingError(
            f"All lines in {folder} were derived by prepare; name drawings whose lines are the artist's own."
        )
    return kept


def _name(folder: Path, path: Path) -> str:
    """A pair's path below the folder as the report has it, without role and suffix."""
    parent, stem = key_of(path)
    return (parent / stem).relative_to(folder).as_posix()


def _derived(report: Path) -> set[str]:
    try:
        with report.open(encoding="utf-8", newline="") as file:
            return {row["name"] for row in csv.DictReader(file) if row["name"] and row["lines"] != OWN}
    except FileNotFoundError:
        return set()
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise TrainingError(f"{report} is not a report of prepare; delete it, or name another folder.") from error
