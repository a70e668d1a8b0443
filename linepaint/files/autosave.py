"""Unsaved work, kept where a crash cannot reach it.

Every open document autosaves into one .ora of its own in the app-data folder; the entry
`linepaint/autosave.json` in it says whose it is. A running linepaint holds a lock, which the system lets go
of however the process ends, so an autosave whose lock is free was left behind and is offered. A damaged one
is set aside and never stops the start.
"""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from linepaint.document.document import Document
from linepaint.files.archive import Archive
from linepaint.files.errors import FileError, reason_of
from linepaint.files.limits import MAX_JSON_BYTES
from linepaint.files.ora import document_from_ora, read_archive_metadata, write_ora
from linepaint.files.reading import read_bytes

AUTOSAVE_PATH = "linepaint/autosave.json"
CORRUPT_SUFFIX = ".corrupt"

_log = logging.getLogger(__name__)
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class Recovery:
    """An autosave that no running linepaint owns."""

    path: Path
    document_id: str
    original_path: Path | None
    """The file that the drawing was opened from or saved to; None if it never had one."""
    saved_at: datetime
    """With time zone (UTC)."""
    size: tuple[int, int]
    """(width, height) in pixels."""


class AutosaveStore:
    """The autosaves in a folder, as one linepaint sees them; `save` and `load` may run on a worker."""

    def __init__(self, folder: Path) -> None:
        """Nothing is touched until the first call, so a folder that cannot be used never stops the start."""
        self._folder = folder
        self._instance = uuid.uuid4().hex
        self._lock: FileLock | None = None

    def save(self, document: Document, original_path: Path | None, document_id: str) -> None:
        """Replace the autosave of the document `document_id` (letters, digits, - and _). Raises FileError.

        From a worker, pass a snapshot. Continue a recovered document under its old id and nothing is kept
        twice.
        """
        path = self._path(document_id)
        self._claim()
        about = {
            "document_id": document_id,
            "original_path": None if original_path is None else str(original_path),
            "saved_at": datetime.now(UTC).isoformat(),
            "instance": self._instance,
        }
        write_ora(document, path, backup=False, extra={AUTOSAVE_PATH: json.dumps(about).encode("ascii")})

    def discard(self, document_id: str) -> None:
        """Forget the autosave of a document that is saved, closed or turned down. Raises FileError."""
        path = self._path(document_id)
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return  # Never autosaved, or into a folder that cannot be.
        except OSError as error:
            raise FileError(f"Cannot remove the autosave {path.name}: {reason_of(error)}.") from error

    def recoverable(self) -> list[Recovery]:
        """Return what was left behind by a crash, newest first. Never raises: damaged ones are set aside."""
        found = [recovery for path in self._autosaves() if (recovery := self._examined(path)) is not None]
        return sorted(found, key=lambda recovery: recovery.saved_at, reverse=True)

    def load(self, recovery: Recovery) -> Document:
        """Return the autosaved document; the file stays until it is discarded or saved over.

        Raises FileError after setting a damaged one aside.
        """
        content = read_bytes(recovery.path)
        try:
            return document_from_ora(content, recovery.path.name)
        except FileError:
            self._set_aside(recovery.path)
            raise

    def close(self) -> None:
        """Let go of the lock; autosaves that were not discarded can be recovered from now on."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
            self._lock_path(self._instance).unlink(missing_ok=True)

    def _path(self, document_id: str) -> Path:
        if not _NAME.fullmatch(document_id):
            raise ValueError(f"A document id holds letters, digits, - and _, not {document_id!r}.")
        return self._folder / f"{document_id}.ora"

    def _lock_path(self, instance: str) -> Path:
        return self._folder / f"{instance}.lock"

    def _claim(self) -> None:
        """Make the folder and hold this instance's lock in it."""
        if self._lock is not None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # Not bound to a thread: saving happens on a worker and closing on the main thread.
            lock = FileLock(self._lock_path(self._instance), thread_local=False)
            lock.acquire(timeout=0)
        except OSError as error:  # Timeout is one too.
            raise FileError.saving(self._folder, reason_of(error)) from error
        self._lock = lock

    def _autosaves(self) -> Iterator[Path]:
        try:
            yield from sorted(self._folder.glob("*.ora"))
        except OSError as error:
            _log.warning("Cannot look for autosaves in %s: %s.", self._folder, reason_of(error))

    def _examined(self, path: Path) -> Recovery | None:
        """Return the recovery at `path`, or None if a running linepaint owns it or it is damaged."""
        try:
            archive = Archive(read_bytes(path), path.name)
            about = _About.read(archive)
            if self._is_alive(about.instance):
                return None
            metadata = read_archive_metadata(archive)
        except FileError as error:
            _log.warning("%s It is set aside.", error)
            self._set_aside(path)
            return None
        return Recovery(path, path.stem, about.original_path, about.saved_at, (metadata.width, metadata.height))

    def _is_alive(self, instance: str) -> bool:
        """Say whether the linepaint that wrote an autosave still runs, this one included."""
        if instance == self._instance:
            return self._lock is not None
        path = self._lock_path(instance)
        if not path.exists():
            return False
        try:
            with FileLock(path, timeout=0, thread_local=False):
                pass
        except Timeout:
            return True
        except OSError:
            return False
        path.unlink(missing_ok=True)
        return False

    def _set_aside(self, path: Path) -> None:
        try:
            path.replace(path.with_name(path.name + CORRUPT_SUFFIX))
        except OSError as error:
            _log.warning("Cannot set %s aside: %s.", path.name, reason_of(error))


@dataclass(frozen=True)
class _About:
    """The entry AUTOSAVE_PATH of an autosave."""

    original_path: Path | None
    saved_at: datetime
    instance: str

    @classmethod
    def read(cls, archive: Archive) -> _About:
        """Return the checked entry. Raises FileError."""
        try:
            tree: Any = json.loads(archive.read(AUTOSAVE_PATH, MAX_JSON_BYTES))
            original, instance = tree["original_path"], tree["instance"]
            saved_at = datetime.fromisoformat(tree["saved_at"])
            if not _NAME.fullmatch(instance) or saved_at.tzinfo is None:
                raise ValueError("not what save() writes")
            return cls(None if original is None else Path(original), saved_at, instance)
        except FileError:
            raise
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            raise FileError.opening(archive.name, "what it says about itself is damaged") from error
