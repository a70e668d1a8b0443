"""The contrast of gray pictures: the levels that spread their tones from black to white."""

from __future__ import annotations

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.document.layers import Levels

CLIPPED_SHARE = 0.002
"""Pixels, of all, that may become quite black, and as many that may become quite white: dust and glints."""

FLAT_BELOW = 16
"""A picture whose tones reach no further than this is flat, and stretching it would only show its grain."""


def stretching_levels(gray: Pixels) -> Levels:
    """Return the levels that make the darkest tones of uint8 [H, W] black and the lightest white.

    The default levels where nothing is to be gained: a picture that has both already, or one that is flat.
    """
    counts = np.bincount(gray.ravel(), minlength=256)
    clipped = CLIPPED_SHARE * gray.size
    black = int(np.searchsorted(np.cumsum(counts), clipped, side="right"))
    white = 255 - int(np.searchsorted(np.cumsum(counts[::-1]), clipped, side="right"))
    return Levels(black, white) if white - black >= FLAT_BELOW else Levels()
