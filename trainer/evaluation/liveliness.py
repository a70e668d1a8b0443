"""Colour without hints: is the set as colourful as the artists' own, or the grey-brown mean of what is possible?

A mean alone would praise a painter who makes half the pictures gaudy and half grey; so quartiles are compared too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from linepaint.engine.catalog import Mode

from ..errors import TrainingError
from .case_files import CaseFile
from .metrics import colorfulness
from .painters import Painter
from .protocol import counts_of
from .tables import table

TRUTH = "*truth*"
NEAR = 0.2
"""How far from the truth's a colourfulness may be and count as near, as a share of it."""


@dataclass(frozen=True)
class Liveliness:
    """How colourful a set of pictures is (Hasler and Süsstrunk's M3). values: float64 [n], one for each drawing."""

    name: str
    values: np.ndarray

    @property
    def summary(self) -> tuple[float, float, float, float]:
        """The mean, the lower quartile, the median and the upper quartile."""
        lower, median, upper = np.percentile(self.values, (25, 50, 75))
        return float(self.values.mean()), float(lower), float(median), float(upper)

    def away(self, truth: Liveliness) -> tuple[float, ...]:
        """How far each figure of the summary is from the truth's, as a share of it: -0.1 is a tenth less."""
        pairs = zip(self.summary, truth.summary, strict=True)
        return tuple((mine - theirs) / theirs if theirs else 0.0 for mine, theirs in pairs)


@dataclass(frozen=True)
class LivelinessReport:
    """rows: by painter. truth: of the artists' own colourings. names: of the drawings; size: their longest side, px."""

    rows: tuple[Liveliness, ...]
    truth: Liveliness
    names: tuple[str, ...]
    size: int

    def as_json(self) -> dict[str, Any]:
        """Plain values, rounded to what means something."""

        def plain(one: Liveliness) -> dict[str, Any]:
            keys = ("mean", "lower_quartile", "median", "upper_quartile")
            away = {key: round(value, 4) for key, value in zip(keys, one.away(self.truth), strict=True)}
            figures = {key: round(value, 3) for key, value in zip(keys, one.summary, strict=True)}
            drawings = dict(zip(self.names, one.values.round(3).tolist(), strict=True))
            return {"name": one.name, **figures, "away": away, "drawings": drawings}

        return {
            "protocol": "colorfulness",
            "size": self.size,
            "truth": plain(self.truth),
            "rows": [plain(row) for row in self.rows],
        }


def evaluate_liveliness(
    painters: Sequence[Painter], cases: Sequence[CaseFile], size: int, progress: Callable[[int], None] = lambda _: None
) -> LivelinessReport:
    """Measure what the painters make of drawings without a hint. size: longest side, px. progress: told of results.

    Raises TrainingError and EngineError.
    """
    if not painters or not cases:
        raise TrainingError("There is nothing to measure; name a checkpoint or --results, and drawings.")
    names = [file.name for file in cases]
    for painter in painters:
        counts_of(painter, names, [0])
    values: dict[str, list[float]] = {painter.name: [] for painter in painters}
    truth = []
    for file in cases:
        case = file.load()
        if case.mode is Mode.SCAN:
            raise TrainingError("Line drawings have no colour to measure; name checkpoints that colour.")
        truth.append(case.colorfulness)
        for painter in painters:
            values[painter.name].append(colorfulness(painter.open(case)(0)))
            progress(1)
    rows = tuple(Liveliness(name, np.array(found)) for name, found in values.items())
    return LivelinessReport(rows, Liveliness(TRUTH, np.array(truth)), tuple(names), size)


def liveliness_table(report: LivelinessReport) -> str:
    """A table in Markdown: mean and quartiles, each with how far it is from the truth's."""
    headings = ["colourfulness without hints", "mean", "lower quartile", "median", "upper quartile", "farthest"]
    rows = []
    for row in report.rows:
        away = row.away(report.truth)
        cells = [f"{value:.1f} ({100 * off:+.0f} %)" for value, off in zip(row.summary, away, strict=True)]
        rows.append([row.name, *cells, f"{100 * max(map(abs, away)):.0f} %"])
    rows.append([report.truth.name, *(f"{value:.1f}" for value in report.truth.summary), ""])
    return table(headings, rows)
