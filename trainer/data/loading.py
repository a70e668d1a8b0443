"""Batches for the training loop, made by loader processes ahead of time, from pictures in memory or streamed."""

from __future__ import annotations

import atexit
import multiprocessing
import signal
from collections.abc import Iterator
from typing import Any

import torch
from torch.utils.data import DataLoader

from linepaint.imaging.opencv import cv2

from ..distributed import World
from ..errors import TrainingError
from ..recipe import Recipe, Stage
from .opening import Data
from .samples import Sample
from .sampling import SampleDataset
from .streaming import Shards, StreamedSamples

AHEAD = 4
"""Batches that each loader process makes ahead."""


def load_batches(
    data: Data, recipe: Recipe, stage: Stage, first: int, steps: int, world: World, device: torch.device
) -> Iterator[Sample]:
    """This process's share of so many batches of a stage, from sample number `first` on. Raises TrainingError."""
    # A loader process forked while OpenCV's thread pool is alive would wait for threads that are not there.
    cv2.setNumThreads(1)
    split: dict[str, Any]
    if isinstance(data, Shards):
        split = {
            "dataset": StreamedSamples(
                data, recipe, stage.size, first, steps, stage.batch, rank=world.rank, world=world.size
            )
        }
    else:
        count = steps * stage.batch
        split = {
            "dataset": SampleDataset(data, recipe, stage.size, first, count),
            "sampler": range(world.rank, count, world.size),
        }
    loader: DataLoader[Sample] = DataLoader(
        **split,
        batch_size=world.share(stage.batch),
        collate_fn=Sample.stack,
        num_workers=recipe.data.workers,
        worker_init_fn=quiet_loader_process,
        pin_memory=device.type == "cuda",
        prefetch_factor=AHEAD if recipe.data.workers else None,
    )
    try:
        yield from loader
    except TrainingError as error:
        # From a loader process it comes with that process's traceback, its own words last.
        raise TrainingError(str(error).strip().splitlines()[-1].split(f"{TrainingError.__name__}: ")[-1]) from error


def example_samples(data: Data, recipe: Recipe, size: int, first: int, count: int) -> Sample:
    """Some samples to be looked at, as one batch [count, …]."""
    pairs = data.pairs(recipe.seed) if isinstance(data, Shards) else data
    dataset = SampleDataset(pairs, recipe, size, first, count)
    return Sample.stack([dataset[i] for i in range(count)])


def quiet_loader_process(_: int) -> None:
    """Keep OpenCV and torch in a loader process to one thread: the trainer's own work needs the others.

    Signals to the whole group of processes, as a terminal and torchrun send them, are for the trainer to act on.
    """
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


@atexit.register
def _end_loader_processes() -> None:
    """At the end of the program, end those that still wait to be asked: they heed no other signal."""
    # torch would take their end for a failure.
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for child in multiprocessing.active_children():
        if child.daemon:
            child.kill()
