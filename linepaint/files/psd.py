"""Photoshop documents: written with all four layers, read for their line art or gray picture.

Import this module only where a PSD is in hand: psd-tools takes a quarter of a second to load.
"""

from __future__ import annotations

import io
import logging
import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image
from psd_tools import PSDImage
from psd_tools.api.layers import Layer as PsdLayer
from psd_tools.constants import BlendMode

from linepaint.document.arrays import Pixels
from linepaint.document.document import Document
from linepaint.document.layers import ColorLayer, HintLayer, Layer, LineLayer
from linepaint.document.mode import DocumentMode
from linepaint.files.artwork import Artwork, artwork_from_layers
from linepaint.files.atomic import write_atomically
from linepaint.files.decoding import DECODER_ERRORS, Picture
from linepaint.files.errors import FileError
from linepaint.files.foreign import ForeignLayer, document_from_layers
from linepaint.files.limits import MAX_LAYERS, check_size
from linepaint.imaging.compositing import composite_document

SIGNATURE = b"8BPS"
MAX_PSD_SIDE = 30000
"""Pixels along one side that the format allows."""

_DAMAGED = "it is damaged or cut short, so restore it from a copy or export it again"

# psd-tools logs what it does not know in a file; the user gets one sentence from us.
logging.getLogger("psd_tools").setLevel(logging.CRITICAL)


def write_psd(document: Document, path: Path) -> None:
    """Export `document` as a layered PSD, its layers in their order, line art in multiply. Raises FileError."""
    if document.is_null:
        raise FileError.saving(path, "there is no drawing to save, so open one first")
    if max(document.size) > MAX_PSD_SIDE:
        raise FileError.saving(path, f"PSD holds at most {MAX_PSD_SIDE} pixels a side, so save as .ora")
    psd = PSDImage.frompil(Image.fromarray(composite_document(document)))
    for layer in reversed(document.layers):
        _add_document_layer(psd, document, layer)

    def write(file: BinaryIO) -> None:
        # PSDImage.save() would compose the merged picture anew, in floats, for many seconds; ours is in.
        psd._record.write(file)

    write_atomically(path, write, backup=False)


def document_from_psd(content: bytes, name: str) -> Document:
    """Return a document from the line art or gray picture in a PSD; `name` is for messages. Raises FileError."""
    return document_from_layers(*_foreign_parts(content, name), name)


def artwork_from_psd(content: bytes, name: str) -> Artwork:
    """Return the picture and the line layer in the bytes of a PSD; `name` is for messages. Raises FileError."""
    return artwork_from_layers(*_foreign_parts(content, name), name)


def _foreign_parts(content: bytes, name: str) -> tuple[int, int, list[ForeignLayer], Callable[[], Picture] | None]:
    """Return the size, the layers and the merged picture."""
    _check_header(content, name)
    try:
        psd = PSDImage.open(io.BytesIO(content))
        found = list(psd.descendants())
        if len(found) > MAX_LAYERS:
            raise FileError.opening(name, f"it has more than {MAX_LAYERS} layers, so merge some")
        layers = [_foreign(layer, name) for layer in reversed(found) if layer.kind == "pixel" and layer.width]
        merged = _reader(psd, name) if psd.has_preview() or not layers else None
    except FileError:
        raise
    except DECODER_ERRORS as error:
        raise FileError.opening(name, _DAMAGED) from error
    return psd.width, psd.height, layers, merged


def _add_document_layer(psd: PSDImage, document: Document, layer: Layer) -> None:
    """Lay one layer of `document` over those that `psd` has, unless it is blank."""
    shape = document.height, document.width, 3
    if isinstance(layer, LineLayer):
        blend_mode = BlendMode.MULTIPLY if document.mode is DocumentMode.LINEART else BlendMode.NORMAL
        _add_layer(psd, layer, np.broadcast_to(layer.lines[..., None], shape), blend_mode=blend_mode)
    elif isinstance(layer, HintLayer):
        painted = layer.pixels.content_bounds()
        if not painted.is_empty:
            _add_layer(psd, layer, layer.pixels.read(painted), left=painted.x, top=painted.y)
    elif isinstance(layer, ColorLayer):
        if layer.pixels is not None:
            _add_layer(psd, layer, layer.pixels)
    else:
        _add_layer(psd, layer, np.broadcast_to(np.array(layer.color, np.uint8), shape))


def _add_layer(
    psd: PSDImage,
    layer: Layer,
    pixels: Pixels,
    *,
    left: int = 0,
    top: int = 0,
    blend_mode: BlendMode = BlendMode.NORMAL,
) -> None:
    added = psd.create_pixel_layer_from_array(
        np.ascontiguousarray(pixels),
        layer.name,
        top=top,
        left=left,
        opacity=round(layer.opacity * 255),
        blend_mode=blend_mode,
    )
    added.visible = layer.visible


def _check_header(content: bytes, name: str) -> None:
    """Check the size in the file header (signature, version, 6 reserved bytes, channels, height, width)."""
    try:
        signature, _version, _channels, height, width = struct.unpack_from(">4sH6xHII", content)
    except struct.error as error:
        raise FileError.opening(name, _DAMAGED) from error
    if signature != SIGNATURE:
        raise FileError.opening(name, "it is not a Photoshop document")
    check_size(width, height, name)


def _foreign(layer: PsdLayer, name: str) -> ForeignLayer:
    check_size(layer.width, layer.height, name)
    return ForeignLayer(
        name=layer.name,
        x=layer.left,
        y=layer.top,
        visible=layer.is_visible(),
        multiplies=layer.blend_mode == BlendMode.MULTIPLY,
        read=_reader(layer, name),
    )


def _reader(source: PsdLayer | PSDImage, name: str) -> Callable[[], Picture]:
    def read() -> Picture:
        try:
            image = source.topil()
            if image is None:
                raise FileError.opening(name, "a layer of it holds no pixels")
            return np.asarray(image.convert("RGBA"))
        except FileError:
            raise
        except DECODER_ERRORS as error:
            raise FileError.opening(name, _DAMAGED) from error

    return read
