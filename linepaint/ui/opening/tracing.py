"""The lines of a colour picture, drawn by the shipped checkpoint on a worker that can be stopped on the way."""

from __future__ import annotations

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.ui.jobs import Report
from linepaint.ui.preview.engine_port import load_tracer

BAND_PX = 640
"""Rows drawn at a time in a picture that is taller; between bands progress is told and Stop is heard."""

OVERLAP_PX = 96
"""How far neighbouring bands overlap; across it one fades into the next."""


def draw_lines(color: Pixels, report: Report) -> Pixels:
    """The lines uint8 [H, W], 255 = paper, of a picture uint8 [H, W, 3]; for a worker.

    Raises NoTracer, EngineError where memory is short, and whatever `report` raises.
    """
    tracer = load_tracer()
    starts = band_starts(len(color))
    lines = np.zeros(color.shape[:2], np.uint8)
    end = 0
    for index, start in enumerate(starts):
        if index:
            report(index / len(starts))
        band = tracer.trace(color[start : start + BAND_PX])
        shared = end - start if index else 0
        if shared:
            new = ((np.arange(shared, dtype=np.float32) + 0.5) / shared)[:, None]
            mixed = lines[start:end] * (1 - new) + band[:shared] * new
            lines[start:end] = np.rint(mixed).astype(np.uint8)
        lines[start + shared : start + len(band)] = band[shared:]
        end = start + len(band)
    return lines


def band_starts(height: int) -> list[int]:
    """The first rows of bands of BAND_PX rows that cover so many, each OVERLAP_PX or more into the one before."""
    if height <= BAND_PX:
        return [0]
    count = -(-(height - OVERLAP_PX) // (BAND_PX - OVERLAP_PX))
    return np.rint(np.linspace(0, height - BAND_PX, count)).astype(int).tolist()
