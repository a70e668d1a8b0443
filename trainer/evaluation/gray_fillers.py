"""What colours a gray picture from hints without having learnt anything, and has to be beaten.

Each keeps the luma of the picture and the chroma of the hints, as a grayscale checkpoint's session does: they find the
chroma between the hints at a reduced size, and it is brought to the picture's own size along its tones.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linepaint.imaging.chroma import chroma_of, with_chroma
from linepaint.imaging.marks import SOLID, distinct_colors, solid_pixels
from linepaint.imaging.shrinking import shrink_hints, shrink_picture
from linepaint.imaging.tone_flood import flood_by_tone, tone_graph
from linepaint.imaging.tone_upsampling import ToneUpsampling

from .fillers import Fill
from .optimization import spread_by_tone

WORKING_PX = 256
"""Longest side at which chroma is found; the cost of the linear system grows faster than the pixels."""

GrayFiller = Callable[[np.ndarray], Fill]
"""Starts on a gray picture, uint8 [H, W]; gives the function from hints uint8 [H, W, 4] to the finished picture."""

Spread = Callable[[np.ndarray], np.ndarray]
"""From hints uint8 [h, w, 4] at the working size to chroma float32 [h, w, 3]."""


def left_gray(gray: np.ndarray) -> Fill:
    """No colour but the hints themselves; see `GrayFiller`."""
    return _finished(gray, lambda small: lambda hints: np.zeros((*small.shape, 3), np.float32))


def nearest_along_tones(gray: np.ndarray) -> Fill:
    """Each pixel in the colour of the hint from which the way along even tones is shortest (`imaging.tone_flood`)."""

    def start(small: np.ndarray) -> Spread:
        graph = tone_graph(small)

        def spread(hints: np.ndarray) -> np.ndarray:
            index, _ = flood_by_tone(graph, hints)
            ys, xs = solid_pixels(hints)
            if not len(ys):
                return np.zeros((*small.shape, 3), np.float32)
            colors, _ = distinct_colors(hints[ys, xs, :3])
            return chroma_of(colors.astype(np.float32) / 255)[index]

        return spread

    return _finished(gray, start)


def optimized(gray: np.ndarray) -> Fill:
    """Levin, Lischinski and Weiss 2004, "Colorization using Optimization"; see `GrayFiller`."""
    return _finished(gray, spread_by_tone)


GRAY_FILLERS: dict[str, GrayFiller] = {"gray": left_gray, "tone-flood": nearest_along_tones, "optimization": optimized}
"""By the name that `--baseline` knows them by."""


def _finished(gray: np.ndarray, start: Callable[[np.ndarray], Spread]) -> Fill:
    """The filler around a way of spreading chroma: start takes the gray picture at the working size."""
    small = shrink_picture(gray, WORKING_PX)
    spread = start(small)

    def fill(hints: np.ndarray) -> np.ndarray:
        chroma = spread(shrink_hints(hints, small.shape))
        # As large already, nothing is to be brought to size, and the fit along the tones would only blur it.
        full = chroma if small.shape == gray.shape else ToneUpsampling.plan(small, chroma).rows(gray, 0, len(gray))
        solid = hints[..., 3] >= SOLID
        full[solid] = chroma_of(hints[solid][:, :3].astype(np.float32) / 255)
        return with_chroma(gray, full)

    return fill
