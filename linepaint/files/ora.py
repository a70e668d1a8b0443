"""OpenRaster, the native format: layers that other programs open, and beside them what only linepaint knows.

https://www.openraster.org/baseline/file-layout-spec.html: `mimetype` comes first and is stored, `stack.xml`
lists the layers, `mergedimage.png` is the whole picture at full size, `Thumbnails/thumbnail.png` is at most
256 pixels a side. The line layer in the stack is what one sees, after levels; the untouched scan travels
beside it where they differ. Of a gray document, the line layer is the gray picture, under the colour.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.layers import ColorLayer, HintLayer, LayerKind, LineLayer, PaperLayer
from linepaint.document.mode import SOURCE_NAMES, DocumentMode
from linepaint.document.tiles import TiledImage
from linepaint.files.archive import Archive, write_archive
from linepaint.files.artwork import Artwork, artwork_from_layers
from linepaint.files.atomic import write_atomically
from linepaint.files.decoding import Picture, decode_own_png, decode_picture
from linepaint.files.errors import FileError
from linepaint.files.foreign import ForeignLayer, document_from_layers
from linepaint.files.limits import MAX_JSON_BYTES, MAX_XML_BYTES
from linepaint.files.metadata import Metadata, MetadataError, read_metadata, write_metadata
from linepaint.files.png import encode_png
from linepaint.files.reading import read_bytes
from linepaint.files.stackxml import MULTIPLY, NORMAL, Stack, StackLayer, read_stack, write_stack
from linepaint.imaging.compositing import composite_document
from linepaint.imaging.opencv import cv2

Progress = Callable[[float], None]
"""Called with the share of the work done, 0 to 1, on the thread that works. What it raises ends the work."""

MIMETYPE = b"image/openraster"
MIMETYPE_PATH = "mimetype"
STACK_PATH = "stack.xml"
MERGED_PATH = "mergedimage.png"
THUMBNAIL_PATH = "Thumbnails/thumbnail.png"
METADATA_PATH = "linepaint/document.json"
SCAN_PATH = "linepaint/scan.png"
LINES_PATH, HINTS_PATH = "data/lines.png", "data/hints.png"
COLOR_PATH, PAPER_PATH = "data/color.png", "data/paper.png"
THUMBNAIL_SIDE = 256


def write_ora(
    document: Document,
    path: Path,
    *,
    progress: Progress | None = None,
    backup: bool = True,
    extra: Mapping[str, bytes] | None = None,
) -> None:
    """Save `document` whole or not at all, keeping the previous file as `name~` if `backup`.

    From a worker, pass a snapshot. `extra` holds further archive entries by path. The same document gives the
    same bytes. Raises FileError.
    """
    if document.is_null:
        raise FileError.saving(path, "there is no drawing to save, so open one first")
    entries = _entries(document, progress or _ignore_progress)
    entries.update(extra or {})
    write_atomically(
        path, lambda file: write_archive(file, entries, deflated=(STACK_PATH, METADATA_PATH)), backup=backup
    )


def read_ora(path: Path, *, progress: Progress | None = None) -> Document:
    """Open an OpenRaster file, ours or another program's. Raises FileError."""
    return document_from_ora(read_bytes(path), path.name, progress=progress)


def document_from_ora(content: bytes, name: str, *, progress: Progress | None = None) -> Document:
    """Return the document in the bytes of an .ora; `name` is for messages. Raises FileError."""
    archive, stack = _opened(content, name)
    progress = progress or _ignore_progress
    progress(0.05)
    if _is_own(archive, stack):
        document = _read_own(archive, stack)
    else:
        document = document_from_layers(*_foreign_parts(archive, stack), name)
    progress(1.0)
    return document


def artwork_from_ora(content: bytes, name: str) -> Artwork:
    """Return the picture and the line layer in the bytes of an .ora; `name` is for messages. Raises FileError."""
    archive, stack = _opened(content, name)
    if _is_own(archive, stack):
        document = _read_own(archive, stack)
        lines = document.lines.lines if document.mode is DocumentMode.LINEART else None
        return Artwork(composite_document(document, with_hints=False), lines)
    return artwork_from_layers(*_foreign_parts(archive, stack), name)


def read_archive_metadata(archive: Archive) -> Metadata:
    """Return what the archive of one of our own files says beside its pixels. Raises FileError."""
    try:
        return read_metadata(archive.read(METADATA_PATH, MAX_JSON_BYTES))
    except MetadataError as error:
        raise FileError.opening(archive.name, str(error)) from error


def _ignore_progress(_share: float) -> None:
    pass


# --- writing ---------------------------------------------------------------------------------------


def _entries(document: Document, progress: Progress) -> dict[str, bytes]:
    """Return the archive's files by path, in their order."""
    lines, color, size = document.lines, document.color.pixels, (document.height, document.width)
    hints, hints_rect = _hint_pixels(document)
    entries = {
        MIMETYPE_PATH: MIMETYPE,
        STACK_PATH: write_stack(_stack_of(document, hints_rect)),
        METADATA_PATH: write_metadata(Metadata.of(document)),
        LINES_PATH: encode_png(lines.lines),
    }
    if not lines.levels.is_identity:
        entries[SCAN_PATH] = encode_png(lines.scan)
    progress(0.15)
    entries[HINTS_PATH] = encode_png(hints)
    progress(0.25)
    if color is not None:
        entries[COLOR_PATH] = encode_png(color)
    progress(0.45)
    entries[PAPER_PATH] = encode_png(np.broadcast_to(np.array(document.paper.color, np.uint8), (*size, 3)))
    progress(0.55)
    merged = composite_document(document)
    progress(0.7)
    entries[THUMBNAIL_PATH] = encode_png(_thumbnail(merged))
    entries[MERGED_PATH] = encode_png(merged)
    progress(0.9)
    return entries


def _stack_of(document: Document, hints_rect: Rect) -> Stack:
    """Return the layers as other programs see them."""

    def layer(kind: LayerKind, src: str, composite: str = NORMAL, x: int = 0, y: int = 0) -> StackLayer:
        ours = document.layer(kind)
        return StackLayer(ours.name, src, x, y, ours.visible, ours.opacity, composite)

    over = MULTIPLY if document.mode is DocumentMode.LINEART else NORMAL
    layers = {
        LayerKind.LINES: layer(LayerKind.LINES, LINES_PATH, over),
        LayerKind.HINTS: layer(LayerKind.HINTS, HINTS_PATH, x=hints_rect.x, y=hints_rect.y),
        LayerKind.PAPER: layer(LayerKind.PAPER, PAPER_PATH),
    }
    if document.color.pixels is not None:
        layers[LayerKind.COLOR] = layer(LayerKind.COLOR, COLOR_PATH)
    in_order = tuple(layers[ours.kind] for ours in document.layers if ours.kind in layers)
    return Stack(document.width, document.height, in_order)


def _hint_pixels(document: Document) -> tuple[Pixels, Rect]:
    """Return the painted part of the hints [h, w, 4] and where it lies; one clear pixel if there are none."""
    bounds = document.hints.pixels.content_bounds()
    rect = Rect(0, 0, 1, 1) if bounds.is_empty else bounds
    return document.hints.pixels.read(rect), rect


def _thumbnail(merged: Pixels) -> Pixels:
    height, width = merged.shape[:2]
    scale = min(1.0, THUMBNAIL_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(merged, size, interpolation=cv2.INTER_AREA), np.uint8)


# --- reading ---------------------------------------------------------------------------------------


def _opened(content: bytes, name: str) -> tuple[Archive, Stack]:
    archive = Archive(content, name)
    _check_is_openraster(archive)
    return archive, read_stack(archive.read(STACK_PATH, MAX_XML_BYTES), name)


def _is_own(archive: Archive, stack: Stack) -> bool:
    return METADATA_PATH in archive and any(layer.src == LINES_PATH for layer in stack.layers)


def _check_is_openraster(archive: Archive) -> None:
    """Raise FileError for the many other kinds of file that are zip archives too."""
    is_ours = STACK_PATH in archive
    if is_ours and MIMETYPE_PATH in archive:
        is_ours = archive.read(MIMETYPE_PATH, 1024).strip() == MIMETYPE
    if not is_ours:
        raise FileError.opening(
            archive.name,
            "it is an archive but no OpenRaster picture, so export it as .ora from its own program",
        )


def _read_own(archive: Archive, stack: Stack) -> Document:
    """Return a document that linepaint saved, exactly as it was."""
    metadata = read_archive_metadata(archive)
    if (metadata.width, metadata.height) != (stack.width, stack.height):
        raise FileError.opening(archive.name, "its parts disagree about the size of the picture")
    scan_path = LINES_PATH if metadata.levels.is_identity else SCAN_PATH
    # Decoding lets go of the interpreter, and these two are nearly all of it.
    with ThreadPoolExecutor(2, thread_name_prefix="ora") as pool:
        waiting_scan = pool.submit(_read_own_part, archive, scan_path)
        waiting_color = pool.submit(_read_own_part, archive, COLOR_PATH) if COLOR_PATH in archive else None
        hints = _read_own_hints(archive, stack)
        scan = waiting_scan.result()
        color = waiting_color.result() if waiting_color else None
    shape = stack.height, stack.width
    if scan.dtype != np.uint8 or scan.shape != shape:
        source = SOURCE_NAMES[metadata.mode].lower()
        raise FileError.opening(archive.name, f"its {source} is not what its layer list says")
    if color is not None and (color.dtype != np.uint8 or color.shape != (*shape, 3)):
        raise FileError.opening(archive.name, "its colour layer is not what its layer list says")
    document = Document(
        LineLayer(scan, metadata.levels),
        HintLayer(hints),
        ColorLayer(color),
        PaperLayer(metadata.paper_color),
        palette=metadata.palette,
        recent_colors=metadata.recent_colors,
        checkpoint=metadata.checkpoint,
        seed=metadata.seed,
        view=metadata.view,
        mode=metadata.mode,
    )
    for layer in document.layers:
        state = metadata.layers[layer.kind]
        layer.name, layer.visible, layer.opacity = state.name, state.visible, state.opacity
    return document


def _read_own_hints(archive: Archive, stack: Stack) -> TiledImage:
    hints = TiledImage(stack.height, stack.width, 4)
    layer = next((layer for layer in stack.layers if layer.src == HINTS_PATH), None)
    if layer is None:
        return hints
    pixels = _read_own_part(archive, HINTS_PATH)
    rect = Rect(layer.x, layer.y, pixels.shape[1], pixels.shape[0])
    if pixels.dtype != np.uint8 or pixels.shape[2:] != (4,) or not hints.bounds.contains(rect):
        raise FileError.opening(archive.name, "its hints are not what its layer list says")
    hints.write(rect, pixels)
    return hints


def _foreign_parts(archive: Archive, stack: Stack) -> tuple[int, int, list[ForeignLayer], Callable[[], Picture] | None]:
    """Return the size, the layers and the merged picture that another program left."""

    def reader(path: str) -> Callable[[], Picture]:
        return lambda: _read_part(archive, path)

    layers = [
        ForeignLayer(layer.name, layer.x, layer.y, layer.visible, layer.composite == MULTIPLY, reader(layer.src))
        for layer in stack.layers
    ]
    merged = reader(MERGED_PATH) if MERGED_PATH in archive else None
    return stack.width, stack.height, layers, merged


def _read_part(archive: Archive, path: str) -> Picture:
    return decode_picture(archive.read(path), archive.name)


def _read_own_part(archive: Archive, path: str) -> Picture:
    return decode_own_png(archive.read(path), archive.name)
