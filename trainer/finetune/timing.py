"""How long a step of a recipe takes on this machine."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from linepaint.imaging.opencv import cv2

from ..data.loading import load_batches
from ..data.opening import open_data
from ..distributed import World
from ..precision import half_is_quick
from ..recipe import Recipe
from ..state import TrainingState
from ..steps import Teaching, train_step

WARM_UP, TIMED = 2, 5
"""Steps taken before the clock runs, and while it does."""


def seconds_per_step(
    recipe: Recipe, data: Sequence[str | Path], weights: dict[str, Tensor], device: torch.device
) -> float:
    """The mean over some steps of the first stage, loading included; nothing of them is kept."""
    cv2.setNumThreads(1)
    torch.set_flush_denormal(True)
    world, stage = World(), recipe.stages[0]
    state = TrainingState(recipe, device, weights)
    teaching = Teaching(world, device, half_is_quick(device))
    opened = open_data(data, recipe, stage.size * 2)
    began = time.monotonic()
    for batch in load_batches(opened, recipe, stage, 0, WARM_UP + TIMED, world, device):
        if state.step == WARM_UP:
            began = time.monotonic()
        train_step(state, recipe, batch.to(device), teaching)
    return (time.monotonic() - began) / TIMED
