"""The one exception of this package: a plain sentence about a file."""

import errno
from pathlib import Path
from typing import Self

_REASONS = {
    errno.ENOENT: "it does not exist, so check the name and the folder",
    errno.EACCES: "you have no permission for it, so choose another place or ask its owner",
    errno.EPERM: "you have no permission for it, so choose another place or ask its owner",
    errno.EROFS: "that place is read-only, so choose another folder",
    errno.ENOSPC: "the disk is full, so free some space and try again",
    errno.EDQUOT: "your disk quota is used up, so free some space and try again",
    errno.EFBIG: "it is larger than the disk's format allows",
    errno.EISDIR: "it is a folder, so choose a file",
    errno.ENOTDIR: "a part of its path is a file and not a folder",
    errno.ENAMETOOLONG: "its name is too long, so choose a shorter one",
    errno.ELOOP: "its links lead in a circle",
    errno.EIO: "the disk reports an error, so check the disk",
}


class FileError(ValueError):
    """A file that cannot be read or written; `str(error)` is one plain sentence naming the file."""

    @classmethod
    def opening(cls, name: str | Path, reason: str) -> Self:
        """Say that `name` cannot be opened, because `reason` (a clause without a full stop)."""
        return cls(f"Cannot open {shown_name(name)}: {reason}.")

    @classmethod
    def saving(cls, name: str | Path, reason: str) -> Self:
        """Say that `name` cannot be saved, because `reason` (a clause without a full stop)."""
        return cls(f"Cannot save {shown_name(name)}: {reason}.")


def shown_name(name: str | Path) -> str:
    """Return the last part of `name` as one short printable line, which a hostile name may not be."""
    last = Path(name).name or str(name)
    printable = "".join(letter if letter.isprintable() else "?" for letter in last)
    return printable if len(printable) <= 120 else f"{printable[:80]}…{printable[-30:]}"


def reason_of(error: OSError) -> str:
    """Return why the system refused, as a clause for `FileError`."""
    known = _REASONS.get(error.errno or 0)
    if known:
        return known
    return (error.strerror or "the system refused without saying why").rstrip(".").lower()
