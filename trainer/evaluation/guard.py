"""Quality in half a minute: twelve small drawings of our own making, to notice when it has fallen.

The figures are for comparison with earlier ones of the same kind alone; `protocol` has those to be proud of.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linepaint.engine.catalog import Mode

from . import metrics
from .case_files import procedural_cases
from .painters import Painter

DRAWINGS, SIZE_PX, SEED = 12, 256, 0
COUNTS = (0, 4, 16, 64)

GuardFigures = dict[str, dict[str, dict[str, float]]]
"""By painter, then number of hints as JSON spells it, then "psnr" (dB) and "ssim": the means over the drawings."""


def guard_figures(painters: Sequence[Painter]) -> GuardFigures:
    """Measure some painters. Raises EngineError and TrainingError."""
    found: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for file in procedural_cases(DRAWINGS, Mode.LINEART, SIZE_PX, SEED):
        case = file.load()
        for painter in painters:
            results = painter.open(case)
            for count in COUNTS:
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
            for count in COUNTS
        }
        for painter in painters
    }
