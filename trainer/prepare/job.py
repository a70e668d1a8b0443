"""The whole of `prepare`: find, make pairs, leave out twins, report, write shards. Killed anywhere, it goes on."""

from __future__ import annotations

import dataclasses
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import TrainingError
from .art import ArtFile, copy_licences, find_art
from .journal import Journal
from .likeness import Likeness, find_twins
from .options import PrepareOptions, keep_options
from .picture import pair_paths
from .record import Outcome, Record
from .workers import prepare_all

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Told how many of the pictures of this part are done, and how many there are."""


@dataclass(frozen=True)
class Summary:
    """How a run ended. records: of all pictures, in order. missing: how many the other parts have still to prepare."""

    records: tuple[Record, ...]
    missing: int = 0
    shards: tuple[Path, ...] = ()

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many pictures ended how, the kept ones first."""
        counted = Counter(record.outcome for record in self.records)
        return {outcome: counted[outcome] for outcome in Outcome if counted[outcome]}


def prepare(
    folders: Sequence[Path],
    out: Path,
    options: PrepareOptions,
    *,
    workers: int = 1,
    part: tuple[int, int] = (0, 1),
    progress: Progress | None = None,
) -> Summary:
    """Make training pairs below `out` of the finished art in some folders.

    The result is a function of the art and the options alone, whatever the number of workers and parts and however
    often it was killed. workers: processes, 0 for this one. part: index from 0, and number of parts; whichever part is
    done last compares all pictures and writes the report.

    Raises TrainingError if the folders or the options cannot be used, or the disk refuses.
    """
    index, parts = part
    if not 0 <= index < parts:
        raise TrainingError(f"There is no part {index + 1} of {parts}; parts are counted from 1.")
    art = find_art(folders, out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrainingError(f"The output folder {out} cannot be made: {error.strerror}.") from error
    journal = Journal(out, index, parts)
    try:
        with journal.alone():
            keep_options(out, options)
        known = _still_true(journal.records(), art, out, options)
        mine = art[index::parts]
        todo = [one for one in mine if one.picture not in known]
        tell = progress or _no_progress
        tell(len(mine) - len(todo), len(mine))
        for count, record in enumerate(prepare_all(todo, options, out, workers), 1):
            journal.add(record)
            known[record.picture] = record
            _log(record)
            tell(len(mine) - len(todo) + count, len(mine))
        if parts > 1:
            known = _still_true(journal.records(), art, out, options)
        records = tuple(_without_twins(known[one.picture] for one in art if one.picture in known))
        if len(records) < len(art):
            return Summary(records, missing=len(art) - len(records))
        with journal.alone():
            return _finish(folders, out, options, journal, records)
    finally:
        journal.close()


def _finish(
    folders: Sequence[Path], out: Path, options: PrepareOptions, journal: Journal, records: tuple[Record, ...]
) -> Summary:
    """What can be done only when every picture is: twins, licences, shards, and last the report."""
    for record in records:
        if record.outcome is Outcome.TWIN:
            _log(record)
            _remove_pair(out, record.name, options)
    copy_licences(folders, out)
    shards: tuple[Path, ...] = ()
    if options.shards is not None:
        from .shards import write_shards

        kept = [record for record in records if record.outcome is Outcome.KEPT]
        shards = tuple(write_shards(out, kept, options.format, options.shards))
    journal.finish(records)
    return Summary(records, shards=shards)


def _still_true(
    known: Mapping[str, Record], art: Sequence[ArtFile], out: Path, options: PrepareOptions
) -> dict[str, Record]:
    """The records that hold of the art as it is now. Pairs of art that is gone, or renamed, are removed."""
    names = {one.name for one in art}
    twins = {record.picture for record in _without_twins(known.values()) if record.outcome is Outcome.TWIN}
    for gone in {record.name for record in known.values() if record.name} - names:
        _remove_pair(out, gone, options)
    true: dict[str, Record] = {}
    for one in art:
        record = known.get(one.picture)
        if record is None or (record.bytes and record.bytes != one.path.stat().st_size):
            continue
        is_there = all(path.is_file() for path in pair_paths(out, one.name, options.format))
        if record.outcome is not Outcome.KEPT or (record.name == one.name and (is_there or one.picture in twins)):
            true[one.picture] = record
    return true


def _without_twins(records: Iterable[Record]) -> list[Record]:
    """The same with the smaller of twins marked: the largest stays, of equals the one with the larger file."""
    records = list(records)
    kept = [record for record in records if record.outcome is Outcome.KEPT]
    kept.sort(key=lambda record: (-record.width * record.height, -record.bytes, record.picture))
    twins = find_twins((record.picture, Likeness.from_text(record.likeness)) for record in kept)
    return [
        dataclasses.replace(record, outcome=Outcome.TWIN, detail=f"the same picture as {twins[record.picture]}")
        if record.picture in twins
        else record
        for record in records
    ]


def _remove_pair(out: Path, name: str, options: PrepareOptions) -> None:
    for path in pair_paths(out, name, options.format):
        path.unlink(missing_ok=True)


def _log(record: Record) -> None:
    if record.outcome is not Outcome.KEPT:
        log.info("Left out: %s (%s: %s)", record.picture, record.outcome.value, record.detail)


def _no_progress(_done: int, _all: int) -> None:
    pass
