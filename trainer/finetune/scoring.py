"""How well a checkpoint colours pictures that it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..evaluation import metrics
from ..evaluation.cases import Case
from ..evaluation.painters import Painter

HINTS = (0, 4, 16)
"""Numbers of hints to measure with."""

SLACK = 0.05
"""A loss, dB, that nobody sees."""


@dataclass(frozen=True)
class Score:
    """The mean PSNR over some pictures, dB, for each of HINTS."""

    psnr: tuple[float, ...]

    @property
    def mean(self) -> float:
        """One figure for all numbers of hints, dB."""
        return float(np.mean(self.psnr))

    def beats(self, other: Score) -> bool:
        """Whether it is better on the whole, and with no number of hints worse by more than SLACK."""
        return self.mean > other.mean and all(a > b - SLACK for a, b in zip(self.psnr, other.psnr, strict=True))

    def __str__(self) -> str:
        return ", ".join(f"{value:.2f} dB with {count}" for value, count in zip(self.psnr, HINTS, strict=True))


def score(painter: Painter, cases: Sequence[Case]) -> Score:
    """Let a checkpoint colour the cases. Raises EngineError."""
    psnr = []
    for case in cases:
        results = painter.open(case)
        psnr.append([metrics.psnr(results(count), case.color) for count in HINTS])
    return Score(tuple(float(value) for value in np.mean(psnr, axis=0)))
