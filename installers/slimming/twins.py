"""Libraries that two packages brought along alike: one of them becomes a symbolic link to the other."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from .elf import elf_files


def link_twins(folder: Path) -> int:
    """Link the same libraries below a folder to one; the bytes that saved.

    Only those of the same name: the loader knows a library that is loaded by its name and its file.
    """
    saved = 0
    first: dict[tuple[str, bytes], Path] = {}
    for path in elf_files(folder):
        original = first.setdefault((path.name, hashlib.sha256(path.read_bytes()).digest()), path)
        if original != path:
            saved += path.stat().st_size
            path.unlink()
            path.symlink_to(os.path.relpath(original, path.parent))
    return saved
