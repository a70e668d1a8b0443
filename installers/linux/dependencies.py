"""Which packages of Debian a bundle needs: those with the libraries that its own ELF files ask for and that it has not.

PyInstaller leaves some of the system's libraries out on purpose, those of C and of the graphics driver first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from ..commands import need, run
from ..errors import BuildError
from ..slimming.elf import elf_files

C_LIBRARY = "libc6"

OPTIONAL = ("*/plugins/platformthemes/*", "*/plugins/platforms/libqwayland*", "*/plugins/wayland-*", "*/libQt6W[al]*")
"""Plugins of Qt that it does without where they cannot be loaded, and their libraries: without Wayland's it uses X."""

DRIVERS = frozenset({"libcuda.so.1", "libnvidia-ml.so.1"})
"""What the driver of an NVIDIA card brings, by whatever package; without one, the processor does the work."""


@dataclass(frozen=True)
class Needs:
    """What one ELF file asks the loader for: names of libraries, and versions of the C library such as (2, 34)."""

    name: str
    libraries: frozenset[str]
    c_versions: frozenset[tuple[int, ...]]


@dataclass(frozen=True)
class Dependencies:
    """Packages without which the programs do not start, and those that only make them fit in better."""

    depends: tuple[str, ...]
    recommends: tuple[str, ...]


def dependencies(bundle: Path) -> Dependencies:
    """Those of a bundle, by the packages installed here. Raises BuildError, also where a library is nowhere."""
    files = list(elf_files(bundle))
    needs = needs_of(files, bundle)
    inside = {path.name for path in bundle.rglob("*")}
    missing, optional = outside(needs, inside)
    packages = owners([*missing, *optional])
    if lost := sorted(missing - set(packages)):
        raise BuildError(
            f"The bundle needs {', '.join(lost)}, which no installed package of this system has; install those "
            "that do, or leave out what needs it (installers/left_out.py)."
        )
    depends = {packages[name] for name in missing}
    recommends = {packages.get(name) or usual_package(name) for name in optional} - depends
    newest = max((version for each in needs for version in each.c_versions), default=())
    return Dependencies(
        tuple(sorted(_with_version(name, newest) for name in depends | {C_LIBRARY})), tuple(sorted(recommends))
    )


def needs_of(files: Sequence[Path], folder: Path) -> list[Needs]:
    """What these ELF files ask for, each named by its path below a folder. Raises BuildError."""
    if not files:
        return []
    listing = run([need("readelf", "binutils"), "--dynamic", "--version-info", "--wide", *files])
    # readelf tells a file's name only where there are several.
    parts = re.split(r"^File: (.+)$", listing, flags=re.MULTILINE)[1:] if len(files) > 1 else [str(files[0]), listing]
    return [
        _needs(Path(path).relative_to(folder).as_posix(), text)
        for path, text in zip(parts[::2], parts[1::2], strict=True)
    ]


def outside(needs: Iterable[Needs], inside: set[str]) -> tuple[set[str], set[str]]:
    """The libraries that are not inside the bundle: those it cannot do without, and those it can."""
    missing: set[str] = set()
    optional: set[str] = set()
    for each in needs:
        spared = any(fnmatchcase(each.name, pattern) for pattern in OPTIONAL)
        (optional if spared else missing).update(each.libraries - inside - DRIVERS)
    return missing, optional - missing


def owners(libraries: Iterable[str]) -> dict[str, str]:
    """The installed package that owns each library; those that none owns are left out. Raises BuildError."""
    architecture = run([need("dpkg", "dpkg"), "--print-architecture"]).strip()
    found: dict[str, str] = {}
    for library in sorted(set(libraries)):
        try:
            listing = run(["dpkg", "--search", f"*/{library}"])
        except BuildError:
            continue
        for line in listing.splitlines():
            package, _, path = line.partition(": ")
            name, _, of = package.partition(":")
            if PurePosixPath(path).name == library and of in ("", architecture) and "diversion" not in package:
                found.setdefault(library, name)
    return found


def usual_package(library: str) -> str:
    """What Debian calls the package of a library, by its policy (8.1): libwayland-egl1 for libwayland-egl.so.1."""
    stem, _, version = library.lower().replace("_", "-").partition(".so.")
    return f"{stem}-{version}" if stem[-1:].isdigit() else f"{stem}{version}"


def _needs(name: str, listing: str) -> Needs:
    libraries = re.findall(r"\(NEEDED\).*\[(.+)\]", listing)
    versions = re.findall(r"Name: GLIBC_([0-9.]+)\s", listing)
    return Needs(
        name, frozenset(libraries), frozenset(tuple(int(part) for part in version.split(".")) for version in versions)
    )


def _with_version(package: str, version: tuple[int, ...]) -> str:
    if package != C_LIBRARY or not version:
        return package
    return f"{package} (>= {'.'.join(str(part) for part in version)})"
