"""What an .ora says to linepaint alone, as JSON in `linepaint/document.json`.

Everything in it comes from outside, so every value is checked for its kind and range, and a wrong one is a
`MetadataError` that names its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linepaint.document.document import Document, ViewState
from linepaint.document.layers import Layer, LayerKind, Levels
from linepaint.document.mode import DocumentMode
from linepaint.document.palette import Color, Palette, Swatch
from linepaint.files.limits import MAX_SWATCHES

FORMAT = "linepaint"
VERSIONS = {DocumentMode.LINEART: 1, DocumentMode.GRAYSCALE: 2}
"""What a document is written as. A linepaint that knows no modes turns version 2 away, for it would multiply gray
pictures over their colour."""

_MAX_TEXT = 4096
_MAX_NUMBER = 1e9


class MetadataError(ValueError):
    """A value in the metadata that is missing or not what it should be; the message is a clause naming it."""


@dataclass(frozen=True)
class LayerState:
    """How one layer is named and shown."""

    name: str
    visible: bool
    opacity: float


@dataclass(frozen=True)
class Metadata:
    """Everything about a document but its pixels."""

    width: int
    height: int
    layers: Mapping[LayerKind, LayerState]
    levels: Levels
    paper_color: Color
    palette: Palette
    recent_colors: tuple[Color, ...]
    checkpoint: str
    seed: int
    view: ViewState | None
    mode: DocumentMode = DocumentMode.LINEART

    @classmethod
    def of(cls, document: Document) -> Metadata:
        """Take everything but the pixels from `document`."""
        return cls(
            width=document.width,
            height=document.height,
            layers={layer.kind: _state_of(layer) for layer in document.layers},
            levels=document.lines.levels,
            paper_color=document.paper.color,
            palette=document.palette,
            recent_colors=document.recent_colors,
            checkpoint=document.checkpoint,
            seed=document.seed,
            view=document.view,
            mode=document.mode,
        )


def write_metadata(metadata: Metadata) -> bytes:
    """Return the JSON of `metadata`."""
    view = metadata.view
    tree = {
        "format": FORMAT,
        "version": VERSIONS[metadata.mode],
        "mode": metadata.mode.value,
        "width": metadata.width,
        "height": metadata.height,
        "layers": {
            kind.value: {"name": state.name, "visible": state.visible, "opacity": state.opacity}
            for kind, state in metadata.layers.items()
        },
        "levels": {"black": metadata.levels.black, "white": metadata.levels.white},
        "paper_color": list(metadata.paper_color),
        "palette": {
            "name": metadata.palette.name,
            "swatches": [{"name": swatch.name, "color": list(swatch.color)} for swatch in metadata.palette.swatches],
        },
        "recent_colors": [list(color) for color in metadata.recent_colors],
        "checkpoint": metadata.checkpoint,
        "seed": metadata.seed,
        "view": None
        if view is None
        else {
            "zoom": view.zoom,
            "center_x": view.center_x,
            "center_y": view.center_y,
            "rotation_degrees": view.rotation_degrees,
            "mirrored": view.mirrored,
        },
    }
    # ASCII throughout, so that a lone surrogate in some name survives as an escape.
    return json.dumps(tree, indent=1).encode("ascii")


def read_metadata(content: bytes) -> Metadata:
    """Return checked metadata. Raises MetadataError."""
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise MetadataError("its linepaint data (document.json) is damaged") from error
    root = _object(tree, "document.json")
    if root.get("format") != FORMAT:
        raise MetadataError("its linepaint data (document.json) is of another program")
    if _integer(root, "version", 1, 1_000_000) > max(VERSIONS.values()):
        raise MetadataError("it was saved by a newer linepaint, so update this one")
    layers = _object(root.get("layers"), "layers")
    palette = _object(root.get("palette"), "palette")
    levels = _object(root.get("levels"), "levels")
    black = _integer(levels, "black", 0, 254)
    return Metadata(
        width=_integer(root, "width", 1, 1 << 30),
        height=_integer(root, "height", 1, 1 << 30),
        layers={kind: _read_state(layers.get(kind.value), kind) for kind in LayerKind},
        levels=Levels(black, _integer(levels, "white", black + 1, 255)),
        paper_color=_color(root.get("paper_color"), "paper_color"),
        palette=Palette(_text(palette, "name"), tuple(_read_swatch(item) for item in _list(palette, "swatches"))),
        recent_colors=tuple(_color(item, "recent_colors") for item in _list(root, "recent_colors")),
        checkpoint=_text(root, "checkpoint"),
        seed=_integer(root, "seed", -(1 << 63), (1 << 64) - 1),
        view=_read_view(root.get("view")),
        mode=_read_mode(root),
    )


def _state_of(layer: Layer) -> LayerState:
    return LayerState(layer.name, layer.visible, layer.opacity)


def _read_state(value: Any, kind: LayerKind) -> LayerState:
    layer = _object(value, f"layers.{kind.value}")
    return LayerState(_text(layer, "name"), _flag(layer, "visible"), _number(layer, "opacity", 0, 1))


def _read_mode(root: dict[str, Any]) -> DocumentMode:
    """Return the mode; files that were saved before there were modes hold line art and do not say so."""
    if "mode" not in root:
        return DocumentMode.LINEART
    mode = _text(root, "mode")
    if mode not in set(DocumentMode):
        raise MetadataError(f"its mode {mode[:40]!r} is not known to this linepaint, so update it")
    return DocumentMode(mode)


def _read_swatch(value: Any) -> Swatch:
    swatch = _object(value, "swatches")
    return Swatch(_color(swatch.get("color"), "color"), _text(swatch, "name"))


def _read_view(value: Any) -> ViewState | None:
    """Return the view, or None where it is missing or odd: no reason to refuse a drawing."""
    try:
        view = _object(value, "view")
        return ViewState(
            zoom=_number(view, "zoom", 1e-6, 1e6),
            center_x=_number(view, "center_x", -_MAX_NUMBER, _MAX_NUMBER),
            center_y=_number(view, "center_y", -_MAX_NUMBER, _MAX_NUMBER),
            rotation_degrees=_number(view, "rotation_degrees", -_MAX_NUMBER, _MAX_NUMBER),
            mirrored=_flag(view, "mirrored"),
        )
    except MetadataError:
        return None


def _wrong(place: str) -> MetadataError:
    return MetadataError(f"the value {place!r} in its linepaint data (document.json) is missing or wrong")


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(place)
    return value


def _list(tree: dict[str, Any], key: str) -> list[Any]:
    value = tree.get(key)
    if not isinstance(value, list) or len(value) > MAX_SWATCHES:
        raise _wrong(key)
    return value


def _text(tree: dict[str, Any], key: str) -> str:
    value = tree.get(key)
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise _wrong(key)
    return value


def _flag(tree: dict[str, Any], key: str) -> bool:
    value = tree.get(key)
    if not isinstance(value, bool):
        raise _wrong(key)
    return value


def _integer(tree: dict[str, Any], key: str, lowest: int, highest: int) -> int:
    value = tree.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise _wrong(key)
    return value


def _number(tree: dict[str, Any], key: str, lowest: float, highest: float) -> float:
    value = tree.get(key)
    # The comparison also turns away NaN and infinity, which Python's JSON knows.
    if isinstance(value, bool) or not isinstance(value, int | float) or not lowest <= value <= highest:
        raise _wrong(key)
    return float(value)


def _color(value: Any, place: str) -> Color:
    if not isinstance(value, list) or len(value) != 3:
        raise _wrong(place)
    if not all(type(channel) is int and 0 <= channel <= 255 for channel in value):
        raise _wrong(place)
    red, green, blue = value
    return red, green, blue
