"""Folders of finished results, so that any program can be measured, and of the inputs to run it on.

Results of a program, for a case called NAME and a number of hints N:

    FOLDER/N/NAME.png      one sub-folder for each number of hints
    FOLDER/NAME.N.png      or the number as the last part of the name
    FOLDER/NAME.png        without a number: the result without hints

where NAME may also be spelt as a path, as in FOLDER/4/asp/0001.png for the case asp_0001. What `write_inputs` writes:

    DIR/lines/NAME.png     the line drawing         DIR/hints/N/NAME.png   N hints, RGBA, transparent elsewhere
    DIR/gray/NAME.png      the picture in gray      DIR/truth/NAME.png     the artist's colouring
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from linepaint.engine.catalog import Mode
from linepaint.imaging.opencv import cv2

from ..data.pictures import SUFFIXES, read_color
from ..errors import TrainingError
from .case_files import case_name
from .cases import Case

LARGEST_SIDE = 16384

SAME_PROPORTIONS = 0.02
"""How much the proportions of a result may differ from its drawing's: networks with a stride round the sides."""


class ResultFiles:
    """Which result lies where in a folder."""

    def __init__(self, folder: Path) -> None:
        """List the folder. Raises TrainingError if it is not there or two of its pictures are the same result."""
        if not folder.is_dir():
            raise TrainingError(f"The folder of results {folder} is not there; name one with --results NAME=FOLDER.")
        self.folder = folder
        self._paths: dict[tuple[str, int], Path] = {}
        for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES):
            key = _key(path.relative_to(folder))
            if key in self._paths:
                raise TrainingError(f"{path} and {self._paths[key]} are the same result; remove one of them.")
            self._paths[key] = path

    def counts(self, names: Iterable[str], counts: Iterable[int]) -> list[int]:
        """Those numbers of hints for which there are results.

        Raises TrainingError if there are none at all, or for only some of the drawings: a mean over others would be
        no comparison.
        """
        wanted, found = list(names), []
        for count in counts:
            missing = [name for name in wanted if (name, count) not in self._paths]
            if not missing:
                found.append(count)
            elif len(missing) < len(wanted):
                raise TrainingError(
                    f"{self.folder} lacks {_some(missing)} for {count} hints; it needs a result for every drawing."
                )
        if not found:
            have = _some(sorted({name for name, _ in self._paths})) or "no pictures"
            raise TrainingError(
                f"None of the results in {self.folder} matches a drawing: it has {have}, wanted are {_some(wanted)}."
            )
        return found

    def read(self, name: str, count: int, size: tuple[int, int]) -> np.ndarray:
        """A result as uint8 [H, W, 3] of `size` (height, width). It must be one that `counts` has found.

        One of another size with the same proportions is resized. Raises TrainingError for other ones, or broken files.
        """
        path = self._paths[name, count]
        picture = read_color(path, LARGEST_SIDE)
        height, width = size
        if abs(picture.shape[1] * height / (picture.shape[0] * width) - 1) > SAME_PROPORTIONS:
            raise TrainingError(
                f"{path} has {picture.shape[1]} × {picture.shape[0]} pixels, the drawing {width} × {height}: "
                "results must have their drawing's proportions."
            )
        if picture.shape[:2] == size:
            return picture
        interpolation = cv2.INTER_AREA if picture.shape[0] > height else cv2.INTER_LINEAR
        return cv2.resize(picture, (width, height), interpolation=interpolation)


def write_inputs(folder: Path, case: Case, counts: Iterable[int]) -> None:
    """Write what a program needs to colour a case, laid out as above. Raises OSError."""
    _write(folder / "lines" / f"{case.name}.png", case.lines)
    _write(folder / "truth" / f"{case.name}.png", case.color)
    if case.mode is Mode.GRAYSCALE:
        _write(folder / "gray" / f"{case.name}.png", case.gray)
    for count in counts:
        _write(folder / "hints" / str(count) / f"{case.name}.png", case.with_hints(count).hints)


def _write(path: Path, picture: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if picture.ndim == 3:
        to_file = cv2.COLOR_RGBA2BGRA if picture.shape[2] == 4 else cv2.COLOR_RGB2BGR
        picture = cv2.cvtColor(picture, to_file)
    path.write_bytes(cv2.imencode(".png", picture)[1].tobytes())


def _key(path: Path) -> tuple[str, int]:
    """The case and the number of hints that a result is for, from its path below the folder."""
    parts = path.parent.parts
    if parts and parts[0].isdecimal():
        return case_name(path.relative_to(parts[0])), int(parts[0])
    stem, _, number = path.stem.rpartition(".")
    if stem and number.isdecimal():
        return case_name(path.with_name(f"{stem}{path.suffix}")), int(number)
    return case_name(path), 0


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
