"""The sample drawings that travel with the program."""

from __future__ import annotations

import importlib.resources
from pathlib import Path
from typing import Final

SAMPLE_SUFFIXES: Final = (".ora", ".png")


def samples_folder() -> Path:
    """Where the samples are installed."""
    return Path(str(importlib.resources.files("linepaint.resources") / "samples"))


def is_sample(path: Path) -> bool:
    """Whether `path` is one of the samples themselves, which are not to be saved over."""
    return path.resolve().parent == samples_folder().resolve()


def sample_paths() -> tuple[Path, ...]:
    """Every sample, by name. Where one exists as .ora and .png, only the .ora, which has hints on it."""
    folder = samples_folder()
    if not folder.is_dir():
        return ()
    by_stem: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in SAMPLE_SUFFIXES:
            by_stem.setdefault(path.stem, path)
    return tuple(by_stem[stem] for stem in sorted(by_stem))
