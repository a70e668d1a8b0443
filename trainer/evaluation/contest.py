"""Who is compared on what: the painters, drawings and task that a command line asks for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from linepaint.engine.catalog import DEFAULT_CHECKPOINT, Mode, find_checkpoint

from ..errors import TrainingError
from .arguments import PROCEDURAL, check_ranges, labelled
from .case_files import CaseFile, picture_cases, procedural_cases
from .painters import BASELINES, Painter, baseline_painter, checkpoint_painter, folder_painter

HINTED = (Mode.LINEART, Mode.GRAYSCALE)

EVERY = "all"
"""The name that stands for every baseline of the mode."""


@dataclass(frozen=True)
class Contest:
    """One task for all, painters in the order they were named, and the drawings, not yet read."""

    mode: Mode
    painters: tuple[Painter, ...]
    cases: tuple[CaseFile, ...]
    counts: tuple[int, ...]
    size: int
    seed: int
    enlarged: int = 1


def contest_of(arguments: argparse.Namespace) -> Contest:
    """What `arguments.add_arguments` asks for. Raises TrainingError and EngineError.

    A scan checkpoint is measured beside all line filters, unless some are named. Only colouring has hints.
    """
    check_ranges(arguments)
    checkpoints = list(arguments.checkpoints)
    anything = checkpoints or arguments.results or arguments.baseline
    if not anything and arguments.mode in (None, Mode.LINEART):
        checkpoints = [DEFAULT_CHECKPOINT]
    mode = _common_mode([path for _, path in labelled(checkpoints)], arguments.mode)
    cases = _cases(arguments, mode)
    baselines = _baselines(arguments.baseline, mode)
    # Labelled together, so that no two of them are called the same.
    names = labelled([*checkpoints, *arguments.results, *baselines])
    first, last = len(checkpoints), len(names) - len(baselines)
    painters = [folder_painter(name, Path(folder)) for name, folder in names[first:last]]
    painters += [baseline_painter(name, mode) for name, _ in names[last:]]
    # Loaded last: everything that is quickly found wrong has been by now.
    loaded = [checkpoint_painter(name, path, arguments.device) for name, path in names[:first]]
    counts = arguments.hints if mode in HINTED else (0,)
    return Contest(mode, (*loaded, *painters), tuple(cases), counts, arguments.size, arguments.seed, arguments.enlarge)


def _baselines(asked: Sequence[str], mode: Mode) -> list[str]:
    """The names asked for, all that the mode has where `all` is among them; for scan all where none is named."""
    if EVERY in asked or (not asked and mode is Mode.SCAN):
        return list(BASELINES.get(mode, ()))
    return list(asked)


def _common_mode(checkpoints: Sequence[str], asked: str | None) -> Mode:
    """The one task of all checkpoints, or the one asked for. Raises TrainingError where they have several."""
    modes = {path: find_checkpoint(path).mode for path in checkpoints}
    if asked is not None:
        modes["--mode"] = Mode(asked)
    if len(set(modes.values())) > 1:
        each = ", ".join(f"{path} is for {mode.value}" for path, mode in modes.items())
        raise TrainingError(f"Only checkpoints for one task can be compared: {each}.")
    return next(iter(modes.values()), Mode.LINEART)


def _cases(arguments: argparse.Namespace, mode: Mode) -> list[CaseFile]:
    size, seed, enlarge = arguments.size, arguments.seed, arguments.enlarge
    if enlarge > 1 and mode is not Mode.SCAN:
        raise TrainingError(f"--enlarge is for drawing lines; leave it out for {mode.value}.")
    if arguments.data:
        return picture_cases(arguments.data, mode, size, seed, arguments.limit, arguments.sources, enlarge)
    if mode is Mode.PICTURE:
        raise TrainingError("A checkpoint for pictures of any kind needs pairs of them; name a folder with --data.")
    drawings = arguments.procedural or PROCEDURAL
    return procedural_cases(min(drawings, arguments.limit or drawings), mode, size, seed, enlarge)
