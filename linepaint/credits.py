"""Whose work linepaint is made of: every part, its licence, and the licence's text.

The build of an installer writes all that is in it to `linepaint/resources/licences.json`;
installers/papers/licences.py says how it is found. Without that file the installed Python packages that linepaint
needs are told from their own metadata.

    {"format": "linepaint-licences-1", "notices": [{"name", "version", "licence", "kind", "origin", "note", "texts"}],
     "texts": {key: text}}

`texts` of a notice lists keys, so that a text that many parts share is kept once.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import importlib.resources
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import Distribution, PackageMetadata
from pathlib import Path, PurePosixPath
from typing import Any

from linepaint import __version__

FORMAT = "linepaint-licences-1"
FILE_NAME = "licences.json"
ROOT_DISTRIBUTION = "linepaint"

_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|copyright|authors|.+[-_]license)([-_.].*)?", re.IGNORECASE)
_MAYBE_LICENCE = re.compile(r"licen[cs]e|copying|notice|copyright|authors", re.IGNORECASE)
_NO_TEXT = (".py", ".pyc", ".pyi", ".so", ".html", ".h", ".json")
_LONGEST_LICENCE_NAME = 60
_CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "ISC License (ISCL)": "ISC",
}
_SPOKEN = {
    "3-clause bsd license": "BSD-3-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "psfl": "PSF-2.0",
}
"""What authors write for a licence before there were SPDX expressions, in lower case."""


@dataclass(frozen=True)
class Notice:
    """One part: what it is, its licence as an SPDX expression or in words, and the licence's texts in full.

    `kind` is one of the values of installers.papers.components.Kind, "package" for an installed Python package.
    `origin` tells where its source is to be had, `note` what else there is to know; both may be empty.
    """

    name: str
    version: str
    licence: str
    kind: str = "package"
    origin: str = ""
    note: str = ""
    texts: tuple[str, ...] = ()


def notices() -> list[Notice]:
    """What this linepaint is made of, by name. Raises ValueError if licences.json is damaged, OSError if unreadable."""
    file = importlib.resources.files("linepaint.resources") / FILE_NAME
    if file.is_file():
        return from_json(file.read_text(encoding="utf-8"))
    return installed()


def from_json(text: str) -> list[Notice]:
    """The notices of a licences.json. Raises ValueError if it is none."""
    try:
        content: dict[str, Any] = json.loads(text)
        if content["format"] != FORMAT:
            raise ValueError(f"its format is {content['format']}")
        texts: dict[str, str] = content["texts"]
        return [
            Notice(**{**entry, "texts": tuple(texts[key] for key in entry["texts"])}) for entry in content["notices"]
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ValueError("The list of licences is damaged; reinstall linepaint to get it back.") from error


def to_json(notices: Iterable[Notice]) -> str:
    """The licences.json of these notices; the same ones always give the same text."""
    texts: dict[str, str] = {}
    entries = []
    for notice in notices:
        keys = [hashlib.sha256(text.encode()).hexdigest()[:16] for text in notice.texts]
        texts.update(zip(keys, notice.texts, strict=True))
        entries.append({**vars(notice), "texts": keys})
    content = {"format": FORMAT, "notices": entries, "texts": dict(sorted(texts.items()))}
    return json.dumps(content, ensure_ascii=False, indent=0) + "\n"


def installed(root: str = ROOT_DISTRIBUTION, path: Sequence[str] | None = None) -> list[Notice]:
    """The distribution `root` and all that it needs, as far as it is installed, by name; empty if `root` is not.

    `path` lists the folders to look in instead of sys.path. Markers are not evaluated but for extras, which are left
    out: what a marker excludes is not installed.
    """
    wanted, seen, found = [normalized(root)], set[str](), dict[str, Notice]()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        if distribution := find(name, path):
            # Parsed once: every other property of a distribution parses its metadata anew.
            metadata = distribution.metadata
            found[name] = notice_of(distribution, metadata)
            wanted.extend(requirements_of(metadata))
    if path is None and ROOT_DISTRIBUTION in found:
        # An editable installation keeps telling the version that it was made at.
        found[ROOT_DISTRIBUTION] = replace(found[ROOT_DISTRIBUTION], version=__version__, kind="program")
    return [found[name] for name in sorted(found)]


def find(name: str, path: Sequence[str] | None = None) -> Distribution | None:
    """The installed distribution of this name, in the folders of `path` instead of sys.path."""
    folders = list(sys.path if path is None else path)
    return next(iter(importlib.metadata.distributions(name=name, path=folders)), None)


def notice_of(distribution: Distribution, metadata: PackageMetadata) -> Notice:
    """A distribution's notice; `metadata` is its own."""
    return Notice(
        name=metadata["Name"],
        version=metadata["Version"],
        licence=licence_of(metadata),
        origin=origin_of(metadata),
        texts=texts_of(distribution),
    )


def normalized(name: str) -> str:
    """A distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements_of(metadata: PackageMetadata) -> list[str]:
    """The normalized names of what a distribution needs without any extra."""
    names = []
    for wish in metadata.get_all("Requires-Dist") or []:
        requirement, _, marker = str(wish).partition(";")
        if "extra" not in marker and (match := re.match(r"[A-Za-z0-9._-]+", requirement.strip())):
            names.append(normalized(match.group()))
    return names


def licence_of(metadata: PackageMetadata) -> str:
    """A distribution's licence: an SPDX expression where it states one or means one, otherwise "see its text"."""
    if expression := _field(metadata, "License-Expression"):
        return expression
    named = _field(metadata, "License").strip()
    if named.lower() in _SPOKEN:
        return _SPOKEN[named.lower()]
    classifiers = [each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier") or [] if "License ::" in each]
    known = [_CLASSIFIERS[each] for each in classifiers if each in _CLASSIFIERS]
    is_name = named and "\n" not in named and len(named) <= _LONGEST_LICENCE_NAME
    if is_name and not named.lower().startswith(("copyright", "license agreement", "files:", "===", "unknown")):
        return named
    return " AND ".join(known) or "see its text"


def origin_of(metadata: PackageMetadata) -> str:
    """Where a distribution's source is to be had: its repository, else its home page, else any address it names."""
    named = dict[str, str]()
    for entry in metadata.get_all("Project-URL") or []:
        label, _, address = str(entry).partition(",")
        named[label.strip().lower()] = address.strip()
    for label in ("source", "source code", "repository", "code", "github", "homepage", "home"):
        if named.get(label):
            return named[label]
    return _field(metadata, "Home-page").replace("UNKNOWN", "") or next(iter(named.values()), "")


def _field(metadata: PackageMetadata, name: str) -> str:
    return str((metadata.get_all(name) or [""])[0])


def texts_of(distribution: Distribution) -> tuple[str, ...]:
    """The texts of every licence file that it was installed with, each once, its own licence first."""
    files = [PurePosixPath(name) for name in recorded(distribution, only=_MAYBE_LICENCE)]
    files = [file for file in files if is_licence_file(file)]
    files.sort(key=lambda file: (".dist-info" not in file.parts[0], len(file.parts), str(file)))
    texts = dict[str, None]()
    for file in files:
        path = Path(str(distribution.locate_file(file)))
        if path.is_file() and (text := tidy(path.read_bytes())):
            texts[text] = None
    return tuple(texts)


def recorded(distribution: Distribution, only: re.Pattern[str] | None = None) -> list[str]:
    """The paths of a distribution's files as its RECORD tells them, those in whose line `only` is found.

    Distribution.files makes two paths for each of the many thousand files of torch, which takes seconds.
    """
    record = distribution.read_text("RECORD")
    if record is None:
        return [str(file) for file in distribution.files or []]
    lines = record.splitlines()
    return [row[0] for row in csv.reader(lines if only is None else filter(only.search, lines)) if row]


def is_licence_file(file: PurePosixPath) -> bool:
    """Whether a file's name is one that licences have."""
    return file.suffix not in _NO_TEXT and bool(_LICENCE_FILE.fullmatch(file.name))


def tidy(content: bytes) -> str:
    """The text in a file, without spaces at the ends of lines and empty lines around it: equal texts become equal."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    lines = [line.rstrip() for line in text.replace("\f", "\n").splitlines()]
    return "\n".join(lines).strip("\n")
