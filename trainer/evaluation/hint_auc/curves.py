"""Hint-AUC of several painters: each on every drawing at every ratio, and the area under the curve.

"Hint-AUC: Deterministic Region-based Hint Generation for Line Art Colorization Evaluation", IEEE TVCG 2026. The hints
follow from the artist's colouring alone, so that two programs, in different years, are measured with the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from linepaint.engine.catalog import Mode

from ...errors import TrainingError
from ..case_files import CaseFile
from ..cases import laid_under
from ..painters import Painter, filler_of
from .hints import RATIOS, Kind, region_hints
from .scoring import Score, score, squared_up


@dataclass(frozen=True)
class HintCurve:
    """One painter with one kind of hint. scores: the means over the drawings, one for each of RATIOS."""

    name: str
    kind: Kind
    scores: tuple[Score, ...]

    @property
    def area(self) -> Score:
        """The Hint-AUC of each figure."""
        return Score.area(RATIOS, self.scores)


@dataclass(frozen=True)
class HintAuc:
    """All curves, by kind and then painter, the drawings' names, and their longest side in pixels."""

    curves: tuple[HintCurve, ...]
    names: tuple[str, ...]
    size: int

    def as_json(self) -> dict[str, Any]:
        """Plain values, rounded to what means something."""
        return {
            "protocol": "hint-auc",
            "ratios": list(RATIOS),
            "size": self.size,
            "drawings": list(self.names),
            "curves": [
                {
                    "name": curve.name,
                    "kind": curve.kind,
                    "hint_auc": _rounded(curve.area),
                    "scores": [_rounded(s) for s in curve.scores],
                }
                for curve in self.curves
            ],
        }


def evaluate_hint_auc(
    painters: Sequence[Painter],
    cases: Sequence[CaseFile],
    kinds: Sequence[Kind],
    size: int,
    progress: Callable[[int], None] = lambda _: None,
) -> HintAuc:
    """Run the protocol. size: the drawings' longest side, px. progress: told how many results more are done.

    Raises TrainingError where a painter is a folder of results or colours no line art, and EngineError.
    """
    if not painters or not cases:
        raise TrainingError("There is nothing to measure; name a checkpoint or --baseline, and drawings.")
    fillers = {painter.name: filler_of(painter, "hint-auc") for painter in painters}
    scores: dict[tuple[str, Kind, float], list[Score]] = {}
    for file in cases:
        case = file.load()
        if case.mode is not Mode.LINEART:
            raise TrainingError("Hint-AUC is for colouring line art; leave out --mode, or name other checkpoints.")
        hints, truth = region_hints(case.color), squared_up(case.color)
        for name, filler in fillers.items():
            fill = filler(case.lines)
            for kind in kinds:
                for ratio in RATIOS:
                    made = laid_under(fill(hints.at(ratio, kind, case.lines.shape)), case.lines)
                    scores.setdefault((name, kind, ratio), []).append(score(squared_up(made), truth))
                    progress(1)
    curves = [
        HintCurve(name, kind, tuple(Score.mean(scores[name, kind, ratio]) for ratio in RATIOS))
        for kind in kinds
        for name in fillers
    ]
    return HintAuc(tuple(curves), tuple(file.name for file in cases), size)


def _rounded(of: Score) -> dict[str, float]:
    return {key: round(value, 5) for key, value in asdict(of).items()}
