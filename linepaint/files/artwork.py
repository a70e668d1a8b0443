"""Finished art with its line layer, from flat and layered files: what one learns colouring from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from linepaint.document.arrays import Pixels
from linepaint.files.decoding import Picture
from linepaint.files.errors import FileError
from linepaint.files.foreign import ForeignLayer, find_line_art
from linepaint.imaging.flattening import as_color


@dataclass(frozen=True)
class Artwork:
    """A finished picture, uint8 RGB [H, W, 3], and the artist's own lines, uint8 [H, W] with 255 = paper, if known."""

    color: Pixels
    lines: Pixels | None = None


def artwork_from_layers(
    width: int,
    height: int,
    layers: Sequence[ForeignLayer],
    read_merged: Callable[[], Picture] | None,
    name: str,
) -> Artwork:
    """The merged picture of width x height pixels with the line art among its layers, topmost first.

    Raises FileError, naming `name`, also where the file holds no merged picture.
    """
    if read_merged is None:
        raise FileError.opening(
            name, "it holds no merged picture, so save it again with one (in Photoshop: Maximise compatibility)"
        )
    color = as_color(read_merged())
    if color.shape[:2] != (height, width):
        raise FileError.opening(name, "its merged picture has another size than its layers")
    return Artwork(color, find_line_art(width, height, layers))
