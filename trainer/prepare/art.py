"""The art in some folders: what is there, what each file's pair will be called, and which lines lie beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from linepaint.files.opening import OPENABLE_SUFFIXES

from ..data.pictures import SUFFIXES, key_of, role_of
from ..data.sources import LICENCE_NAME
from ..errors import TrainingError


@dataclass(frozen=True)
class ArtFile:
    """One file of the artist's.

    path: where it lies. picture: its path below the art folder, as reports name it. name: the path, without a suffix,
    of its pair below the output folder. source: its first sub-folder, "" for none. lines: a line drawing beside it.
    """

    path: Path
    picture: str
    name: str
    source: str
    lines: Path | None = None

    @property
    def is_supported(self) -> bool:
        """Whether its name is that of a picture or of a layered file that can be read."""
        return self.path.suffix.lower() in OPENABLE_SUFFIXES


def find_art(folders: Sequence[Path], out: Path) -> list[ArtFile]:
    """Every file below the art folders but hidden ones and licences, in order of its name; each has a name of its own.

    Several folders become sub-folders, and with them sources, of the output. Raises TrainingError where a folder is
    missing or empty, two have one name, or the output lies inside one.
    """
    inside = [PurePosixPath(folder.resolve().name) if len(folders) > 1 else PurePosixPath() for folder in folders]
    if len(set(inside)) < len(inside):
        raise TrainingError("Two of the art folders have the same name, which their pairs could not share; rename one.")
    found = [art for folder, prefix in zip(folders, inside, strict=True) for art in _in_folder(folder, prefix, out)]
    if not found:
        raise TrainingError("There is nothing in the art folder; name one with finished pictures.")
    return _named_apart(sorted(found, key=lambda art: art.picture))


def copy_licences(folders: Sequence[Path], out: Path) -> None:
    """Put a copy of each LICENSE.txt where the pairs that it covers are."""
    for folder in folders:
        target = out / folder.resolve().name if len(folders) > 1 else out
        for licence in sorted(folder.rglob(LICENCE_NAME)):
            copy = target / licence.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(licence.read_bytes())


def _in_folder(folder: Path, prefix: PurePosixPath, out: Path) -> list[ArtFile]:
    if not folder.is_dir():
        raise TrainingError(f"The art folder {folder} is not there; name a folder of finished pictures.")
    if out.resolve().is_relative_to(folder.resolve()):
        raise TrainingError(f"The pairs cannot be written into the art folder {folder} itself; choose another --out.")
    paths = [path for path in folder.rglob("*") if _is_art(path.relative_to(folder)) and not path.is_dir()]
    lines = {key_of(path): path for path in paths if role_of(path) == "line" and path.suffix.lower() in SUFFIXES}
    return [
        _art_file(path, prefix / path.relative_to(folder).as_posix(), lines.get(key_of(path)))
        for path in paths
        if path not in lines.values()
    ]


def _art_file(path: Path, place: PurePosixPath, lines: Path | None) -> ArtFile:
    stem = key_of(path)[1]
    return ArtFile(path, str(place), str(place.with_name(stem)), place.parts[0] if len(place.parts) > 1 else "", lines)


def _is_art(path: Path) -> bool:
    return path.name != LICENCE_NAME and not any(part.startswith(".") for part in path.parts)


def _named_apart(found: list[ArtFile]) -> list[ArtFile]:
    """The same with "cat.png" and "cat.jpg" called "cat-png" and "cat-jpg"."""
    taken: dict[str, int] = {}
    for art in found:
        taken[art.name] = taken.get(art.name, 0) + art.is_supported
    return [
        ArtFile(art.path, art.picture, f"{art.name}-{art.path.suffix.lower().lstrip('.')}", art.source, art.lines)
        if taken[art.name] > 1
        else art
        for art in found
    ]
