"""The layer stack of an OpenRaster file, `stack.xml`.

https://www.openraster.org/baseline/layer-stack-spec.html: the topmost layer comes first, offsets are pixels
of the canvas, and opacity runs from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from linepaint.files.errors import FileError
from linepaint.files.limits import MAX_LAYERS, check_size

OPENRASTER_VERSION = "0.0.6"
NORMAL = "svg:src-over"
MULTIPLY = "svg:multiply"

_DAMAGED = "its layer list (stack.xml) is damaged"


@dataclass(frozen=True)
class StackLayer:
    """One pixel layer; visibility and opacity include those of the groups around it."""

    name: str
    src: str
    """Path of its PNG inside the archive."""
    x: int = 0
    y: int = 0
    visible: bool = True
    opacity: float = 1.0
    composite: str = NORMAL


@dataclass(frozen=True)
class Stack:
    """A canvas of width x height pixels and its layers, topmost first."""

    width: int
    height: int
    layers: tuple[StackLayer, ...]


def write_stack(stack: Stack) -> bytes:
    """Return `stack` as the XML of a stack.xml."""
    image = ElementTree.Element("image", version=OPENRASTER_VERSION, w=str(stack.width), h=str(stack.height))
    layers = ElementTree.SubElement(image, "stack")
    for layer in stack.layers:
        ElementTree.SubElement(
            layers,
            "layer",
            {
                "name": _xml_safe(layer.name),
                "src": layer.src,
                "x": str(layer.x),
                "y": str(layer.y),
                "opacity": repr(float(layer.opacity)),
                "visibility": "visible" if layer.visible else "hidden",
                "composite-op": layer.composite,
            },
        )
    ElementTree.indent(image)
    return ElementTree.tostring(image, "UTF-8", xml_declaration=True)


def read_stack(xml: bytes, name: str) -> Stack:
    """Return the stack of a stack.xml with its groups flattened. Raises FileError, naming the file `name`.

    Entities and document types are refused: OpenRaster needs none, and they are how small XML grows large.
    """
    try:
        image = fromstring(xml, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise FileError.opening(name, _DAMAGED) from error
    if image.tag != "image":
        raise FileError.opening(name, _DAMAGED)
    try:
        width, height = int(image.get("w", "")), int(image.get("h", ""))
    except ValueError as error:
        raise FileError.opening(name, "its layer list (stack.xml) does not say how large the picture is") from error
    check_size(width, height, name)
    return Stack(width, height, tuple(_flattened(image, name)))


def _flattened(image: ElementTree.Element, name: str) -> Sequence[StackLayer]:
    layers: list[StackLayer] = []
    seen = 0
    root = StackLayer("", "")
    # A stack of our own and no recursion: a hostile file may nest groups without end.
    waiting = [(child, root) for child in reversed(image)]
    while waiting:
        element, group = waiting.pop()
        if element.tag not in ("stack", "layer"):
            continue
        seen += 1
        if seen > MAX_LAYERS:
            raise FileError.opening(name, f"it has more than {MAX_LAYERS} layers, so merge some")
        try:
            layer = _layer(element, group)
        except (ValueError, OverflowError) as error:
            raise FileError.opening(name, _DAMAGED) from error
        if element.tag == "layer":
            layers.append(layer)
        else:
            waiting.extend((child, layer) for child in reversed(element))
    return layers


def _layer(element: ElementTree.Element, group: StackLayer) -> StackLayer:
    """Return a layer or group with what it inherits. Raises ValueError or OverflowError on odd numbers."""
    opacity = float(element.get("opacity", "1"))
    if not 0 <= opacity <= 1:  # Also when it is not a number.
        raise ValueError("opacity lies between 0 and 1")
    return StackLayer(
        name=element.get("name", ""),
        src=element.get("src", ""),
        x=group.x + int(float(element.get("x", "0"))),
        y=group.y + int(float(element.get("y", "0"))),
        visible=group.visible and element.get("visibility", "visible") != "hidden",
        opacity=group.opacity * opacity,
        composite=element.get("composite-op", NORMAL),
    )


def _xml_safe(text: str) -> str:
    """Return `text` without the control characters and lone surrogates that XML cannot hold at all."""
    return "".join(letter for letter in text if letter == "\t" or letter.isprintable() or letter == " ")
