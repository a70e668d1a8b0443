"""The cut-out: which part of a coloured picture is bare paper around the figure.

Paper is what is white in the colour layer and reaches the border of the page without crossing ink. White that lines
enclose, of an eye or a shirt, belongs to the figure.
"""

from __future__ import annotations

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.imaging.opencv import cv2

WHITE_FROM = 248
"""Colours whose channels all reach this are white enough for paper."""

INK_BELOW = 128
"""Line values darker than this stop the paper; lighter ones are the soft edges of lines, which lie on it."""

EDGE_PX = 3
"""How far the paper goes on under the edge of a line, so that the edge is ink on nothing and not grey on white."""

BAND_ROWS = 128
"""Rows whose edges are looked at together: few enough to stay in the processor's cache."""

_PAPER, _OPEN = 128, 255


def paper_alpha(color: Pixels, lines: Pixels) -> Pixels:
    """Alpha of the colour layer with the bare paper left out: uint8 [H, W], 0 where paper is and 255 elsewhere.

    Colour uint8 [H, W, 3], lines uint8 [H, W] of the same size, 255 = paper and 0 = ink. Areas join side by side,
    not corner to corner. Under a line along the paper, alpha is 0 as far as the ink grows darker, and no further
    than EDGE_PX; the edge on the other side stays with the figure.
    """
    height, width = lines.shape
    if height == 0 or width == 0:
        return np.full((height, width), 255, np.uint8)
    white = cv2.inRange(color, (WHITE_FROM,) * 3, (255,) * 3)
    _, bare = cv2.threshold(lines, INK_BELOW - 1, _OPEN, cv2.THRESH_BINARY)
    # One open pixel all around joins everything that touches the border, so that one flood finds it all.
    page = cv2.copyMakeBorder(cv2.bitwise_and(white, bare), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=_OPEN)
    cv2.floodFill(page, None, (0, 0), _PAPER, flags=4)
    paper = cv2.inRange(page[1:-1, 1:-1], _PAPER, _PAPER)
    return np.asarray(cv2.bitwise_not(_with_edges(np.asarray(paper, np.uint8), lines)), np.uint8)


def _with_edges(paper: Pixels, lines: Pixels) -> Pixels:
    """`paper` (255 or 0) with the near edges of the lines that it ends at."""
    height = len(paper)
    reach = 2 * EDGE_PX  # The edges reach this far for their paper and, beyond it, for their ink.
    result = paper.copy()
    for top in range(0, height, BAND_ROWS):
        first, last = max(top - reach, 0), min(top + BAND_ROWS + reach, height)
        band = paper[first:last]
        if 0 < cv2.countNonZero(band) < band.size:
            result[top : top + BAND_ROWS] = _under_edges(band, lines[first:last])[top - first :][:BAND_ROWS]
    return result


def _under_edges(paper: Pixels, lines: Pixels) -> Pixels:
    """The same for one band. Colour does not matter here: that of the figure often runs out under the line."""
    # Only soft edges of real lines: where no dark ink is near, grey is shading and belongs to the figure.
    near_ink = cv2.erode(lines, np.ones((2 * EDGE_PX + 1, 2 * EDGE_PX + 1), np.uint8))
    inked = cv2.bitwise_and(cv2.inRange(near_ink, 0, INK_BELOW - 1), cv2.inRange(lines, 0, 254))
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    for _ in range(EDGE_PX):
        # The lightest paper beside each pixel. Where ink grows lighter again, the line's far side begins.
        lightest = cv2.dilate(cv2.bitwise_and(lines, paper), cross)
        no_lighter = cv2.bitwise_and(cv2.compare(lines, lightest, cv2.CMP_LE), inked)
        paper = np.asarray(cv2.bitwise_or(paper, cv2.bitwise_and(cv2.dilate(paper, cross), no_lighter)), np.uint8)
    return paper
