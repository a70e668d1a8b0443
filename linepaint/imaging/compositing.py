"""The layers seen together: line art multiplied over hints over colour over paper, or hints over colour over a gray
picture over paper.

For grey ink, multiplying by it is the same as laying black over with the ink as alpha, which also says
what line art over transparent paper looks like.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from linepaint.document.arrays import Pixels
from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.layers import PaperLayer
from linepaint.document.mode import DocumentMode
from linepaint.document.palette import Color
from linepaint.imaging.cutout import paper_alpha
from linepaint.imaging.opencv import cv2

BAND_ROWS = 256
"""Rows of a document composited at a time, so that a large one needs little memory on the way."""

WHITE: Color = (255, 255, 255)

Weights = npt.NDArray[np.float32]
"""float32 [h, w], 0 … 1."""


def composite(
    lines: Pixels | None,
    hints: Pixels | None,
    color: Pixels | None,
    paper: Color | None,
    *,
    lines_opacity: float = 1.0,
    hints_opacity: float = 1.0,
    color_opacity: float = 1.0,
    color_alpha: Pixels | None = None,
    mode: DocumentMode = DocumentMode.LINEART,
) -> Pixels:
    """The picture that the layers make. A layer that is None is left out; one of the first three is needed.

    Lines uint8 [h, w], by the mode line art or the gray picture; hints uint8 straight RGBA [h, w, 4], colour uint8
    [h, w, 3], opacities 0 … 1. Returns uint8 RGB [h, w, 3], or straight RGBA [h, w, 4] when the paper is None. Only
    then, and over line art alone, may the colour have an alpha of its own, uint8 [h, w]; without one it is opaque.
    """
    assert color_alpha is None or paper is None, "over paper, colour covers everything"
    present = next((layer for layer in (lines, hints, color) if layer is not None), None)
    assert present is not None, "without lines, hints or colour there is no size"
    height, width = present.shape[:2]
    lines = lines if lines_opacity > 0 else None
    hints = hints if hints_opacity > 0 else None
    color = color if color_opacity > 0 else None
    gray, ink = (lines, None) if mode is DocumentMode.GRAYSCALE else (None, lines)
    is_covered = color is not None and color_opacity >= 1 and (color_alpha is None or bool(color_alpha.all()))
    if paper is None and (is_covered or (gray is not None and lines_opacity >= 1)):
        # Opaque all over: the same picture as on any paper.
        opaque = composite(
            lines,
            hints,
            color,
            WHITE,
            lines_opacity=lines_opacity,
            hints_opacity=hints_opacity,
            color_opacity=color_opacity,
            mode=mode,
        )
        return _pixels(cv2.cvtColor(opaque, cv2.COLOR_RGB2RGBA))
    if paper is None:
        weights = (lines_opacity, hints_opacity, color_opacity)
        return _over_nothing((height, width), ink, gray, hints, color, color_alpha, weights)

    if color is not None and color_opacity >= 1:
        picture = color
    else:
        picture = _gray_over(gray, paper, lines_opacity) if gray is not None else _plain(height, width, paper)
        if color is not None:
            picture = _mixed(color, picture, color_opacity)
    if hints is not None:
        picture = _hints_over(picture, hints, hints_opacity)
    if ink is not None:
        picture = _lines_over(picture, ink, lines_opacity)
    return picture.copy() if picture is color else picture


def composite_document(
    document: Document,
    rect: Rect | None = None,
    *,
    with_hints: bool = True,
    with_lines: bool = True,
    transparent_paper: bool = False,
) -> Pixels:
    """What `rect` of a document (or all of it) looks like: uint8 [h, w, 3], or [h, w, 4] without paper.

    Visibility and opacity of the layers are respected. Behind paper that is hidden or not opaque lies white.
    Without paper, the colour layer is left out too where it shows bare paper around the figure (see cutout.py); a gray
    picture has no such paper. `with_lines` says whether the line art or the gray picture is seen.
    The rectangle must lie inside the document, else ValueError.
    """
    rect = document.bounds if rect is None else rect
    if not document.bounds.contains(rect):
        raise ValueError(f"{rect} reaches outside the document of {document.width} × {document.height} pixels.")
    height, width = max(rect.height, 0), max(rect.width, 0)
    picture: Pixels = np.empty((height, width, 4 if transparent_paper else 3), np.uint8)
    paper = None if transparent_paper else _paper_color(document.paper)
    color = document.color
    # Of the whole page, whatever the rectangle: what is paper depends on the way to the page's border.
    color_alpha = None
    is_drawn = document.mode is DocumentMode.LINEART
    if transparent_paper and is_drawn and color.pixels is not None and color.visible and color.opacity > 0:
        color_alpha = paper_alpha(color.pixels, document.lines.lines)
    for top in range(0, height, BAND_ROWS):
        band = Rect(rect.x, rect.y + top, width, min(BAND_ROWS, height - top))
        if not band.is_empty:
            picture[top : top + band.height] = _composite_band(
                document, band, with_hints, with_lines, paper, color_alpha
            )
    return picture


def _composite_band(
    document: Document,
    rect: Rect,
    with_hints: bool,
    with_lines: bool,
    paper: Color | None,
    color_alpha: Pixels | None,
) -> Pixels:
    lines, hints, color = document.lines, document.hints, document.color
    hinted = with_hints and hints.visible and not hints.pixels.is_blank_in(rect)
    return composite(
        lines.lines_in(rect),
        hints.pixels.read(rect) if hinted else None,
        color.pixels[rect.slices] if color.pixels is not None and color.visible else None,
        paper,
        lines_opacity=lines.opacity if with_lines and lines.visible else 0.0,
        hints_opacity=hints.opacity,
        color_opacity=color.opacity,
        color_alpha=None if color_alpha is None else color_alpha[rect.slices],
        mode=document.mode,
    )


def _paper_color(paper: PaperLayer) -> Color:
    opacity = paper.opacity if paper.visible else 0.0
    red, green, blue = (round(255 + (channel - 255) * opacity) for channel in paper.color)
    return red, green, blue


# --- over paper: 8-bit all the way, quick enough for every tile on the screen --------------------


def _plain(height: int, width: int, color: Color) -> Pixels:
    row: Pixels = np.empty((width, 3), np.uint8)
    row[:] = color
    return np.tile(row, (height, 1, 1))


def _gray_over(gray: Pixels, paper: Color, opacity: float) -> Pixels:
    picture = _pixels(cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB))
    return picture if opacity >= 1 else _mixed(picture, _plain(gray.shape[0], gray.shape[1], paper), opacity)


def _mixed(upper: Pixels, lower: Pixels, opacity: float) -> Pixels:
    return _pixels(cv2.addWeighted(upper, opacity, lower, 1 - opacity, 0))


def _hints_over(picture: Pixels, hints: Pixels, opacity: float) -> Pixels:
    alpha = cv2.extractChannel(hints, 3)
    if not cv2.countNonZero(alpha):
        return picture
    weights = cv2.cvtColor(cv2.convertScaleAbs(alpha, alpha=opacity), cv2.COLOR_GRAY2RGB)
    hinted = cv2.multiply(cv2.cvtColor(hints, cv2.COLOR_RGBA2RGB), weights, scale=1 / 255)
    shining_through = cv2.multiply(picture, cv2.bitwise_not(weights), scale=1 / 255)
    return _pixels(cv2.add(hinted, shining_through))


def _lines_over(picture: Pixels, lines: Pixels, opacity: float) -> Pixels:
    if opacity < 1:
        lines = _pixels(cv2.convertScaleAbs(lines, alpha=opacity, beta=255 * (1 - opacity)))
    return _pixels(cv2.multiply(picture, cv2.cvtColor(lines, cv2.COLOR_GRAY2RGB), scale=1 / 255))


def _pixels(array: npt.NDArray[np.generic] | cv2.typing.MatLike) -> Pixels:
    """OpenCV's arrays are typed as any number; these are uint8."""
    return np.asarray(array, np.uint8)


# --- over nothing: premultiplied floats, for export with transparent paper ------------------------


def _over_nothing(
    size: tuple[int, int],
    ink: Pixels | None,
    gray: Pixels | None,
    hints: Pixels | None,
    color: Pixels | None,
    color_alpha: Pixels | None,
    opacities: tuple[float, float, float],
) -> Pixels:
    """Straight RGBA [h, w, 4], red, green and blue 0 where alpha is 0."""
    lines_opacity, hints_opacity, color_opacity = opacities
    premultiplied = np.zeros((*size, 3), np.float32)
    alpha = np.zeros((*size, 1), np.float32)

    def lay_over(rgb: Pixels | float, weights: Weights | np.float32) -> None:
        nonlocal premultiplied, alpha
        premultiplied = premultiplied * (1 - weights) + rgb * weights
        alpha = alpha * (1 - weights) + weights

    if gray is not None:
        lay_over(gray[..., None], np.float32(lines_opacity))
    if color is not None:
        share: Weights | np.float32 = np.float32(color_opacity)
        lay_over(color, share if color_alpha is None else color_alpha[..., None] * (share / np.float32(255)))
    if hints is not None:
        lay_over(hints[..., :3], hints[..., 3:] * np.float32(hints_opacity / 255))
    if ink is not None:
        lay_over(0.0, (255 - ink)[..., None] * np.float32(lines_opacity / 255))

    eight_bit_alpha = np.rint(alpha * 255)
    straight = np.rint(premultiplied / np.maximum(alpha, np.float32(1e-6)))
    straight[eight_bit_alpha[..., 0] == 0] = 0
    return np.concatenate([straight, eight_bit_alpha], axis=2).clip(0, 255).astype(np.uint8)
