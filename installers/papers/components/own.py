"""What a bundle has of linepaint itself: the program, each checkpoint, and the samples."""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections.abc import Iterable
from pathlib import Path

from linepaint.credits import tidy

from ...places import ROOT
from ...product import PRODUCT
from .component import Component, Kind

IS_OURS = re.compile(r"linepaint(-[^/]*\.dist-info)?/")
"""How files of linepaint begin, below the folder of packages."""

RESOURCES = "linepaint/resources/"
TEXT_WIDTH = 78
LONGEST_HEADER = 1 << 20
"""Bytes of a safetensors header that are read at most."""


def licence_text() -> str:
    """linepaint's licence."""
    return tidy((ROOT / "LICENSE").read_bytes())


def program(files: Iterable[str]) -> Component:
    """linepaint with these files."""
    return Component(
        name=PRODUCT.name,
        version=PRODUCT.version,
        kind=Kind.PROGRAM,
        licence=PRODUCT.licence,
        texts=(licence_text(),),
        files=tuple(sorted(files)),
        purl=f"pkg:generic/{PRODUCT.name}@{PRODUCT.version}",
        origin=PRODUCT.homepage,
    )


def samples(files: Iterable[str]) -> Component:
    """The samples, which linepaint's own drawing generator made."""
    return Component(
        name="Samples",
        version=PRODUCT.version,
        kind=Kind.SAMPLES,
        licence=PRODUCT.licence,
        texts=(licence_text(),),
        files=tuple(sorted(files)),
        note="Made for linepaint, by its own drawing generator.",
    )


def checkpoint(path: Path, files: Iterable[str]) -> Component:
    """The checkpoint at `path`; `files` are it and its model card. Raises ValueError if it has no header of ours."""
    header = read_header(path)
    data = json.loads(header.get("data", "[]"))
    licence = header.get("licence", "")
    return Component(
        name=f"Checkpoint {path.stem}",
        version=PRODUCT.version,
        kind=Kind.CHECKPOINT,
        licence=licence,
        texts=(provenance(data), licence_text()) if licence == PRODUCT.licence else (),
        files=tuple(sorted(files)),
        facts={
            "mode": header["mode"],
            "architecture": header["architecture"],
            "recipe": header["recipe"],
            "steps": header["steps"],
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "data": json.dumps(data, ensure_ascii=False, sort_keys=True),
        },
    )


def provenance(data: list[dict[str, object]]) -> str:
    """What a checkpoint was trained on, with the licences and names of the artists that its header holds."""
    lines = ["Trained on these pictures, none of which is in the file:"]
    for entry in data:
        source = entry.get("source") or "a source that is not named"
        count = f"{entry['pictures']} pictures. " if entry.get("pictures") else ""
        told = f"- {source}: {count}{entry.get('licence') or 'Its licence is not stated.'}"
        lines.append(textwrap.fill(told, TEXT_WIDTH, subsequent_indent="  ", break_long_words=False))
    return "\n\n".join(lines)


def read_header(path: Path) -> dict[str, str]:
    """The metadata of a safetensors file. Raises ValueError if it is none of a checkpoint."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= LONGEST_HEADER:
            raise ValueError(f"{path.name} is no safetensors file; put the shipped one back.")
        metadata: dict[str, str] = json.loads(file.read(length)).get("__metadata__") or {}
    if not {"mode", "architecture", "recipe", "steps"} <= set(metadata):
        raise ValueError(f"{path.name} has no header of a linepaint checkpoint; put the shipped one back.")
    return metadata
