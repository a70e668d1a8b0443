"""Libraries of the system that PyInstaller took along, as Debian's package management knows them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from linepaint.credits import tidy

from .component import Component, Kind
from .debian_licences import library_licence

DOCUMENTS = Path("/usr/share/doc")
COMMON_LICENCES = Path("/usr/share/common-licenses")

_FIELDS = ("Package", "Version", "Architecture", "Homepage", "source:Package", "source:Version")
_ARTIFICIAL = ("debian/*", "debian/")


@dataclass(frozen=True)
class Package:
    """A Debian package as it is installed."""

    name: str
    version: str
    architecture: str
    homepage: str
    source: str
    source_version: str


def packages_of(names: Iterable[str]) -> dict[str, Package]:
    """By a library's name, such as libX11.so.6, the package that installed it here; those of no package are missing."""
    wanted = sorted(set(names))
    if not wanted or shutil.which("dpkg-query") is None:
        return {}
    architecture = str(sysconfig.get_config_var("MULTIARCH") or "")
    folders = [f"{top}/{architecture}" for top in ("/usr/lib", "/lib")]
    by_library = owners(_query("-S", *(f"{folder}/{name}" for name in wanted for folder in folders)))
    found = {name: by_library[name] for name in wanted if name in by_library}
    if not found:
        return {}
    shown = "\\t".join(f"${{{field}}}" for field in _FIELDS) + "\\n"
    rows = [line.split("\t") for line in _query("-W", f"-f={shown}", *sorted(set(found.values()))).splitlines()]
    packages = {f"{row[0]}:{row[2]}": Package(*row) for row in rows} | {row[0]: Package(*row) for row in rows}
    return {library: packages[name] for library, name in found.items() if name in packages}


def owners(places: str) -> dict[str, str]:
    """By a library's name, its package, from what `dpkg-query -S` prints: "libx11-6:amd64: /usr/lib/…/libX11.so.6"."""
    found = dict[str, str]()
    for line in places.splitlines():
        packages, separator, place = line.partition(": ")
        if separator and not packages.startswith("diversion by "):
            found.setdefault(Path(place).name, packages.split(", ")[0])
    return found


def components(files: dict[str, Package]) -> list[Component]:
    """The packages' components; `files` tells the package of every library, by its path in the bundle."""
    return [
        _component(package, [file for file, its in files.items() if its == package])
        for package in sorted(set(files.values()), key=lambda each: each.name)
    ]


def _component(package: Package, files: list[str]) -> Component:
    copyright_file = DOCUMENTS / package.name / "copyright"
    own = tidy(copyright_file.read_bytes()) if copyright_file.is_file() else ""
    distro = f"&distro={codename}" if (codename := _codename()) else ""
    return Component(
        name=package.name,
        version=package.version,
        kind=Kind.SYSTEM,
        licence=library_licence(package.name) or licence_of(own),
        texts=(own, *common_texts(own)) if own else (),
        files=tuple(sorted(files)),
        purl=f"pkg:deb/debian/{package.name}@{package.version}?arch={package.architecture}{distro}".replace("+", "%2B"),
        origin=f"https://sources.debian.org/src/{package.source}/{package.source_version}/",
        note=f"A file of Debian's package {package.name}, from its source package {package.source}.",
        facts={"homepage": package.homepage} if package.homepage else {},
    )


def licence_of(copyright_text: str) -> str:
    """The licences that a copyright file names, if machines can read it (DEP 5); otherwise "see its text"."""
    if not copyright_text.startswith("Format:"):
        return "see its text"
    names = dict[str, None]()
    for paragraph in re.split(r"\n\s*\n", copyright_text):
        files = re.search(r"^Files:\s*(\S.*)", paragraph, re.MULTILINE)
        name = re.search(r"^License:[ \t]*(\S.*)", paragraph, re.MULTILINE)
        if files and name and not files.group(1).startswith(_ARTIFICIAL):
            names[name.group(1).strip()] = None
    return ", ".join(names) or "see its text"


def common_texts(copyright_text: str) -> list[str]:
    """The licences that a copyright file only refers to, because every Debian system has them."""
    names = re.findall(rf"{COMMON_LICENCES}/([A-Za-z]+(?:-[0-9.]*[0-9])?)", copyright_text)
    paths = [COMMON_LICENCES / name for name in dict.fromkeys(names)]
    return list(dict.fromkeys(tidy(path.read_bytes()) for path in paths if path.is_file()))


def _codename() -> str:
    release = Path("/etc/os-release")
    found = (
        re.search(r"^VERSION_CODENAME=(\w+)", release.read_text("utf-8"), re.MULTILINE) if release.is_file() else None
    )
    return found.group(1) if found else ""


def _query(*arguments: str) -> str:
    # Status 1 says that some pattern was not found; what was found is printed all the same.
    return subprocess.run(["dpkg-query", *arguments], capture_output=True, text=True, check=False).stdout
