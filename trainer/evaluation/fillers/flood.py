"""Flood fill, the paint bucket: each area that the ink closes takes its hint's colour; one without a hint stays white.

Gaps are the lines' own affair: through a gap of one pixel the colour runs.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2

from .filler import Fill, commonest, grown, ink_of, seeds_of


def flood_fill(lines: np.ndarray) -> Fill:
    """The filler of closed areas; see `Filler`. Of several hints in one area the one with most pixels wins."""
    ink = ink_of(lines)
    count, areas = cv2.connectedComponents((~ink).astype(np.uint8), connectivity=4)
    # Under the ink each area goes on to meet its neighbours in the middle of the line.
    reach = grown(areas)

    def fill(hints: np.ndarray) -> np.ndarray:
        seeds = seeds_of(hints, ink)
        return seeds.painted(commonest(areas, seeds.number, count).take(reach))

    return fill
