"""The Python distributions of a bundle: a file is the distribution's whose RECORD lists it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from linepaint.credits import licence_of, normalized, notice_of, recorded, requirements_of

from .component import Component, Kind, Part
from .texts import texts_of_expression

OURS = "linepaint"
BUILD_ONLY = {"pyinstaller", "pyinstaller-hooks-contrib"}
"""Their files in a bundle are told as the bootloader: runtime.py."""

_BETTER = {
    # What their metadata says in words that are no SPDX expression, or not at all.
    "contourpy": "BSD-3-Clause",
    "matplotlib": "PSF-2.0",
    "scikit-image": "BSD-3-Clause",
}
NOTES = {
    "pyside6-essentials": (
        "Used under the LGPL, version 3. The libraries are files of their own below _internal/PySide6 and "
        "_internal/shiboken6; put others of the same interface in their place to use linepaint with a changed version. "
        "Source: https://download.qt.io/official_releases/QtForPython/"
    ),
    "opencv-python-headless": (
        "Where its wheel is linked to FFmpeg and to an OpenBLAS of its own, small libraries made for linepaint may "
        "stand in for them."
    ),
    "tqdm": "The files under the MPL-2.0 are unchanged; their source is in the wheel of this version.",
}
NOTES["shiboken6"] = NOTES["pyside6-essentials"]


def installed(site_packages: Sequence[Path]) -> dict[str, Distribution]:
    """The distributions in these folders by their normalized names, but for linepaint's own and what freezes."""
    found = dict[str, Distribution]()
    for distribution in distributions(path=[str(folder) for folder in site_packages]):
        found.setdefault(normalized(distribution.name), distribution)
    return {name: found[name] for name in found if name not in {OURS, *BUILD_ONLY}}


def owners(found: dict[str, Distribution]) -> dict[str, str]:
    """By each path that a RECORD lists, relative to the folder of packages, the name of the distribution."""
    return {path: name for name, distribution in found.items() for path in recorded(distribution)}


def owner_of(file: str, by_path: dict[str, str]) -> str | None:
    """Whose a file is; `file` is relative to the bundle's folder of packages, and a .pyc is its .py."""
    if file in by_path:
        return by_path[file]
    return by_path.get(file[:-1]) if file.endswith(".pyc") else None


def component(distribution: Distribution, files: Iterable[str], present: Iterable[str]) -> Component:
    """A distribution with these files of the bundle; `present` are the normalized names of all that it holds."""
    metadata = distribution.metadata
    name = normalized(metadata["Name"])
    notice = notice_of(distribution, metadata)
    licence = _BETTER.get(name) or licence_of(metadata)
    is_there = set(present)
    return Component(
        name=notice.name,
        version=notice.version,
        kind=Kind.PACKAGE,
        licence=licence,
        texts=notice.texts or texts_of_expression(licence),
        files=tuple(sorted(files)),
        purl=f"pkg:pypi/{name}@{notice.version.replace('+', '%2B')}",
        origin=notice.origin,
        note=NOTES.get(name, ""),
        requires=tuple(sorted({each for each in requirements_of(metadata) if each in is_there})),
        parts=tuple(compiled_in(distribution)),
    )


def compiled_in(distribution: Distribution) -> list[Part]:
    """What the bills of materials in a wheel (PEP 770) tell of it, by name and version."""
    found = dict[tuple[str, str], Part]()
    for name in recorded(distribution):
        if ".dist-info/sboms/" in name and name.endswith(".json") and "auditwheel" not in name:
            content = json.loads(Path(str(distribution.locate_file(name))).read_text("utf-8"))
            for entry in content.get("components", []):
                part = _part(entry)
                # What is of the package index is the wheel itself.
                if not part.purl.startswith("pkg:pypi/"):
                    found.setdefault((part.name, part.version), part)
    return [found[key] for key in sorted(found)]


def _part(entry: dict[str, Any]) -> Part:
    licences = [
        each.get("expression") or each.get("license", {}).get("id") or each.get("license", {}).get("name") or ""
        for each in entry.get("licenses", [])
    ]
    # A part built beside the wheel names a folder of the machine that built it.
    purl = str(entry.get("purl", "")).partition("?")[0]
    optional = entry.get("scope", "required") != "required"
    return Part(str(entry["name"]), str(entry.get("version", "")), " AND ".join(filter(None, licences)), purl, optional)
