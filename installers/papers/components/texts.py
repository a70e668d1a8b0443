"""The texts of licences that cannot be collected, because what is under them comes without: installers/papers/texts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from linepaint.credits import tidy

FOLDER = Path(__file__).resolve().parent.parent / "texts"

FILES: dict[str, tuple[str, ...]] = {
    "Apache-2.0": ("Apache-2.0",),
    "CC-BY-4.0": ("CC-BY-4.0",),
    "CC0-1.0": ("CC0-1.0",),
    "GPL-2.0-only": ("GPL-2.0",),
    "GPL-2.0-or-later": ("GPL-2.0",),
    "GPL-3.0-only": ("GPL-3.0",),
    "GPL-3.0-or-later": ("GPL-3.0",),
    "LGPL-2.1-only": ("LGPL-2.1",),
    "LGPL-2.1-or-later": ("LGPL-2.1",),
    # The third version of the LGPL is a supplement to the GPL and says nothing without it.
    "LGPL-3.0-only": ("LGPL-3.0", "GPL-3.0"),
    "LGPL-3.0-or-later": ("LGPL-3.0", "GPL-3.0"),
    "GCC-exception-3.1": ("GCC-exception-3.1", "GPL-3.0"),
    "MPL-2.0": ("MPL-2.0",),
    "OFL-1.1": ("OFL-1.1",),
}
"""By SPDX identifier, the files. Licences that name their holder, such as MIT and BSD, are not the same for all."""


@cache
def text(name: str) -> str:
    """The text in installers/papers/texts/NAME.txt."""
    return tidy((FOLDER / f"{name}.txt").read_bytes())


def texts_of_expression(licence: str) -> tuple[str, ...]:
    """The standard texts of all licences that an SPDX expression names, each once; those not kept here are missing."""
    names = [name for word in re.split(r"[\s()]+", licence) for name in FILES.get(word, ())]
    return tuple(text(name) for name in dict.fromkeys(names))
