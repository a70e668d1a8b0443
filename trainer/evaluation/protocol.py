"""The protocol: every painter on every drawing with every number of hints, measured, and summed up in rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from linepaint.engine.catalog import Mode

from ..errors import TrainingError
from .case_files import CaseFile
from .cases import HINTS, Case
from .measuring import (
    Coloring,
    Figures,
    Tracing,
    measure_coloring,
    measure_lines,
    summarise_colorings,
    summarise_lines,
)
from .painters import Painter


@dataclass(frozen=True)
class Protocol:
    """mode: the task. counts: numbers of hints, ascending; in mode scan only 0. size: longest side of pictures, px;
    enlarged: how many times they were made larger after that."""

    mode: Mode
    counts: tuple[int, ...]
    size: int
    seed: int
    enlarged: int = 1


@dataclass(frozen=True)
class Row:
    """The figures of one painter with one number of hints, over all drawings, and for each of them by its name."""

    name: str
    hints: int
    figures: Figures
    drawings: dict[str, Figures]


@dataclass(frozen=True)
class Evaluation:
    """rows: by painter, then by number of hints. truth: figures of the artists' own colourings, where they have any."""

    protocol: Protocol
    names: tuple[str, ...]
    truth: Figures
    rows: tuple[Row, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values, rounded to what means something. The same protocol and painters give the same."""
        protocol = {**asdict(self.protocol), "mode": self.protocol.mode.value, "hint_recipe": asdict(HINTS)}
        return {
            "protocol": protocol,
            "drawings": list(self.names),
            "truth": _rounded(self.truth),
            "results": [
                {
                    "name": row.name,
                    "hints": row.hints,
                    "figures": _rounded(row.figures),
                    "drawings": {name: _rounded(figures) for name, figures in row.drawings.items()},
                }
                for row in self.rows
            ],
        }


@dataclass
class _Column:
    """What one painter with one number of hints was measured at so far."""

    colorings: list[Coloring] = field(default_factory=list)
    lines: list[Tracing] = field(default_factory=list)
    drawings: dict[str, Figures] = field(default_factory=dict)

    def take(self, case: Case, made: np.ndarray, count: int) -> None:
        if case.mode is Mode.SCAN:
            self.lines.append(measure_lines(case, made))
            self.drawings[case.name] = self.lines[-1].alone()
        else:
            self.colorings.append(measure_coloring(case, made, case.with_hints(count)))
            self.drawings[case.name] = self.colorings[-1].alone()

    def row(self, name: str, count: int) -> Row:
        figures = summarise_colorings(self.colorings) if self.colorings else summarise_lines(self.lines)
        return Row(name, count, figures, self.drawings)


def evaluate(
    painters: Sequence[Painter],
    cases: Sequence[CaseFile],
    protocol: Protocol,
    progress: Callable[[int], None] = lambda _: None,
) -> Evaluation:
    """Measure all painters on all drawings. progress: told how many results more are done.

    Drawings are read one after the other, and everything that depends on a drawing alone is worked out once for all
    painters. Raises TrainingError and EngineError.
    """
    names = [case.name for case in cases]
    if not painters or not cases:
        raise TrainingError("There is nothing to measure; name a checkpoint, --results or --baseline, and drawings.")
    counts = {painter.name: counts_of(painter, names, protocol.counts) for painter in painters}
    columns = {(painter.name, count): _Column() for painter in painters for count in counts[painter.name]}
    colorfulness = []
    for case in _read(cases, protocol):
        if protocol.mode is not Mode.SCAN:
            colorfulness.append(case.colorfulness)
        for painter in painters:
            results = painter.open(case)
            for count in counts[painter.name]:
                columns[painter.name, count].take(case, results(count), count)
                progress(1)
    truth: Figures = {"colorfulness": float(np.mean(colorfulness)), "sharpness": 1.0} if colorfulness else {}
    rows = tuple(column.row(name, count) for (name, count), column in columns.items())
    return Evaluation(protocol, tuple(names), truth, rows)


def counts_of(painter: Painter, names: Sequence[str], counts: Sequence[int]) -> list[int]:
    """The numbers of hints that a painter is measured with. Raises TrainingError for a folder that lacks results."""
    return list(counts) if painter.files is None else painter.files.counts(names, counts)


def _read(cases: Sequence[CaseFile], protocol: Protocol) -> Iterator[Case]:
    for file in cases:
        case = file.load()
        if protocol.mode is Mode.SCAN and not case.own_lines:
            raise TrainingError(
                f"{case.name} comes without a line drawing of the artist's to compare with; "
                "measure scan checkpoints on NAME.color.* with NAME.line.*."
            )
        yield case


def _rounded(figures: Figures) -> Figures:
    return {key: None if value is None else round(value, 5) for key, value in figures.items()}
