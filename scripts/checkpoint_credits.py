"""Who made the pictures that the shipped checkpoints learned from, for model cards: by the sources in a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from measure_latency import table


@dataclass(frozen=True)
class Credit:
    """title: of a source, as one finds it. licence: of its pictures. by: who made them."""

    title: str
    licence: str
    by: str


_STAMPS = "Tux Paint stamps 2022.06.04"
_BY_STAMPS = "Copyright 2002-2022 Bill Kendrick and contributors"

CREDITS = {
    "asp": Credit(
        "African Storybook, africanstorybook.org",
        "CC BY (4.0 or 3.0, as the story says)",
        "the illustrators named [in live's card](live.md#illustrators-of-the-african-storybook-pictures)",
    ),
    "bigheads": Credit("Big Heads 0.3.3", "MIT", "Copyright (c) 2020 Robert Broersma"),
    "bookdash": Credit("Book Dash picture books, bookdash.org", "CC BY 4.0", "the creative team that each book names"),
    "dicebear": Credit(
        "DiceBear 9.4.3: Adventurer, Avatar Illustration System, Open Peeps",
        "CC BY 4.0, CC BY 4.0, CC0 1.0",
        "Lisa Wischofsky, Micah Lanier, Pablo Stanley",
    ),
    "duelyst": Credit("Duelyst artwork, open-duelyst-assets", "CC0 1.0", "the Duelyst artists"),
    "gophers": Credit(
        "Free Gophers Pack; Gophers",
        "CC0 1.0",
        "Maria Letta; Egon Elbre. The Go gopher was designed by Renee French (CC BY 4.0)",
    ),
    "openclipart": Credit("Open Clip Art Library 0.18", "public domain", "the library's contributors, openclipart.org"),
    "openmoji": Credit(
        "OpenMoji 17.0.0",
        "CC BY-SA 4.0",
        "All emojis designed by OpenMoji, the open-source emoji and icon project, openmoji.org",
    ),
    "stamps": Credit(f"{_STAMPS}, drawn as vectors", "GPL-2.0-or-later", _BY_STAMPS),
    "stampspng": Credit(f"{_STAMPS}, painted", "GPL-2.0-or-later", _BY_STAMPS),
    "wapuu": Credit("Wapuu", "GPL-2.0-or-later", "Kazuko Kaneuchi, for ja.wordpress.org"),
    "wesnoth": Credit(
        "The Battle for Wesnoth 1.16, portraits",
        "GPL-2.0-or-later, newer ones CC BY-SA 4.0",
        "David White and the Wesnoth artists",
    ),
}
"""By the folder that a source lies in, which is its name in headers."""


def credits_table(data: Sequence[Any]) -> str:
    """The sources in a header's `data` with their makers; one that is not known here has the header's own words."""
    rows = []
    for entry in data:
        entry = entry if isinstance(entry, dict) else {"source": str(entry)}
        source, pictures = str(entry.get("source", "")), str(entry.get("pictures") or "–")
        known = CREDITS.get(source)
        if known is None:
            is_own = source.startswith("procedural")
            licence = str(entry.get("licence", "not stated")).replace("|", "/")
            rows.append([source, source, licence, "linepaint's own generator" if is_own else "–", pictures])
        else:
            rows.append([source, known.title, known.licence, known.by, pictures])
    told = table(["folder", "source", "licence", "by", "pictures"], rows)
    return (
        f"{told}\n\nChanges to the pictures: resized; icons and figures rendered from their vector originals, some "
        "recoloured; lines derived or taken from the originals. Nothing of them is in the file but what the weights "
        "took from them. What the evaluation was made on is none of these."
    )
