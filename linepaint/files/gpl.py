"""GIMP palettes, which Krita, MyPaint, Inkscape and Aseprite read too.

The first line is `GIMP Palette`, then `Name:` and `Columns:` headers, `#` comments, and a colour a line:
red, green, blue as 0 to 255, and perhaps a name.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from linepaint.document.palette import Palette, Swatch
from linepaint.files.atomic import write_atomically
from linepaint.files.errors import FileError
from linepaint.files.limits import MAX_PALETTE_BYTES, MAX_SWATCHES
from linepaint.files.reading import read_bytes

_MAGIC = "GIMP Palette"
_UNNAMED = "Untitled"
_COLOR_LINE = re.compile(r"(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s+(.*))?", re.ASCII)
_HEADER_LINE = re.compile(r"(\w+):\s*(.*)")


def read_gpl(path: Path) -> Palette:
    """Return the palette in a .gpl file; without a name in it, it takes the file's. Raises FileError."""
    content = read_bytes(path, MAX_PALETTE_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")  # What older programs wrote.
    first, *rest = text.splitlines() or [""]
    if first.strip() != _MAGIC:
        raise FileError.opening(path, "it is not a GIMP palette, whose first line is “GIMP Palette”")
    name = path.stem
    swatches: list[Swatch] = []
    for number, line in enumerate((line.strip() for line in rest), start=2):
        if not line or line.startswith("#"):
            continue
        color = _COLOR_LINE.fullmatch(line)
        header = _HEADER_LINE.fullmatch(line)
        if color:
            swatches.append(_swatch(color, path, number))
        elif header and not swatches:
            name = header[2] if header[1] == "Name" and header[2] else name
        else:
            raise FileError.opening(path, f"line {number} is not a colour (three numbers and a name)")
        if len(swatches) > MAX_SWATCHES:
            raise FileError.opening(path, f"it has more than {MAX_SWATCHES} colours")
    return Palette(name, tuple(swatches))


def write_gpl(palette: Palette, path: Path) -> None:
    """Write `palette` as a .gpl file, keeping the previous one as `name~`. Raises FileError."""
    lines = [_MAGIC, f"Name: {_one_line(palette.name) or _UNNAMED}", "Columns: 8", "#"]
    for swatch in palette.swatches:
        red, green, blue = swatch.color
        lines.append(f"{red:3} {green:3} {blue:3}\t{_one_line(swatch.name) or _UNNAMED}")
    content = ("\n".join(lines) + "\n").encode("utf-8", "replace")

    def write(file: BinaryIO) -> None:
        file.write(content)

    write_atomically(path, write)


def _swatch(match: re.Match[str], path: Path, number: int) -> Swatch:
    red, green, blue = (int(match[index]) for index in (1, 2, 3))
    if max(red, green, blue) > 255:
        raise FileError.opening(path, f"line {number} has a colour value above 255")
    name = (match[4] or "").strip()
    return Swatch((red, green, blue), "" if name == _UNNAMED else name)


def _one_line(text: str) -> str:
    return " ".join(text.split())
