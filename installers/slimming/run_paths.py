"""Libraries of the Python that froze the programs know the folder it lies in; the bundle must not look there."""

from __future__ import annotations

from pathlib import Path

from .elf import elf_files, run_paths

ORIGIN = "$ORIGIN"
"""The loader's name for the folder in which a library lies."""


def forget_build_machine(folder: Path) -> int:
    """Let no library below a folder look in fixed folders; how many did.

    What they look in beside stays, and where that is nothing, they look in their own. The text is written over in its
    place, so the file's layout stays. Raises BuildError.
    """
    changed = 0
    for path in elf_files(folder):
        for text in run_paths(path):
            kept = ":".join(place for place in text.split(":") if place.startswith(ORIGIN)) or ORIGIN
            if kept != text:
                assert len(kept) <= len(text), text
                padded = kept.encode().ljust(len(text), b"\0") + b"\0"
                path.write_bytes(path.read_bytes().replace(text.encode() + b"\0", padded))
                changed += 1
    return changed
