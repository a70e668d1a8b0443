"""Print what docs/scale.md reckons with: bytes, memory and seconds of one core for a picture, FLOP for a sample.

Seconds are of processor time in one thread, so that other work on the machine hardly changes them.

    python scripts/measure_scale.py ART_FOLDER
"""

from __future__ import annotations

import dataclasses
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch
from linepaint.trainer.data.loading import load_batches
from linepaint.trainer.data.opening import open_data
from linepaint.trainer.data.pictures import find_pictures, read_pair
from linepaint.trainer.distributed import World
from linepaint.trainer.prepare.job import prepare
from linepaint.trainer.prepare.likeness import Likeness, find_twins
from linepaint.trainer.prepare.options import PrepareOptions
from linepaint.trainer.prepare.record import Outcome
from linepaint.trainer.recipe_file import load_recipe
from linepaint.trainer.state import TrainingState
from linepaint.trainer.steps import Teaching, train_step
from torch.utils.flop_counter import FlopCounterMode

from linepaint.imaging.opencv import cv2

CPU = torch.device("cpu")
RECIPES = ("live", "pix2pix", "scribbler", "onepunch")
KEPT_AT = 448


def seconds(work: Callable[[], object]) -> float:
    """Processor time that some work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def pairs(art: Path, size: int, folder: Path) -> None:
    """What preparing, storing, reading and holding a picture costs at a longest side."""
    summary = prepare_timed(art, size, folder)
    found = find_pictures(folder)
    stored = sum(path.stat().st_size for path in folder.rglob("*.webp")) / len(found)
    held = sum(pair.color.nbytes + pair.lines.nbytes for pair in (read_pair(f, KEPT_AT) for f in found)) / len(found)
    reading = seconds(lambda: [read_pair(file, KEPT_AT) for file in found]) / len(found)
    print(
        f"{size} px: prepare {summary:.2f} s, stored {stored / 1000:.0f} kB, read {reading * 1000:.1f} ms, "
        f"held {held / 1000:.0f} kB a picture"
    )


def prepare_timed(art: Path, size: int, folder: Path) -> float:
    """Processor time to prepare a picture, those left out counted too."""
    began = time.process_time()
    summary = prepare([art], folder, PrepareOptions(size=size), workers=0)
    taken = time.process_time() - began
    if not summary.counts.get(Outcome.KEPT):
        sys.exit(f"Nothing in {art} can be trained on.")
    return taken / len(summary.records)


def twins(count: int) -> None:
    """The search for duplicates among pictures that are all different."""
    digits = random.Random(0)
    likenesses = [(str(i), Likeness(digits.getrandbits(64), bytes(108))) for i in range(count)]
    print(f"search for twins among {count:,}: {seconds(lambda: find_twins(likenesses)):.1f} s")


def step(name: str, folder: Path) -> None:
    """One step of a recipe's last stage: arithmetic, time, and what processes exchange and the leader saves."""
    recipe = load_recipe(name)
    stage = recipe.stages[-1]
    # In this process, whose time is measured.
    recipe = dataclasses.replace(
        recipe.with_steps(len(recipe.stages)), data=dataclasses.replace(recipe.data, workers=0)
    )
    state = TrainingState(recipe, CPU)
    state.step = len(recipe.stages) - 1
    data = open_data([folder], recipe, KEPT_AT)
    began = time.process_time()
    batch = next(load_batches(data, recipe, stage, 0, 1, World(), CPU))
    loading = time.process_time() - began
    teaching = Teaching(World(), CPU)
    with FlopCounterMode(display=False) as counter:
        train_step(state, recipe, batch, teaching)
    state.step = len(recipe.stages) - 1
    taken = seconds(lambda: train_step(state, recipe, batch, teaching))
    weights = sum(p.numel() for network in state.networks.values() for p in network.parameters())
    print(
        f"{name} at {stage.size} px: {counter.get_total_flops() / stage.batch / 1e9:.1f} GFLOP, "
        f"{taken / stage.batch:.3f} s to train, {loading / stage.batch * 1000:.0f} ms to make a sample; "
        f"gradients {weights * 4 / 1e6:.0f} MB a step"
    )


def main(art: Path) -> None:
    """Print everything."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        for size in (384, 640):
            pairs(art, size, Path(folder) / str(size))
        for count in (50_000, 100_000):
            twins(count)
        for name in RECIPES:
            step(name, Path(folder) / "640")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
