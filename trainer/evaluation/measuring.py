"""One result measured, and the figures of a set of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import numpy as np

from linepaint.engine.catalog import Mode
from linepaint.imaging.opencv import cv2

from . import metrics
from .cases import Case, Hinted
from .histograms import LabHistogram, lab_histogram
from .ink import match_ink
from .obedience import Bleed, bleed, hint_obedience
from .shading import Shading, shading_drawn

TOLERANCES_PX = (1, 2)

Figures = dict[str, float | None]
"""By key as in `figures`; None where there is nothing to be measured, as obedience without hints."""


@dataclass(frozen=True)
class Coloring:
    """One coloured picture measured against its truth.

    figures: those that are averaged over the set. The others are pooled over it: gradient and the truth's own; the
    Lab histogram and the truth's own; obedience, float32 [p]; bleed; luma_off, in mode grayscale the largest difference
    between the luma of a pixel and the one that was given, levels.
    """

    figures: Figures
    gradients: tuple[float, float]
    histograms: tuple[LabHistogram, LabHistogram]
    obedience: np.ndarray
    bleed: Bleed
    luma_off: int | None = None

    def alone(self) -> Figures:
        """All figures of this picture on its own."""
        return summarise_colorings([self])


def measure_coloring(case: Case, made: np.ndarray, hinted: Hinted) -> Coloring:
    """Measure a finished picture, uint8 [H, W, 3], made for a drawing with those hints."""
    made_lab = metrics.lab(made)
    return Coloring(
        figures={
            "psnr": metrics.psnr(made, case.color),
            "ssim": metrics.ssim(made, case.color),
            "ms_ssim": metrics.ms_ssim(made, case.color),
            "delta_e": float(metrics.color_difference(made_lab, case.lab).mean()),
            "colorfulness": metrics.colorfulness(made),
        },
        gradients=(metrics.gradient(made, case.off_ink), case.gradient),
        histograms=(lab_histogram(made_lab), case.histogram),
        obedience=hint_obedience(made_lab, hinted.hints, hinted.wanted, case.lines),
        bleed=bleed(made_lab, case.lab, hinted.homed, case.regions, chroma_only=case.mode is Mode.GRAYSCALE),
        luma_off=_luma_off(made, case.gray) if case.mode is Mode.GRAYSCALE else None,
    )


def summarise_colorings(measured: Sequence[Coloring]) -> Figures:
    """The figures of a set of pictures."""
    figures = _mean([one.figures for one in measured])
    made, truth = np.mean([one.gradients for one in measured], axis=0)
    figures["sharpness"] = metrics.sharpness(float(made), float(truth))
    obedience = np.concatenate([one.obedience for one in measured])
    figures["obedience_median"] = float(np.median(obedience)) if len(obedience) else None
    figures["obedience_p95"] = float(np.percentile(obedience, 95)) if len(obedience) else None
    figures["bleed"] = reduce(add, (one.bleed for one in measured)).share
    made_histogram = reduce(add, (one.histograms[0] for one in measured))
    shares = made_histogram.intersection(reduce(add, (one.histograms[1] for one in measured)))
    for axis, share in zip("Lab", shares, strict=True):
        figures[f"histogram_{axis}"] = share
    if measured[0].luma_off is not None:
        figures["luma_off"] = max(one.luma_off or 0 for one in measured)
    return figures


@dataclass(frozen=True)
class Tracing:
    """One derived line drawing measured. figures: those that are averaged over the set; shading is pooled over it."""

    figures: Figures
    shading: Shading

    def alone(self) -> Figures:
        """All figures of this drawing on its own."""
        return summarise_lines([self])


def measure_lines(case: Case, made: np.ndarray) -> Tracing:
    """Measure a derived line drawing, uint8 [H, W], against the artist's own.

    Pixels are those that the picture had before the case enlarged it.
    """
    figures: Figures = {}
    for tolerance in TOLERANCES_PX:
        match = match_ink(made, case.lines, tolerance * case.enlarged)
        figures[f"f_{tolerance}px"] = match.f_score
        figures[f"precision_{tolerance}px"] = match.precision
        figures[f"recall_{tolerance}px"] = match.recall
    return Tracing(figures, shading_drawn(made, case.lines, case.borders, case.enlarged))


def summarise_lines(measured: Sequence[Tracing]) -> Figures:
    """The figures of a set of drawings."""
    figures = _mean([one.figures for one in measured])
    figures["shading_drawn"] = reduce(add, (one.shading for one in measured)).share
    return figures


def _luma_off(made: np.ndarray, gray: np.ndarray) -> int:
    return int(cv2.absdiff(cv2.cvtColor(made, cv2.COLOR_RGB2GRAY), gray).max())


def _mean(measured: Sequence[Figures]) -> Figures:
    return {key: float(np.mean([figures[key] for figures in measured])) for key in measured[0]}
