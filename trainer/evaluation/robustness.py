"""The robustness table: how much of a colouring's quality is left when the same drawing comes in another line style.

The colours made for the changed lines are laid under the drawing's own, so that every row is compared with the same
truth, pixel for pixel, and it is the colours alone that are measured.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

import numpy as np

from linepaint.engine.catalog import Mode

from ..errors import TrainingError
from . import metrics
from .case_files import CaseFile
from .cases import Case, Hinted, laid_under
from .line_styles import LINE_STYLES
from .obedience import Bleed, bleed
from .painters import Painter, filler_of
from .tables import bold_best, table

HINTS = 16
"""A fixed number of hints, the same for every style."""


@dataclass(frozen=True)
class StyleScore:
    """One result. psnr: dB, ssim: 1 at best, bleed: in pixels."""

    psnr: float
    ssim: float
    bleed: Bleed


@dataclass(frozen=True)
class StyleRow:
    """One painter on one line style: the mean PSNR and SSIM, the share of bleed over all pixels; psnrs by drawing."""

    style: str
    name: str
    psnr: float
    ssim: float
    bleed: float | None
    psnrs: dict[str, float]


@dataclass(frozen=True)
class Robustness:
    """rows: by line style and then painter. names: of the drawings. size: their longest side, px."""

    rows: tuple[StyleRow, ...]
    names: tuple[str, ...]
    size: int
    seed: int

    def as_json(self) -> dict[str, Any]:
        """Plain values, rounded to what means something."""
        return {
            "protocol": "line-styles",
            "hints": HINTS,
            "size": self.size,
            "seed": self.seed,
            "drawings": list(self.names),
            "rows": [
                {
                    "style": row.style,
                    "name": row.name,
                    "psnr": round(row.psnr, 4),
                    "ssim": round(row.ssim, 5),
                    "bleed": None if row.bleed is None else round(row.bleed, 5),
                    "psnrs": {name: round(value, 4) for name, value in row.psnrs.items()},
                }
                for row in self.rows
            ],
        }


def evaluate_line_styles(
    painters: Sequence[Painter],
    cases: Sequence[CaseFile],
    size: int,
    seed: int,
    progress: Callable[[int], None] = lambda _: None,
) -> Robustness:
    """Measure all painters on all drawings in all styles. size: longest side, px. progress: told of results done.

    Raises TrainingError where a painter is a folder of results or colours no line art, and EngineError.
    """
    if not painters or not cases:
        raise TrainingError("There is nothing to measure; name a checkpoint or --baseline, and drawings.")
    fillers = {painter.name: filler_of(painter, "line-styles") for painter in painters}
    scores: dict[tuple[str, str], dict[str, StyleScore]] = {}
    for file in cases:
        case = file.load()
        if case.mode is not Mode.LINEART:
            raise TrainingError("Line styles are for colouring line art; leave out --mode, or name other checkpoints.")
        hinted = case.with_hints(HINTS)
        for style in LINE_STYLES:
            lines = styled(case, style)
            for name, filler in fillers.items():
                made = laid_under(filler(lines)(hinted.hints), case.lines)
                scores.setdefault((style, name), {})[case.name] = _measured(case, made, hinted)
                progress(1)
    rows = tuple(_row(style, name, of_case) for (style, name), of_case in scores.items())
    return Robustness(rows, tuple(file.name for file in cases), size, seed)


def styled(case: Case, style: str) -> np.ndarray:
    """A case's lines in a style of LINE_STYLES, uint8 [H, W]; its name and seed alone decide what is left to chance."""
    random = np.random.default_rng([case.seed, zlib.crc32(case.name.encode()), zlib.crc32(style.encode())])
    return LINE_STYLES[style](case.lines, random)


def style_tables(robustness: Robustness) -> str:
    """Three tables in Markdown, of PSNR, SSIM and bleed: a row for each style, a column for each painter."""
    names = list(dict.fromkeys(row.name for row in robustness.rows))
    styles = list(dict.fromkeys(row.style for row in robustness.rows))
    at = {(row.style, row.name): row for row in robustness.rows}
    tables = []
    for heading, key, digits, highest in (
        ("PSNR, dB ↑", "psnr", 2, True),
        ("SSIM ↑", "ssim", 3, True),
        ("bleed, share ↓", "bleed", 3, False),
    ):
        rows = [
            [style, *bold_best([getattr(at[style, name], key) for name in names], digits, highest=highest)]
            for style in styles
        ]
        tables.append(table([heading, *names], rows))
    return "\n\n".join(tables)


def _measured(case: Case, made: np.ndarray, hinted: Hinted) -> StyleScore:
    return StyleScore(
        metrics.psnr(made, case.color),
        metrics.ssim(made, case.color),
        bleed(metrics.lab(made), case.lab, hinted.homed, case.regions),
    )


def _row(style: str, name: str, of_case: dict[str, StyleScore]) -> StyleRow:
    scores = list(of_case.values())
    return StyleRow(
        style,
        name,
        float(np.mean([score.psnr for score in scores])),
        float(np.mean([score.ssim for score in scores])),
        reduce(add, (score.bleed for score in scores)).share,
        {case: score.psnr for case, score in of_case.items()},
    )
