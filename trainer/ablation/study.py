"""Running the comparison: each variant trained, then all measured on the same drawings, which none has seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path

import numpy as np
import torch

from linepaint.engine.catalog import read_info

from ..evaluation.case_files import CaseFile
from ..evaluation.histograms import LabHistogram
from ..evaluation.measuring import Coloring, Figures, measure_coloring, summarise_colorings
from ..evaluation.painters import checkpoint_painter
from ..fit import fit
from ..state import STATE_NAME
from .variants import Budget, Variant, recipe_of

SHOWN = 6
"""Drawings on the picture sheet."""


@dataclass(frozen=True)
class Outcome:
    """What one variant came to: its figures and Lab histogram over all drawings, and its pictures of some."""

    variant: Variant
    figures: Figures
    histogram: LabHistogram
    pictures: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Study:
    """All outcomes beside the truth. given and truth: line drawings [H, W] and colourings [H, W, 3] of `pictures`."""

    budget: Budget
    drawings: int
    outcomes: tuple[Outcome, ...]
    truth: LabHistogram
    given: tuple[np.ndarray, ...]
    artists: tuple[np.ndarray, ...]


def train(
    variants: Sequence[Variant], budget: Budget, data: Sequence[Path], out: Path, device: torch.device
) -> dict[Variant, Path]:
    """Train each variant into a folder of its own; its checkpoint. What is finished already is not done again.

    Raises TrainingError, also for a run that was begun with another budget.
    """
    checkpoints = {}
    for variant in variants:
        recipe, run = recipe_of(variant, budget), out / variant.slug
        checkpoint = run / f"{recipe.name}.safetensors"
        begun = (run / STATE_NAME).exists()
        if not (begun and checkpoint.exists() and read_info(checkpoint).steps == budget.steps):
            fit(recipe, data, run, resume=begun, device=device)
        checkpoints[variant] = checkpoint
    return checkpoints


def measure(
    checkpoints: dict[Variant, Path],
    budget: Budget,
    cases: Sequence[CaseFile],
    device: str,
    progress: Callable[[int], None] = lambda _: None,
) -> Study:
    """Colour each drawing with each variant, and measure. progress: told of each picture. Raises EngineError."""
    painters = {variant: checkpoint_painter(variant.name, path, device) for variant, path in checkpoints.items()}
    measured: dict[Variant, list[Coloring]] = {variant: [] for variant in painters}
    pictures: dict[Variant, list[np.ndarray]] = {variant: [] for variant in painters}
    given, artists = [], []
    for number, file in enumerate(cases):
        case = file.load()
        if number < SHOWN:
            given.append(case.lines)
            artists.append(case.color)
        for variant, painter in painters.items():
            made = painter.open(case)(0)
            measured[variant].append(measure_coloring(case, made, case.with_hints(0)))
            if number < SHOWN:
                pictures[variant].append(made)
            progress(1)
    outcomes = tuple(
        Outcome(
            variant,
            summarise_colorings(colorings),
            reduce(add, (one.histograms[0] for one in colorings)),
            tuple(pictures[variant]),
        )
        for variant, colorings in measured.items()
    )
    truth = reduce(add, (one.histograms[1] for one in next(iter(measured.values()))))
    return Study(budget, len(cases), outcomes, truth, tuple(given), tuple(artists))
