"""Any picture A with any picture B made of it, in the two layouts in which the data sets of pix2pix come.

Side by side in one file, or in the folders A/ and B/ under the same names (Isola et al. 2017, "Image-to-Image
Translation with Conditional Adversarial Networks").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from linepaint.imaging.opencv import cv2

from ..errors import TrainingError
from .pictures import SUFFIXES, Pair, read_color

Layout = Literal["side-by-side", "folders"]
Direction = Literal["AtoB", "BtoA"]
FOLDERS = ("A", "B")
FULL_SIZE = 1 << 30
"""A longest side that shrinks nothing."""


@dataclass(frozen=True)
class PicturePairFiles:
    """Where A and B lie; b is None where a holds both, A left and B right. source: the sub-folder, "" for none."""

    a: Path
    b: Path | None
    source: str

    @property
    def color(self) -> Path:
        """The file that stands for the pair in lists of sources."""
        return self.b or self.a


@dataclass(frozen=True)
class PicturePair:
    """What a generator is given and what it should make of it: RGB, uint8 [H, W, 3] both."""

    source: np.ndarray
    target: np.ndarray

    def as_lines(self) -> Pair:
        """The same where the source is a line drawing, dark on white, and the target a colouring with its lines."""
        return Pair(self.target, cv2.cvtColor(self.source, cv2.COLOR_RGB2GRAY))


def layout_of(folder: Path) -> Layout:
    """What a data folder looks like: "folders" where it has A/ and B/, else "side-by-side"."""
    return "folders" if all((folder / name).is_dir() for name in FOLDERS) else "side-by-side"


def find_picture_pairs(folder: Path, layout: Layout | None = None) -> list[PicturePairFiles]:
    """Every pair below a folder, in path order; layout None: the one that it looks like.

    Raises TrainingError if there is none, or a picture in A/ has none of its name in B/.
    """
    if not folder.is_dir():
        raise TrainingError(f"The data folder {folder} is not there; name a folder of picture pairs.")
    layout = layout or layout_of(folder)
    if layout == "side-by-side":
        found = [PicturePairFiles(path, None, _source(path, folder)) for path in _pictures(folder)]
    else:
        found = _in_two_folders(folder / FOLDERS[0], folder / FOLDERS[1])
    if not found:
        raise TrainingError(f"There are no picture pairs in {folder}; put A and B side by side, or into A/ and B/.")
    return found


def read_picture_pair(files: PicturePairFiles, longest_side: int, direction: Direction = "AtoB") -> PicturePair:
    """Read a pair, each picture shrunk to longest_side; B is fitted to A's size.

    Raises TrainingError, which names the file, also for a side-by-side picture of an odd width.
    """
    if files.b is None:
        # Shrunk only once halved, or they would mix where they meet.
        both = read_color(files.a, FULL_SIZE)
        width = both.shape[1]
        if width % 2:
            raise TrainingError(f"{files.a} is {width} pixels wide, which does not halve; is it A and B side by side?")
        a, b = _shrunk(both[:, : width // 2], longest_side), _shrunk(both[:, width // 2 :], longest_side)
    else:
        a, b = read_color(files.a, longest_side), read_color(files.b, longest_side)
    b = cv2.resize(b, a.shape[1::-1], interpolation=cv2.INTER_AREA) if b.shape != a.shape else b
    return PicturePair(a, b) if direction == "AtoB" else PicturePair(b, a)


def _in_two_folders(first: Path, second: Path) -> list[PicturePairFiles]:
    partners = {path.relative_to(second).with_suffix(""): path for path in _pictures(second)}
    found = []
    for path in _pictures(first):
        partner = partners.get(path.relative_to(first).with_suffix(""))
        if partner is None:
            raise TrainingError(f"{path} has no picture of the same name in {second}; add it, or take this one away.")
        found.append(PicturePairFiles(path, partner, _source(path, first)))
    return found


def _pictures(folder: Path) -> Sequence[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def _source(path: Path, folder: Path) -> str:
    inside = path.relative_to(folder).parts
    return inside[0] if len(inside) > 1 else ""


def _shrunk(picture: np.ndarray, longest_side: int) -> np.ndarray:
    scale = longest_side / max(picture.shape[:2])
    if scale >= 1:
        return np.ascontiguousarray(picture)
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
