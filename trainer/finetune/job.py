"""The whole of `finetune`: prepare, keep some aside, train for so many minutes, and ship only what became better.

OUT/pairs/             the artist's pictures as pairs, training/ and aside/
OUT/training/          the training run, see `run_folder`
OUT/NAME.safetensors   the best of several saved checkpoints, with its card NAME.md: only if it beats the one begun with
OUT/before-after.png   the pictures kept aside, as both colour them
"""

from __future__ import annotations

import dataclasses
import json
import logging
import math
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from linepaint.engine.catalog import SUFFIX, CheckpointInfo, Mode, find_checkpoint, read_info
from linepaint.engine.checkpoint import load_network

from ..errors import TrainingError
from ..evaluation.case_files import CaseFile, picture_cases
from ..evaluation.cases import Case
from ..evaluation.contest import Contest
from ..evaluation.painters import Painter, checkpoint_painter
from ..evaluation.protocol import Protocol, evaluate
from ..evaluation.side_by_side import side_by_side
from ..exporting import Export, from_checkpoint, write_export
from ..fit import fit
from ..model_card import EVALUATION_NAME
from ..prepare.job import Progress
from ..recipe import Recipe
from ..sheets import render, write_sheet
from .folder import PAIRS_AT, prepare_folder
from .recipe import finetune_recipe
from .scoring import HINTS, Score, score
from .timing import seconds_per_step

log = logging.getLogger(__name__)

SAVED = 4
"""So many checkpoints are measured as the training goes on."""

LEAST_STEPS = 20
PATIENCE = 1.25
"""So much longer than asked for it may train where other work makes the machine slower than it was measured."""

CELL_PX = 224
"""Side of the pictures on the sheet."""

SEED = 0


@dataclass(frozen=True)
class Finetuned:
    """What came of it. checkpoint: the better one. sheet: pictures of both. steps: that it was trained for."""

    checkpoint: Path
    sheet: Path
    before: Score
    after: Score
    steps: int


@dataclass(frozen=True)
class Measured:
    """A checkpoint saved at a step of the training, and how well it does."""

    path: Path
    steps: int
    score: Score


def finetune(
    art: Path,
    out: Path,
    *,
    name: str,
    minutes: float,
    init: str | Path | None = None,
    device: torch.device,
    progress: Progress | None = None,
) -> Finetuned:
    """Train a checkpoint (by name or path; None: the default) on a folder of finished art for about so many minutes.

    Ctrl-C ends the training early; what it has reached is then measured. progress: told how many pictures are prepared.
    Raises TrainingError if the folder cannot be used, or nothing became better: then there is no OUT/NAME.safetensors.
    Raises EngineError for an unusable checkpoint.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) > 1:
        raise TrainingError("finetune works in one process; start it without torchrun.")
    if not 0 < minutes < math.inf:
        raise TrainingError(f"--minutes must be more than 0, not {minutes:g}.")
    if Path(name).name != name:
        raise TrainingError(f"--name is that of a file, not {name!r}.")
    if out.exists() and any(out.iterdir()):
        raise TrainingError(f"{out} holds something already; choose another --out.")
    info = find_checkpoint(init)
    if info.mode not in (Mode.LINEART, Mode.GRAYSCALE):
        raise TrainingError(f"{info.name} does not colour; fine-tune a checkpoint for line art or gray pictures.")
    pairs = prepare_folder(art, out / "pairs", info.mode, progress)
    log.info("%d pictures to learn from, %d kept aside to measure on.", pairs.training_count, pairs.aside_count)
    files = picture_cases([pairs.aside], info.mode, PAIRS_AT, SEED)
    cases = [file.load() for file in files]
    before = score(checkpoint_painter("before", info.path, str(device)), cases)
    log.info("Before: %s hints.", before)
    recipe = _recipe(info, [pairs.training], minutes * 60, device)
    saved = _train(recipe, pairs.training, out / "training", info, cases, device, minutes * 60 * PATIENCE)
    # The best of those that may be shipped, or else the best of all, to be shown.
    best = max(saved, key=lambda one: (one.score.beats(before), one.score.mean))
    compared = {"before": info.path, "after": best.path}
    painters = [checkpoint_painter(label, path, str(device)) for label, path in compared.items()]
    sheet = out / "before-after.png"
    _show(sheet, painters, files, info.mode)
    if not best.score.beats(before):
        raise TrainingError(
            f"{info.name} stays the better one, so nothing was kept. On the pictures kept aside it has {before} hints, "
            f"the best of the training {best.score} hints; see {sheet}, and try more pictures or more minutes."
        )
    protocol = Protocol(info.mode, HINTS, PAIRS_AT, SEED)
    evaluation = evaluate(painters, files, protocol)
    (out / "training" / EVALUATION_NAME).write_text(json.dumps(evaluation.as_json(), indent=1), "utf-8")
    checkpoint = out / f"{name}{SUFFIX}"
    write_export(_with_score(best, out / "training"), checkpoint)
    return Finetuned(checkpoint, sheet, before, best.score, best.steps)


def _recipe(info: CheckpointInfo, data: Sequence[Path], seconds: float, device: torch.device) -> Recipe:
    """As many steps as fit into the time, by the time that a few take."""
    network = load_network(info)
    stride = int(getattr(network, "stride", 1))
    step = seconds_per_step(finetune_recipe(info, LEAST_STEPS, stride), data, network.state_dict(), device)
    steps = max(LEAST_STEPS, round(seconds / step))
    log.info("A step takes %.2f s; %d steps.", step, steps)
    return finetune_recipe(info, steps, stride)


def _train(
    recipe: Recipe,
    data: Path,
    run: Path,
    info: CheckpointInfo,
    cases: Sequence[Case],
    device: torch.device,
    seconds: float,
) -> list[Measured]:
    """Train in SAVED parts, none begun when so many seconds are over, and measure the checkpoint after each."""
    saved: list[Measured] = []
    ends = time.monotonic() + seconds
    for part in range(1, SAVED + 1):
        until = round(recipe.steps * part / SAVED)
        checkpoint = fit(recipe, [data], run, resume=part > 1, init=info.path, device=device, until=until)
        steps = read_info(checkpoint).steps
        kept = run / "saved" / f"step_{steps:07d}{SUFFIX}"
        kept.parent.mkdir(exist_ok=True)
        shutil.copy2(checkpoint, kept)
        saved.append(Measured(kept, steps, score(checkpoint_painter(kept.stem, kept, str(device)), cases)))
        log.info("After %d steps: %s hints.", steps, saved[-1].score)
        # Fewer steps than it was to take: Ctrl-C.
        if steps < until or time.monotonic() > ends:
            break
    return saved


def _show(path: Path, painters: Sequence[Painter], files: Sequence[CaseFile], mode: Mode) -> None:
    contest = Contest(mode, tuple(painters), tuple(files), HINTS, PAIRS_AT, SEED)
    write_sheet(path, render(side_by_side(contest, CELL_PX), CELL_PX))


def _with_score(best: Measured, run: Path) -> Export:
    """The checkpoint with what it was measured at in its header."""
    made = from_checkpoint(best.path)
    metrics = {f"psnr_{count}_hints": round(psnr, 3) for count, psnr in zip(HINTS, best.score.psnr, strict=True)}
    return dataclasses.replace(made, info=dataclasses.replace(made.info, metrics=metrics), run=run)
