"""Whole files into memory, after asking what they are and how large."""

import stat
from pathlib import Path

from linepaint.files.errors import FileError, reason_of
from linepaint.files.limits import MAX_FILE_BYTES, MIB


def read_bytes(path: Path, limit: int = MAX_FILE_BYTES) -> bytes:
    """Return the content of a regular file.

    Raises FileError if it is missing, unreadable, a folder, a device or pipe (reading one may never end),
    empty, or larger than `limit` bytes.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FileError.opening(path, "it is a folder, so choose a file in it")
        if not stat.S_ISREG(status.st_mode):
            raise FileError.opening(path, "it is a device or a pipe and not a file")
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        raise FileError.opening(path, reason_of(error)) from error
    except FileError:
        raise
    except ValueError as error:  # A NUL inside the name.
        raise FileError.opening(path, "that is not a possible file name") from error
    if not content:
        raise FileError.opening(path, "it is empty (0 bytes)")
    if len(content) > limit:
        raise FileError.opening(path, f"it is larger than {limit / MIB:.0f} MiB")
    return content
