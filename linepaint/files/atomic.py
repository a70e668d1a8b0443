"""Saving whole or not at all.

The new content goes to a temporary file beside the target, reaches the disk, and only then takes the target's
name. Killed at any moment, either the old or the new file stands under that name, complete.
"""

import contextlib
import os
import secrets
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from linepaint.files.errors import FileError, reason_of

TEMPORARY_PREFIX = ".linepaint-"
TEMPORARY_SUFFIX = ".part"
STALE_AFTER_SECONDS = 3600.0
"""A temporary file older than this was left by a killed process; a save takes seconds."""


def write_atomically(path: Path, write: Callable[[BinaryIO], None], backup: bool = True) -> None:
    """Replace the file at `path` by what `write(file)` writes, keeping the old one as `name~` if `backup`.

    A symbolic link stays one and its target is replaced; an existing file's permissions are kept. Whatever
    `write` raises passes through with nothing changed on disk, except that an OSError becomes a FileError.

    Raises FileError.
    """
    try:
        target = _checked_target(path)
        temporary = _temporary_beside(target)
        try:
            with temporary.open("xb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
                if backup:
                    _keep_backup(target)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
        _remove_stale_temporaries(target.parent)
    except OSError as error:
        raise FileError.saving(path, reason_of(error)) from error


def backup_path(path: Path) -> Path:
    """Return where the previous version of `path` is kept."""
    return path.with_name(path.name + "~")


def _checked_target(path: Path) -> Path:
    try:
        target = path.resolve()
    except (ValueError, RuntimeError) as error:  # A NUL inside the name; links in a circle.
        raise FileError.saving(path, "that is not a possible file name") from error
    if target.is_dir():
        raise FileError.saving(path, "it is a folder, so choose a file name")
    if not target.parent.is_dir():
        raise FileError.saving(path, f"the folder {target.parent} does not exist, so make it first")
    if target.exists():
        if not target.is_file():
            raise FileError.saving(path, "it is a device or a pipe and not a file")
        # Replacing asks only the folder; a file that its owner made read-only must stay.
        if not os.access(target, os.W_OK):
            raise FileError.saving(path, "it is read-only, so save under another name")
    return target


def _temporary_beside(target: Path) -> Path:
    return target.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}{TEMPORARY_SUFFIX}")


def _keep_backup(target: Path) -> None:
    """Make `name~` the present content of `target`, which itself never goes missing meanwhile."""
    temporary = _temporary_beside(target)
    try:
        try:
            os.link(target, temporary)
        except OSError:  # No hard links on this file system.
            shutil.copy2(target, temporary)
        temporary.replace(backup_path(target))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make the renames survive a power cut, where the system can (Windows cannot open a folder)."""
    if os.name != "posix":
        return
    # Some network file systems refuse; the file itself is already on the disk.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_stale_temporaries(folder: Path) -> None:
    oldest = time.time() - STALE_AFTER_SECONDS
    # Housekeeping: the save has succeeded, and a leftover that cannot go now goes next time.
    with contextlib.suppress(OSError):
        for leftover in folder.glob(f"{TEMPORARY_PREFIX}*{TEMPORARY_SUFFIX}"):
            if leftover.stat().st_mtime < oldest:
                leftover.unlink(missing_ok=True)
