"""Takes out of the bundle's libraries the symbols that only a debugger or a linker reads."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..commands import need, run
from .elf import elf_files, is_loadable, replace_library


def strip_folder(folder: Path) -> int:
    """Strip every ELF file below a folder; how many bytes that saved. Raises BuildError."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return sum(pool.map(_strip, list(elf_files(folder))))


def _strip(path: Path) -> int:
    before = path.stat().st_size
    stripped = path.with_name(f"{path.name}.stripped")
    run([need("strip", "binutils"), "--strip-all", "-o", stripped, path])
    # Libraries that patchelf has been at come out of strip in a state that the loader refuses; they stay as they are.
    if not is_loadable(stripped) or stripped.stat().st_size >= before:
        stripped.unlink()
        return 0
    replace_library(path, stripped)
    stripped.unlink()
    return before - path.stat().st_size
