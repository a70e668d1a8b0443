"""Libraries of the Python that froze the programs know the folder it lies in; the bundle must not look there."""

from __future__ import annotations

from pathlib import Path

from .elf import elf_files, run_paths

ORIGIN = b"$ORIGIN"
"""The loader's name for the folder in which a library lies."""


def forget_build_machine(folder: Path) -> int:
    """Let every library below a folder that looks in a fixed folder look in its own instead; how many did.

    The text is written over in its place, so the file's layout stays. Raises BuildError.
    """
    changed = 0
    for path in elf_files(folder):
        fixed = [place.encode() for place in run_paths(path) if place.startswith("/")]
        if not fixed:
            continue
        content = path.read_bytes()
        for place in fixed:
            assert len(place) >= len(ORIGIN), place
            content = content.replace(place + b"\0", ORIGIN.ljust(len(place), b"\0") + b"\0")
        path.write_bytes(content)
        changed += 1
    return changed
