"""Where the drawings come from: folders of pictures, single files, pairs for pix2pix, and our own procedural ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from linepaint.engine.catalog import Mode

from ..data.picture_pairs import FOLDERS, PicturePairFiles, find_picture_pairs, read_picture_pair
from ..data.pictures import PictureFiles, find_pictures, read_pair
from ..drawings import draw
from ..errors import TrainingError
from .cases import Case, enlarged
from .own_lines import with_own_lines

FIRST_PROCEDURAL_SEED = 7000
"""Procedural drawing number i for seed s is drawn with the seed FIRST_PROCEDURAL_SEED + 1000 × s + i."""

ROLES = (".color", ".line")


@dataclass(frozen=True)
class CaseFile:
    """A case by its name, not yet read or drawn. load raises TrainingError where its picture cannot be read."""

    name: str
    load: Callable[[], Case]


def picture_cases(
    paths: Sequence[Path],
    mode: Mode,
    size: int,
    seed: int,
    limit: int | None = None,
    sources: Sequence[str] = (),
    enlarge: int = 1,
) -> list[CaseFile]:
    """The pictures in some folders, and single ones, or `limit` of them evenly spaced in order. size: longest side, px;
    enlarge: how many times they are made larger after that. sources: only those of these sub-folders, () for all.

    A case's name is its path below the folder, with _ for /: asp/0001.color.png is asp_0001. Mode picture takes pairs,
    side by side or in A/ and B/. Raises TrainingError.
    """
    found = [named for path in paths for named in _named(path, mode)]
    if sources:
        known = {files.source for _, files in found}
        missing = [source for source in sources if source not in known]
        if missing:
            there = ", ".join(sorted(known - {""})) or "none"
            raise TrainingError(f"No sub-folder {missing[0]} with pictures is in --data; there is: {there}.")
        found = [named for named in found if named[1].source in sources]
    if limit is not None and limit < len(found):
        found = [found[i] for i in np.linspace(0, len(found) - 1, limit).astype(int)]
    seen: dict[str, Path] = {}
    for name, picture in found:
        if name in seen:
            raise TrainingError(f"{seen[name]} and {picture.color} would both be called {name}; rename one of them.")
        seen[name] = picture.color
    return [_larger(_case_file(name, picture, mode, size, seed), enlarge) for name, picture in found]


def procedural_cases(count: int, mode: Mode, size: int, seed: int, enlarge: int = 1) -> list[CaseFile]:
    """Drawings of `trainer.drawings`, size × size px, made larger `enlarge` times; they are our own, so that sheets of
    them can be published."""

    def case_file(number: int) -> CaseFile:
        name = f"procedural_{number + 1:02}"

        def load() -> Case:
            drawing = draw(FIRST_PROCEDURAL_SEED + 1000 * seed + number, size)
            return Case(name, drawing.color, drawing.lines, True, mode, seed)

        return CaseFile(name, load)

    return [_larger(case_file(number), enlarge) for number in range(count)]


def case_name(path: Path) -> str:
    """A picture's name from its path below the folder: sub-folders joined by _, no suffix, no role such as .color."""
    stem = path.stem
    for role in ROLES:
        stem = stem.removesuffix(role)
    return "_".join([*path.parent.parts, stem])


def _named(path: Path, mode: Mode) -> list[tuple[str, PictureFiles | PicturePairFiles]]:
    """The pictures below a folder, or the one that a file is, with their names."""
    if not path.exists():
        raise TrainingError(f"{path} is not there; name a folder of pictures, or colour pictures, with --data.")
    if path.is_dir():
        if mode is not Mode.PICTURE:
            found = find_pictures(path)
            if mode is Mode.SCAN:
                found = with_own_lines(path, found)
            return [(case_name(picture.color.relative_to(path)), picture) for picture in found]
        pairs = find_picture_pairs(path)
        return [(case_name(pair.a.relative_to(path / FOLDERS[0] if pair.b else path)), pair) for pair in pairs]
    if mode is Mode.PICTURE:
        return [(case_name(Path(path.name)), PicturePairFiles(path, None, ""))]
    for picture in find_pictures(path.parent):
        if picture.color == path:
            return [(case_name(Path(path.name)), picture)]
    raise TrainingError(f"{path} is no colour picture; name a folder of pictures, or colour pictures, with --data.")


def _case_file(name: str, files: PictureFiles | PicturePairFiles, mode: Mode, size: int, seed: int) -> CaseFile:
    def load() -> Case:
        if isinstance(files, PicturePairFiles):
            both = read_picture_pair(files, size)
            no_lines = np.full(both.target.shape[:2], 255, np.uint8)
            return Case(name, both.target, no_lines, False, mode, seed, both.source)
        pair = read_pair(files, size)
        return Case(name, pair.color, pair.lines, files.lines is not None, mode, seed)

    return CaseFile(name, load)


def _larger(file: CaseFile, times: int) -> CaseFile:
    return file if times == 1 else CaseFile(file.name, lambda: enlarged(file.load(), times))
