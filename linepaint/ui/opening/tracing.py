"""The lines of a colour picture, drawn by the shipped checkpoint on a worker that can be stopped on the way."""

from __future__ import annotations

from linepaint.document.arrays import Pixels
from linepaint.ui.jobs import Report
from linepaint.ui.preview.engine_port import load_tracer


def draw_lines(color: Pixels, report: Report) -> Pixels:
    """The lines uint8 [H, W], 255 = paper, of a picture uint8 [H, W, 3]; for a worker.

    Raises NoTracer, EngineError where memory is short, and whatever `report` raises.
    """
    return load_tracer().trace(color, report=report)
