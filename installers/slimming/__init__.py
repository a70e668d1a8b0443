"""Makes a frozen folder small, in the order in which one step leaves work for the next."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ..product import PRODUCT
from .docstrings import remove_docstrings
from .icu import trim_icu
from .orphans import remove_orphans
from .run_paths import forget_build_machine
from .stand_ins import can_stand_in, put_stand_ins
from .stripping import strip_folder
from .twins import link_twins

PACKAGES = "_internal"
"""Where PyInstaller puts the packages, below the folder of the programs."""


def slim(bundle: Path, sources: Sequence[Path]) -> dict[str, int]:
    """Slim the bundle in place; by what was done, the bytes that it saved. `sources` are the packages' own folders.

    Libraries are made smaller on Linux only; those of the other systems are linked and signed in other ways. Raises
    BuildError.
    """
    packages = bundle / PACKAGES
    if sys.platform.startswith("linux"):
        forget_build_machine(packages)
    saved = {"docstrings of other packages": remove_docstrings(packages, sources)}
    if can_stand_in():
        saved["OpenCV: FFmpeg and a second OpenBLAS, by stand-ins"] = sum(put_stand_ins(packages).values())
        saved["ICU: languages and encodings that Qt does not ask for"] = trim_icu(packages)
        programs = [bundle / program.name for program in PRODUCT.programs]
        saved["libraries that only the above needed"] = sum(remove_orphans(packages, programs).values())
        saved["libraries that two packages brought along"] = link_twins(packages)
        saved["symbols of libraries, by strip"] = strip_folder(packages)
    return saved
