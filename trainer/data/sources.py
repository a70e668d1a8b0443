"""Where the pictures of a run come from and under which licence: what the model card will say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

LICENCE_NAME = "LICENSE.txt"
UNSTATED = "not stated (no LICENSE.txt beside the pictures)"


class FromSource(Protocol):
    """A picture file, or a pair of them, that says which source it belongs to."""

    @property
    def color(self) -> Path:
        """Where it lies."""

    @property
    def source(self) -> str:
        """The sub-folder, "" for none."""


def describe_sources(
    pictures: Sequence[FromSource], folders: Sequence[Path], procedural: float
) -> list[dict[str, Any]]:
    """One entry for each source: its name, how many pictures, and what its LICENSE.txt says in its first paragraph."""
    counts = Counter((p.source or p.color.parent.name, p.color.parent) for p in pictures)
    sources: dict[str, dict[str, Any]] = {}
    for (name, folder), count in sorted(counts.items(), key=lambda item: str(item[0])):
        entry = sources.setdefault(name, {"source": name, "pictures": 0, "licence": licence_of(folder, folders)})
        entry["pictures"] += count
    described = list(sources.values())
    if procedural > 0 or not pictures:
        described.append(
            {
                "source": "procedural drawings of linepaint.trainer",
                "pictures": 0,
                "licence": "GPL-3.0-or-later",
            }
        )
    return described


def licence_of(folder: Path, roots: Sequence[Path]) -> str:
    """The first paragraph of the nearest LICENSE.txt, from the pictures' folder up to the data folder."""
    while True:
        path = folder / LICENCE_NAME
        if path.is_file():
            paragraph = path.read_text("utf-8", errors="replace").strip().split("\n\n")[0]
            return " ".join(paragraph.split())[:400]
        if folder in roots or folder == folder.parent:
            return UNSTATED
        folder = folder.parent
