"""What is done and what is not: a journal while the work goes on, a report at its end.

Each part of the work (a process of torchrun, a machine) appends to a journal of its own, a line for each picture, once
its pair stands on the disk. A line cut short by a kill is as good as none.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from filelock import FileLock, Timeout

from ..errors import TrainingError
from .record import Outcome, Record
from .whole import write_whole

REPORT_NAME = "report.csv"
_JOURNAL_FOLDER = ".journal"
_ODD = (ValueError, KeyError, TypeError)


class Journal:
    """The journals of all parts in an output folder, of which one is this process's to write."""

    def __init__(self, out: Path, part: int, parts: int) -> None:
        """part: from 0. Raises TrainingError if another process is at work on the same part."""
        self._out, self._folder = out, out / _JOURNAL_FOLDER
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path = self._folder / f"{part}-of-{parts}.jsonl"
        self._lock = FileLock(self._path.with_suffix(".lock"))
        self._file: TextIO | None = None
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise TrainingError(f"Another run is at work on this part of {out}; wait for it or stop it.") from error

    def alone(self) -> FileLock:
        """Entered as a context: what no two parts may do at once."""
        return FileLock(self._folder / "common.lock")

    def records(self) -> dict[str, Record]:
        """What is known of each picture, by all parts and by the report of an earlier run."""
        known = {record.picture: record for record in _read_report(self._out / REPORT_NAME)}
        for path in sorted(self._folder.glob("*.jsonl")):
            for line in path.read_text("utf-8", errors="replace").splitlines():
                try:
                    record = Record.read(json.loads(line))
                except _ODD:
                    continue
                known[record.picture] = record
        return known

    def add(self, record: Record) -> None:
        """Note a picture that is done."""
        if self._file is None:
            self._file = self._path.open("a", encoding="utf-8")
            if self._path.stat().st_size:
                # After a line that a kill cut short.
                self._file.write("\n")
        self._file.write(json.dumps(record.told()) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Let another process have this part."""
        if self._file is not None:
            self._file.close()
        self._lock.release()

    def finish(self, records: Iterable[Record]) -> None:
        """Write the report, which holds all that the journals do, and remove them."""
        write_whole(self._out / REPORT_NAME, _report(records))
        self.close()
        # Another part may be at the same, with the same result; what it has removed or still holds open is its own.
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                path.unlink(missing_ok=True)
            self._folder.rmdir()


def _report(records: Iterable[Record]) -> bytes:
    told = [record.told() for record in records]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, told[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(told)
    return text.getvalue().encode("utf-8")


def _read_report(path: Path) -> list[Record]:
    """The records of an earlier report; a twin is again what it was before it was compared."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
        records = [Record.read(row) for row in rows]
    except FileNotFoundError:
        return []
    except (OSError, csv.Error, *_ODD) as error:
        raise TrainingError(f"{path} is not a report of prepare; delete it, or choose another --out.") from error
    return [_compared_anew(record) for record in records]


def _compared_anew(record: Record) -> Record:
    if record.outcome is not Outcome.TWIN:
        return record
    return Record.read({**record.told(), "outcome": Outcome.KEPT.value, "detail": ""})
