"""The list of recent files: newest first, no file twice, a bounded length. Pure functions on paths."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

RECENT_FILES_KEPT: Final = 12


def with_opened(recent: tuple[str, ...], path: Path) -> tuple[str, ...]:
    """The list after `path` was opened or saved."""
    newest = str(path.absolute())
    others = tuple(entry for entry in recent if not _same_file(entry, newest))
    return (newest, *others)[:RECENT_FILES_KEPT]


def without(recent: tuple[str, ...], path: Path) -> tuple[str, ...]:
    """The list without `path`, for one that could not be opened any more."""
    gone = str(path.absolute())
    return tuple(entry for entry in recent if not _same_file(entry, gone))


def menu_label(index: int, path: str) -> str:
    """Text of the menu entry: a digit to press for the first nine, the name, then the folder.

    An ampersand in a name is doubled, else Qt would make it a mnemonic.
    """
    name = Path(path).name.replace("&", "&&")
    folder = str(Path(path).parent).replace("&", "&&")
    digit = f"&{index + 1}  " if index < 9 else ""
    return f"{digit}{name}  ({_shortened(folder)})"


def _shortened(folder: str, longest: int = 48) -> str:
    return folder if len(folder) <= longest else "…" + folder[-(longest - 1) :]


def _same_file(first: str, second: str) -> bool:
    return os.path.normcase(first) == os.path.normcase(second)
