"""What the build has to know of ELF files, Linux's programs and shared libraries, by the tools of binutils."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..commands import need, run

MAGIC = b"\x7fELF"
PAGE = 4096


@dataclass(frozen=True)
class Symbol:
    """A function or a variable that a library takes from another; `version` is empty where it names none."""

    name: str
    version: str


def elf_files(folder: Path) -> Iterator[Path]:
    """Every ELF file below a folder, symbolic links aside, sorted."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(MAGIC)) == MAGIC:
                    yield path


def needed(path: Path) -> list[str]:
    """The names of the libraries that the loader has to find for this one. Raises BuildError."""
    return re.findall(r"\(NEEDED\).*\[(.+)\]", run([need("readelf", "binutils"), "--dynamic", path]))


def run_paths(path: Path) -> list[str]:
    """Where the loader looks for them before it looks in the system's folders, as the file has it. Raises BuildError.

    Each is a list of folders with colons between; a file has one, if any.
    """
    listing = run([need("readelf", "binutils"), "--dynamic", path])
    return re.findall(r"\((?:RUNPATH|RPATH)\).*\[(.*)\]", listing)


def undefined(path: Path) -> list[Symbol]:
    """What a library takes from others. Raises BuildError."""
    lines = run([need("nm", "binutils"), "--dynamic", "--undefined-only", path]).splitlines()
    names = (line.split()[-1].partition("@") for line in lines)
    return [Symbol(name, version.lstrip("@")) for name, _, version in names]


def defined(path: Path) -> set[str]:
    """The names of what a library offers. Raises BuildError."""
    lines = run([need("nm", "binutils"), "--dynamic", "--defined-only", path]).splitlines()
    return {line.split()[-1].partition("@")[0] for line in lines}


def is_loadable(path: Path) -> bool:
    """Whether each segment lies in the file as the loader wants it: at the same offset within a page as in memory."""
    listing = run([need("readelf", "binutils"), "--segments", "--wide", path])
    segments = re.findall(r"^\s*LOAD\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+)", listing, re.MULTILINE)
    return all((int(offset, 16) - int(address, 16)) % PAGE == 0 for offset, address in segments)


def replace_library(library: Path, made: Path) -> None:
    """Put a library that was made elsewhere in the place of this one, whole, so that no half of one is ever left."""
    beside = library.with_name(f"{library.name}.new")
    shutil.copyfile(made, beside)
    beside.chmod(0o755)
    beside.replace(library)
