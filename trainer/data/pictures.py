"""Training pictures in a folder: NAME.color.* with NAME.line.*, or colour pictures alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from linepaint.imaging.opencv import cv2

from ..errors import TrainingError
from .line_extraction import extract_lines

SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp"}
MAX_PIXELS = 64 * 1024 * 1024
MIN_SIDE = 16


@dataclass(frozen=True)
class PictureFiles:
    """Where a finished colouring lies, and its line drawing if there is one. source: the sub-folder, "" for none."""

    color: Path
    lines: Path | None
    source: str


@dataclass(frozen=True)
class Pair:
    """A finished colouring, uint8 [H, W, 3] with its lines in it, and the lines, uint8 [H, W], 255 = paper."""

    color: np.ndarray
    lines: np.ndarray


def find_pictures(folder: Path) -> list[PictureFiles]:
    """Every colour picture below a folder, in path order. Raises TrainingError if there is none."""
    if not folder.is_dir():
        raise TrainingError(f"The data folder {folder} is not there; name a folder of pictures with --data.")
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    lines = {key_of(p): p for p in paths if role_of(p) == "line"}
    found = []
    for path in paths:
        if role_of(path) != "line":
            inside = path.relative_to(folder).parts
            found.append(PictureFiles(path, lines.get(key_of(path)), inside[0] if len(inside) > 1 else ""))
    if not found:
        raise TrainingError(
            f"There are no pictures (NAME.color.png with NAME.line.png, or colour pictures) in {folder}."
        )
    return found


def read_pair(picture: PictureFiles, longest_side: int) -> Pair:
    """Read a picture and its lines, shrunk to longest_side. Raises TrainingError, which names the file."""
    color = read_color(picture.color, longest_side)
    if picture.lines is None:
        return Pair(color, extract_lines(color))
    return Pair(color, fitted_lines(decode_gray(_bytes_of(picture.lines), str(picture.lines), longest_side), color))


def read_color(path: Path, longest_side: int) -> np.ndarray:
    """Read a picture as RGB, uint8 [H, W, 3], shrunk to longest_side. Raises TrainingError, which names the file."""
    return decode_color(_bytes_of(path), str(path), longest_side)


def decode_color(content: bytes, name: str, longest_side: int) -> np.ndarray:
    """The RGB picture, uint8 [H, W, 3], in the bytes of a file, as `read_color`; `name` is for messages."""
    return cv2.cvtColor(_decode(content, name, cv2.IMREAD_COLOR, longest_side), cv2.COLOR_BGR2RGB)


def decode_gray(content: bytes, name: str, longest_side: int) -> np.ndarray:
    """The same in shades of gray, uint8 [H, W]."""
    return _decode(content, name, cv2.IMREAD_GRAYSCALE, longest_side)


def fitted_lines(lines: np.ndarray, color: np.ndarray) -> np.ndarray:
    """Lines, uint8 [h, w], at the size of the colours, uint8 [H, W, 3], that they belong to."""
    if lines.shape == color.shape[:2]:
        return lines
    return cv2.resize(lines, color.shape[1::-1], interpolation=cv2.INTER_AREA)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TrainingError(f"{path} cannot be read: {error}.") from error


def _decode(content: bytes, name: str, flag: int, longest_side: int) -> np.ndarray:
    try:
        picture = _on_white(np.frombuffer(content, np.uint8), flag) if content else None
    except cv2.error as error:
        raise TrainingError(f"{name} cannot be read: {error}.") from error
    if picture is None:
        raise TrainingError(f"{name} is no picture, or a broken one.")
    if min(picture.shape[:2]) < MIN_SIDE or picture.shape[0] * picture.shape[1] > MAX_PIXELS:
        raise TrainingError(f"{name} is too small or too large to train on.")
    scale = longest_side / max(picture.shape[:2])
    if scale < 1:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return picture


def _on_white(data: np.ndarray, flag: int) -> np.ndarray | None:
    """Decode a picture, transparent ones laid on white: dropping the alpha would turn their paper black."""
    picture = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    if picture is None or picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 4:
        return cv2.imdecode(data, flag)
    alpha = picture[..., 3:].astype(np.float32) / 255
    on_white = np.rint(picture[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)
    return on_white if flag == cv2.IMREAD_COLOR else cv2.cvtColor(on_white, cv2.COLOR_BGR2GRAY)


def role_of(path: Path) -> str:
    """ "line", "color" or "" from the last part of the stem: NAME.line.png."""
    return Path(path.stem).suffix.lower().lstrip(".")


def key_of(path: Path) -> tuple[Path, str]:
    """What a colour picture and its lines have in common: the folder and NAME."""
    return path.parent, Path(path.stem).stem if role_of(path) in ("line", "color") else path.stem
