"""What every kind of step shares: learning rates, precision, and one safe step down the gradient."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.utils import clip_grads_with_norm_, get_total_norm

from ..distributed import World
from ..recipe import Stage

DEFAULT_CRITIC_RATE = 2.0
"""The critic's learning rate where a stage names none, as a multiple of the generator's."""


class Diverged(Exception):
    """A loss or a gradient is no longer a number."""


@dataclass(frozen=True)
class Teaching:
    """How steps are carried out: by how many processes, where, at which precision, with which feature network."""

    world: World
    device: torch.device
    half: bool = False
    features: Callable[[Tensor], list[Tensor]] | None = None

    def precision(self) -> AbstractContextManager[None]:
        """bfloat16 where it was asked for, float32 otherwise."""
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.half)

    def seed_step(self, seed: int, step: int) -> None:
        """Make the random numbers of a step (dropout, buffers, penalties) a function of seed, step and process."""
        torch.manual_seed((seed * 1_000_003 + step) * 4099 + self.world.rank)


def schedule(stage: Stage, step: int) -> float:
    """The share of its rates that a stage has reached at a step, counted from 0: linear warm-up, then its schedule."""
    if step < stage.warmup:
        return (step + 1) / stage.warmup
    if stage.schedule == "linear":
        return min(1.0, 2 * (stage.steps - step) / stage.steps)
    if stage.schedule == "constant":
        return 1.0
    done = (step - stage.warmup) / max(1, stage.steps - stage.warmup)
    return 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def learning_rate(stage: Stage, step: int) -> float:
    """The generator's rate at a step of a stage."""
    return stage.learning_rate * schedule(stage, step)


def critic_rate(stage: Stage, step: int) -> float:
    """The critic's rate, on the same schedule (two time-scale update rule, Heusel et al. 2017)."""
    return (stage.critic_rate or DEFAULT_CRITIC_RATE * stage.learning_rate) * schedule(stage, step)


def weighted(terms: dict[str, Tensor], weights: dict[str, float], world: World) -> Tensor:
    """The sum of the terms, each times its weight. Raises Diverged if it is no number and this process is alone."""
    total = torch.stack([weights[name] * value.float() for name, value in terms.items()]).sum()
    if math.isfinite(float(total.detach())):
        return total
    if world.size == 1:
        raise Diverged(f"the loss is {float(total.detach())}")
    # The others wait for this process's gradients: gradients that are no numbers stop them all, in `descend`.
    return total * math.nan


def logged(terms: dict[str, Tensor]) -> dict[str, float]:
    """Plain numbers to show."""
    return {name: float(value.detach()) for name, value in terms.items()}


def descend(
    optimiser: torch.optim.Optimizer, networks: Iterable[nn.Module], rate: float, world: World, clip: float | None
) -> None:
    """One step of the optimiser, with the gradients of all processes averaged. Raises Diverged, without the step."""
    learning = [p for network in networks for p in network.parameters() if p.grad is not None]
    world.average_gradients(learning)
    norm = get_total_norm([p.grad for p in learning if p.grad is not None], foreach=True)
    length = float(norm)
    if not math.isfinite(length):
        raise Diverged(f"a gradient is {length}")
    if clip and length > clip:
        clip_grads_with_norm_(learning, clip, norm, foreach=True)
    for group in optimiser.param_groups:
        group["lr"] = rate
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)
