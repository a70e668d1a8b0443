"""One step of training: paired (pix2pix and its kin), or unpaired (CycleGAN)."""

from __future__ import annotations

from collections.abc import Callable

from ..data.samples import Sample
from ..recipe import Recipe
from ..state import TrainingState
from .descent import Diverged, Teaching
from .paired import paired_step
from .unpaired import unpaired_step

__all__ = ["Diverged", "Teaching", "train_step"]

_STEPS: dict[str, Callable[[TrainingState, Recipe, Sample, Teaching], dict[str, float]]] = {
    "paired": paired_step,
    "unpaired": unpaired_step,
}


def train_step(state: TrainingState, recipe: Recipe, batch: Sample, teaching: Teaching) -> dict[str, float]:
    """Take one step on this process's share of a batch; the losses by name, this process's own.

    Raises Diverged, before any generator's weight has changed, if a loss or a gradient is no number.
    """
    teaching.seed_step(recipe.seed, state.step)
    logged = _STEPS[recipe.step](state, recipe, batch, teaching)
    state.step += 1
    state.update_average(recipe.ema)
    return logged
