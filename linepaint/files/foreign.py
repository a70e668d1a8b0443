"""Finding the line art among the layers of another program's file.

Artists name their line layers, so names come first; then the topmost layer that looks like ink on nothing;
then the merged picture. A layer named as hints becomes hints, and one named as our gray pictures are becomes one,
so a document of ours survives a visit to another program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.tiles import TiledImage
from linepaint.files.decoding import Picture
from linepaint.files.errors import FileError
from linepaint.imaging.flattening import as_gray
from linepaint.imaging.linework import normalise_scan

_LINE_NAMES = (
    re.compile(r"(?<![a-z])(line|lines|line ?art|linework|ink|inks|inking|inked|outlines?)(?![a-z])|線|线", re.I),
    re.compile(r"(?<![a-z])(sketch|pencils?|draft|rough)(?![a-z])", re.I),
)
"""Names of line layers, finished ones before rough ones."""

_HINT_NAMES = re.compile(r"(?<![a-z])hints?(?![a-z])", re.I)

_GRAY_NAME = re.compile(r"\s*gr[ae]y picture\s*", re.I)

_MAX_LAYERS_LOOKED_AT = 16
"""Layers decoded while looking for one like ink; line art lies near the top."""


@dataclass(frozen=True)
class ForeignLayer:
    """One pixel layer of another program; `read` decodes it when asked and may raise FileError."""

    name: str
    x: int
    y: int
    visible: bool
    multiplies: bool
    """True where the layer darkens what is below, as scans of line art do."""
    read: Callable[[], Picture]


def document_from_layers(
    width: int,
    height: int,
    layers: Sequence[ForeignLayer],
    read_merged: Callable[[], Picture] | None,
    name: str,
) -> Document:
    """Return a document of width x height pixels from `layers`, topmost first.

    Raises FileError, naming `name`.
    """
    hint_layers = [layer for layer in layers if _HINT_NAMES.search(layer.name)]
    gray = next((layer for layer in layers if _GRAY_NAME.fullmatch(layer.name)), None)
    if gray is not None:
        document = Document.from_gray(_on_white(gray, width, height))
    else:
        document = Document.from_scan(_line_art(width, height, layers, read_merged, name))
    if hint_layers:
        _place_hints(document.hints.pixels, hint_layers[0])
    return document


def _line_art(
    width: int,
    height: int,
    layers: Sequence[ForeignLayer],
    read_merged: Callable[[], Picture] | None,
    name: str,
) -> Pixels:
    """Return the line art uint8 [height, width], if need be that of the merged picture. Raises FileError."""
    scan = find_line_art(width, height, layers)
    if scan is None:
        if read_merged is None:
            raise FileError.opening(
                name, "it has neither line art nor a merged picture, so name the layer of the lines “Lines”"
            )
        scan = normalise_scan(read_merged())
        if scan.shape != (height, width):
            raise FileError.opening(name, "its merged picture has another size than its layers")
    return scan


def find_line_art(width: int, height: int, layers: Sequence[ForeignLayer]) -> Pixels | None:
    """Return the line art, uint8 [height, width], among `layers`, topmost first, or None. Raises FileError."""
    drawn = [layer for layer in layers if not _HINT_NAMES.search(layer.name)]
    scan = _scan_by_name(drawn, width, height)
    return _scan_by_look(drawn, width, height) if scan is None else scan


def _scan_by_name(layers: Sequence[ForeignLayer], width: int, height: int) -> Pixels | None:
    """Return all visible layers with a line layer's name, or else all hidden ones, laid together."""
    for pattern in _LINE_NAMES:
        named = [layer for layer in layers if pattern.search(layer.name)]
        chosen = [layer for layer in named if layer.visible] or named
        if chosen:
            return _laid_together(((layer, layer.read()) for layer in chosen), width, height)
    return None


def _scan_by_look(layers: Sequence[ForeignLayer], width: int, height: int) -> Pixels | None:
    """Return the topmost visible layer that is dark on nothing, or multiplies and is mostly white."""
    visible = [layer for layer in layers if layer.visible]
    for layer in visible[:_MAX_LAYERS_LOOKED_AT]:
        picture = layer.read()
        if _looks_like_ink(picture, layer.multiplies, width * height):
            return _laid_together([(layer, picture)], width, height)
    return None


def _looks_like_ink(picture: Picture, multiplies: bool, canvas_pixels: int) -> bool:
    if picture.dtype != np.uint8 or picture.ndim != 3:
        return multiplies
    if multiplies and (picture.shape[2] == 3 or bool((picture[..., 3] == 255).all())):
        return float(np.median(picture[..., :3])) >= 200
    if picture.shape[2] != 4:
        return False
    covered = picture[..., 3] >= 128
    share = int(covered.sum()) / canvas_pixels
    return 0 < share < 0.4 and float(picture[..., :3][covered].mean()) < 100


def _laid_together(layers: Iterable[tuple[ForeignLayer, Picture]], width: int, height: int) -> Pixels:
    """Return the ink of all `layers` on one canvas, uint8 [height, width]."""
    canvas = np.full((height, width), 255, np.uint8)
    for layer, picture in layers:
        on_canvas, on_layer = _overlap(layer, picture, width, height)
        part = canvas[on_canvas]
        if part.size:
            canvas[on_canvas] = np.minimum(part, normalise_scan(picture)[on_layer])
    return canvas


def _on_white(layer: ForeignLayer, width: int, height: int) -> Pixels:
    """Return the tones of `layer` on a white canvas, uint8 [height, width]."""
    canvas = np.full((height, width), 255, np.uint8)
    picture = layer.read()
    on_canvas, on_layer = _overlap(layer, picture, width, height)
    canvas[on_canvas] = as_gray(picture)[on_layer]
    return canvas


def _place_hints(hints: TiledImage, layer: ForeignLayer) -> None:
    picture = layer.read()
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 4:
        return  # Without transparency every pixel would be a hint.
    on_canvas, on_layer = _overlap(layer, picture, hints.width, hints.height)
    rows, columns = on_canvas
    rect = Rect(columns.start, rows.start, columns.stop - columns.start, rows.stop - rows.start)
    if not rect.is_empty:
        hints.write(rect, picture[on_layer])


def _overlap(
    layer: ForeignLayer, picture: Picture, width: int, height: int
) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Return where layer and canvas meet: slices into the canvas, slices into the layer's picture."""
    shared = Rect(layer.x, layer.y, picture.shape[1], picture.shape[0]).clipped(width, height)
    return shared.slices, Rect(shared.x - layer.x, shared.y - layer.y, shared.width, shared.height).slices
