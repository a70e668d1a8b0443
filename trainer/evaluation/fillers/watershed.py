"""Watershed: hints rise as basins over a relief whose ridges are the lines, and meet where it is highest.

Meyer 1992, "Color image segmentation", the marker-controlled watershed that OpenCV has. It floods by the steps between
neighbouring pixels, so the lines are blurred a little: a step through a gap then still costs something.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2

from .filler import Fill, grown, ink_of, seeds_of

BLUR = 0.004
"""σ of the relief's blur, as a share of the longest side."""


def watershed(lines: np.ndarray) -> Fill:
    """The filler by marker-controlled watershed; see `Filler`."""
    ink = ink_of(lines)
    soft = np.minimum(lines, cv2.GaussianBlur(lines, (0, 0), max(0.5, BLUR * max(lines.shape))))
    relief = cv2.cvtColor(soft, cv2.COLOR_GRAY2BGR)

    def fill(hints: np.ndarray) -> np.ndarray:
        seeds = seeds_of(hints, ink)
        if not seeds.count:
            return seeds.painted(seeds.number)
        flooded = cv2.watershed(relief, seeds.number.copy())
        # OpenCV marks the ridges, and the picture's border, with -1.
        return seeds.painted(grown(np.maximum(flooded, 0)))

    return fill
