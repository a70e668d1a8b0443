"""Nearest hint: each pixel takes the colour of the hint that is nearest in a straight line, whatever lies between."""

from __future__ import annotations

import numpy as np

from .filler import Fill, grown, ink_of, seeds_of


def nearest_hint(lines: np.ndarray) -> Fill:
    """The filler that knows nothing of lines; see `Filler`."""
    ink = ink_of(lines)

    def fill(hints: np.ndarray) -> np.ndarray:
        seeds = seeds_of(hints, ink)
        return seeds.painted(grown(seeds.number))

    return fill
