"""A piece of the page as the screen shows it: the layers composited, as QImage wants them.

Level L shows the page at 1/2^L of its size. Each layer is shrunk first and composited small, which costs a
fraction of compositing at full size; lines and colour are averaged over all their pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.layers import ColorLayer, PaperLayer
from linepaint.document.mode import DocumentMode
from linepaint.document.palette import Color
from linepaint.document.tiles import TiledImage
from linepaint.imaging.compositing import composite, composite_document
from linepaint.imaging.opencv import cv2

CHECKER_CELL_PX: Final = 12
CHECKER_LIGHT: Final = 255
CHECKER_DARK: Final = 214


def level_size(document: Document, level: int) -> tuple[int, int]:
    """(width, height) of the page at a level; parts of a pixel count as a whole one."""
    step = 1 << level
    return -(-document.width // step), -(-document.height // step)


def compose(document: Document, level: int, rect: Rect, color_pyramid: Sequence[Pixels] = ()) -> Pixels:
    """What is seen in `rect`, which is given in pixels of `level` and lies inside the page.

    Returns uint8 [h, w, 4], blue, green, red and 255: what QImage calls RGB32. `color_pyramid`: the present
    colour layer and its halvings, if somebody made them.
    """
    step = 1 << level
    source = Rect(rect.x * step, rect.y * step, rect.width * step, rect.height * step)
    source = source.clipped(document.width, document.height)
    lines, color = document.lines, document.color
    # Colour lies over a gray picture: nothing of that is to be seen, so nothing has to be shrunk.
    is_hidden = document.mode is DocumentMode.GRAYSCALE and _covers_all(color)
    shown_lines = None
    if lines.visible and lines.opacity > 0 and not is_hidden:
        shown_lines = _shrunk(lines.lines_in(source), rect, step)
    hints = document.hints
    shown_hints = None
    if hints.visible and hints.opacity > 0:
        shown_hints = _shrunk_hints(hints.pixels, source, rect, step)
    shown_color = None
    if color.visible and color.opacity > 0 and color.pixels is not None:
        if level < len(color_pyramid) and color_pyramid[0] is color.pixels:
            shown_color = color_pyramid[level][rect.slices]
        else:
            shown_color = _shrunk(color.pixels[source.slices], rect, step)
    paper = _paper_color(document.paper) if document.paper.visible else None
    if shown_lines is None and shown_hints is None and shown_color is None:
        pixels = _plain(rect, paper)
    else:
        pixels = composite(
            shown_lines,
            shown_hints,
            shown_color,
            paper,
            lines_opacity=lines.opacity,
            hints_opacity=hints.opacity,
            color_opacity=color.opacity,
            mode=document.mode,
        )
    if pixels.shape[2] == 4:
        pixels = _over_checkerboard(pixels, rect)
    return _typed(cv2.cvtColor(pixels, cv2.COLOR_RGB2BGRA))


def seen_color(document: Document, x: int, y: int) -> Color | None:
    """The colour that is seen at a pixel of the page, white behind hidden paper; None outside the page."""
    pixel = Rect(x, y, 1, 1)
    if not document.bounds.contains(pixel):
        return None
    red, green, blue = composite_document(document, pixel)[0, 0].tolist()
    return red, green, blue


def _covers_all(color: ColorLayer) -> bool:
    return color.pixels is not None and color.visible and color.opacity >= 1


def _paper_color(paper: PaperLayer) -> Color:
    """The paper's colour as far as it is opaque, over white."""
    red, green, blue = (round(255 + (channel - 255) * paper.opacity) for channel in paper.color)
    return red, green, blue


def _plain(rect: Rect, paper: Color | None) -> Pixels:
    """Paper alone, uint8 [h, w, 3], or nothing at all, uint8 [h, w, 4]."""
    return np.full((rect.height, rect.width, 3 if paper else 4), paper or (0, 0, 0, 0), np.uint8)


def _shrunk(pixels: Pixels, rect: Rect, step: int) -> Pixels:
    """uint8 [h, w] or [h, w, C] averaged over step × step pixels; the page's last row and column go on past
    it."""
    if step == 1:
        return pixels
    missing_y, missing_x = rect.height * step - pixels.shape[0], rect.width * step - pixels.shape[1]
    if missing_x or missing_y:
        pixels = _typed(cv2.copyMakeBorder(pixels, 0, missing_y, 0, missing_x, cv2.BORDER_REPLICATE))
    return _typed(cv2.resize(pixels, (rect.width, rect.height), interpolation=cv2.INTER_AREA))


def _shrunk_hints(hints: TiledImage, source: Rect, rect: Rect, step: int) -> Pixels | None:
    """Hints uint8 [h, w, 4], straight alpha, or None where there are none."""
    if hints.is_blank_in(source):
        return None
    pixels = hints.read(source)
    if step == 1:
        return pixels
    # Hints are flat blobs: two of the result's pixels' width in samples is plenty, and much quicker.
    packed = pixels.view(np.uint32)[:: step // 2, :: step // 2]
    pixels = np.ascontiguousarray(packed).view(np.uint8)
    alpha = pixels[..., 3]
    painted = _typed(cv2.threshold(alpha, 0, 255, cv2.THRESH_BINARY)[1])
    small = _shrunk(_typed(cv2.copyTo(pixels, painted)), rect, 2)
    # The mean colour of the painted pixels alone: blank ones count for alpha, but are of no colour.
    share = _shrunk(painted, rect, 2)
    small[..., :3] = cv2.divide(small[..., :3], cv2.merge([share] * 3), scale=255)
    return small


def _over_checkerboard(pixels: Pixels, rect: Rect) -> Pixels:
    """Straight RGBA uint8 [h, w, 4] over the squares that stand for "nothing here"."""
    ys = np.arange(rect.y, rect.bottom) // CHECKER_CELL_PX
    xs = np.arange(rect.x, rect.right) // CHECKER_CELL_PX
    board = np.where((ys[:, None] + xs[None, :]) % 2 == 0, CHECKER_LIGHT, CHECKER_DARK).astype(np.uint8)
    alpha = pixels[..., 3:].astype(np.uint16)
    mixed = pixels[..., :3] * alpha + board[..., None] * (255 - alpha)
    return ((mixed + 127) // 255).astype(np.uint8)


def _typed(pixels: np.ndarray) -> Pixels:
    """What OpenCV returns for uint8 is uint8, which its type hints do not say."""
    return np.asarray(pixels, np.uint8)
