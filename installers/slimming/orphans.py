"""Libraries that nothing in the bundle needs any more, once what needed them was left out."""

from __future__ import annotations

from pathlib import Path

from .elf import elf_files, needed

LOADED_BY_NAME = ("libpython3", "libtorch", "libcaffe2", "libc10", "libshm", "libnv", "libcu", "libEGL", "libGL")
"""How libraries begin that programs load by name at run time, which no table of the file tells."""


def remove_orphans(folder: Path, programs: list[Path]) -> dict[str, int]:
    """Remove them below `folder`, the packages of these programs; by name, the bytes they took. Raises BuildError."""
    needs = {path: needed(path) for path in [*elf_files(folder), *programs]}
    removed: dict[str, int] = {}
    while True:
        wanted = {name for names in needs.values() for name in names}
        orphans = [path for path in needs if _is_library(path, folder) and path.name not in wanted]
        if not orphans:
            break
        for path in orphans:
            del needs[path]
            removed[path.name] = removed.get(path.name, 0) + path.stat().st_size
            path.unlink()
    _remove_broken_links(folder)
    return removed


def _is_library(path: Path, folder: Path) -> bool:
    """Whether it lies where libraries lie that others are linked to, and not what Python or Qt load by its path."""
    if not path.name.startswith("lib") or path.name.startswith(LOADED_BY_NAME):
        return False
    return path.parent == folder or path.parent.name.endswith(".libs") or path.parent.match("Qt/lib")


def _remove_broken_links(folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() and not path.exists():
            path.unlink()
