"""How a slider's steps stand for brush sizes: each step is the same part larger."""

from __future__ import annotations

import math
from typing import Final

from linepaint.ui.tools.brush_sizes import MAX_BRUSH_PX, MIN_BRUSH_PX

SLIDER_STEPS: Final = 400


def slider_position(size_px: float) -> int:
    """The slider's step, 0 … SLIDER_STEPS, for a brush diameter in pixels."""
    span = math.log(MAX_BRUSH_PX / MIN_BRUSH_PX)
    part = math.log(min(max(size_px, MIN_BRUSH_PX), MAX_BRUSH_PX) / MIN_BRUSH_PX) / span
    return round(part * SLIDER_STEPS)


def brush_size_at(position: int) -> float:
    """The brush diameter in whole pixels at a slider's step."""
    size_px = MIN_BRUSH_PX * (MAX_BRUSH_PX / MIN_BRUSH_PX) ** (position / SLIDER_STEPS)
    return float(max(round(size_px), round(MIN_BRUSH_PX)))
