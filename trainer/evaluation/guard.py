"""Quality in half a minute: a few small drawings of our own making, to notice when it has fallen.

The figures are for comparison with earlier ones of the same kind alone; `protocol` has those to be proud of.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from linepaint.engine.catalog import Mode

from . import metrics
from .case_files import procedural_cases
from .painters import Painter
from .protocol import Protocol, evaluate
from .tables import json_bytes

DRAWINGS, SIZE_PX, SEED = 12, 256, 0
COUNTS: dict[Mode, tuple[int, ...]] = {Mode.LINEART: (0, 4, 16, 64), Mode.GRAYSCALE: (0, 16)}

LINE_DRAWINGS, LINE_SIZE_PX = 8, 384
"""For mode scan. Line filters are tuned at that size."""

GuardFigures = dict[str, dict[str, dict[str, float]]]
"""By painter, then number of hints as JSON spells it, then "psnr" (dB) and "ssim": the means over the drawings."""

LINE_FIGURES = ("f_1px", "f_2px", "shading_drawn")
LineFigures = dict[str, dict[str, float]]
"""By painter, then "f_1px" and "f_2px", the means over the drawings, and "shading_drawn", of all of them."""


def guard_figures(painters: Sequence[Painter], mode: Mode = Mode.LINEART) -> GuardFigures:
    """Measure some painters that colour. Raises EngineError and TrainingError."""
    counts = COUNTS[mode]
    found: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for file in procedural_cases(DRAWINGS, mode, SIZE_PX, SEED):
        case = file.load()
        for painter in painters:
            results = painter.open(case)
            for count in counts:
                made = results(count)
                figures = metrics.psnr(made, case.color), metrics.ssim(made, case.color)
                found.setdefault((painter.name, count), []).append(figures)
    means = {key: np.mean(values, axis=0) for key, values in found.items()}
    return {
        painter.name: {
            str(count): {
                "psnr": round(float(means[painter.name, count][0]), 3),
                "ssim": round(float(means[painter.name, count][1]), 4),
            }
            for count in counts
        }
        for painter in painters
    }


def line_guard_figures(painters: Sequence[Painter]) -> LineFigures:
    """Measure some painters that draw lines. Raises EngineError and TrainingError."""
    cases = procedural_cases(LINE_DRAWINGS, Mode.SCAN, LINE_SIZE_PX, SEED)
    rows = evaluate(painters, cases, Protocol(Mode.SCAN, (0,), LINE_SIZE_PX, SEED)).rows
    return {row.name: {key: round(row.figures[key] or 0.0, 4) for key in LINE_FIGURES} for row in rows}


def note_figures(path: Path, checkpoint: str, figures: Mapping[str, Any]) -> None:
    """Write a checkpoint's figures into the file of all of them, JSON by checkpoint. Raises OSError and ValueError."""
    noted = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_bytes(json_bytes({**noted, checkpoint: figures}))
