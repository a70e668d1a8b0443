"""The zip container of an .ora: hostile ones refused before they are unpacked, ours always the same bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from linepaint.files.errors import FileError
from linepaint.files.limits import (
    MAX_ARCHIVE_ENTRIES,
    MAX_ENTRY_BYTES,
    MAX_NAME_LETTERS,
    MAX_RATIO,
    MIB,
    RATIO_FREE_BYTES,
)

ZIP_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_DAMAGED = "its archive is damaged or cut short, so restore it from a copy"


class Archive:
    """A zip file in memory whose directory is checked against the limits; entries are unpacked one by one.

    Nothing is ever unpacked to the disk. Raises FileError, naming `name`.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
            raise FileError.opening(name, _DAMAGED) from error
        if len(entries) > MAX_ARCHIVE_ENTRIES:
            raise FileError.opening(name, f"its archive holds more than {MAX_ARCHIVE_ENTRIES} files")
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            self._check(entry)
            if entry.filename in self._entries:
                raise FileError.opening(name, "its archive holds two files of the same name")
            self._entries[entry.filename] = entry

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    def read(self, path: str, limit: int = MAX_ENTRY_BYTES) -> bytes:
        """Return the content of one entry of at most `limit` bytes. Raises FileError."""
        entry = self._entries.get(path)
        if entry is None:
            raise FileError.opening(self.name, f"its part {path[:100]!r} is missing")
        if entry.file_size > limit:
            raise FileError.opening(self.name, f"its part {path[:100]!r} is larger than {limit / MIB:.0f} MiB")
        try:
            # zipfile stops at the size that the directory states, so a wrong one cannot make it unpack more.
            return self._zip.read(entry)
        except MemoryError as error:
            raise FileError.opening(self.name, "there is not enough memory for it") from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise FileError.opening(self.name, _DAMAGED) from error

    def _check(self, entry: zipfile.ZipInfo) -> None:
        path = entry.filename
        parts = PurePosixPath(path.replace("\\", "/")).parts
        if len(path) > MAX_NAME_LETTERS or ".." in parts or path.startswith(("/", "\\")) or ":" in path:
            raise FileError.opening(self.name, "its archive holds a file whose name leads out of the archive")
        if entry.flag_bits & _ENCRYPTED:
            raise FileError.opening(self.name, "it is encrypted, so save it again without a password")
        if entry.compress_type not in _METHODS:
            raise FileError.opening(self.name, "its archive is packed in a way that OpenRaster does not know")
        unpacked_limit = max(RATIO_FREE_BYTES, entry.compress_size * MAX_RATIO)
        if entry.file_size > MAX_ENTRY_BYTES or entry.file_size > unpacked_limit:
            raise FileError.opening(self.name, "a part of it would unpack to a suspiciously large size")


def write_archive(file: BinaryIO, entries: Mapping[str, bytes], deflated: Iterable[str] = ()) -> None:
    """Write a zip with `entries` in their order, stored as they are except for those named in `deflated`.

    Dates and systems are left out, so that the same entries give the same bytes.
    """
    packed = frozenset(deflated)
    with zipfile.ZipFile(file, "w") as archive:
        for path, content in entries.items():
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED if path in packed else zipfile.ZIP_STORED
            archive.writestr(entry, content)
