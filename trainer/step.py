"""One training step: the generator's losses on the composite, and the critic's where the stage has one."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from . import losses
from .data.samples import Sample
from .recipe import LossRecipe, Recipe, Stage
from .state import TrainingState


class Diverged(Exception):
    """A loss is no longer a number."""


def learning_rate(stage: Stage, step: int) -> float:
    """Linear warm-up, then half a cosine down to zero at the stage's end. step counts from 0 within the stage."""
    if step < stage.warmup:
        return stage.learning_rate * (step + 1) / stage.warmup
    done = (step - stage.warmup) / max(1, stage.steps - stage.warmup)
    return stage.learning_rate * 0.5 * (1 + math.cos(math.pi * min(1.0, done)))


def train_step(state: TrainingState, recipe: Recipe, batch: Sample) -> dict[str, float]:
    """Take one step; the losses by name. Raises Diverged, before any weight has changed, if one is no number."""
    stage, step_in_stage = recipe.stage_at(state.step)
    rate = learning_rate(stage, step_in_stage)
    logged: dict[str, float] = {}
    state.generator.train()
    made = losses.composite(state.generator(batch.lines, batch.hints, batch.prior), batch.lines)
    if stage.loss.adversarial and state.critic is not None:
        logged |= _critic_step(state, batch, made.detach(), rate)
    terms = _generator_terms(state, stage.loss, batch, made)
    total = torch.stack([weight * value for weight, value in terms.values()]).sum()
    logged |= {name: float(value.detach()) for name, (_, value) in terms.items()}
    if not math.isfinite(float(total.detach())):
        raise Diverged(f"the loss at step {state.step} is {float(total.detach())}")
    state.generator_optimiser.zero_grad(set_to_none=True)
    total.backward()
    norm = clip_grad_norm_(state.generator.parameters(), recipe.gradient_clip)
    if not math.isfinite(float(norm)):
        raise Diverged(f"the gradient at step {state.step} is {float(norm)}")
    _apply(state.generator_optimiser, rate)
    state.step += 1
    state.update_average(recipe.ema)
    return logged | {"total": float(total.detach()), "learning_rate": rate}


def _generator_terms(
    state: TrainingState, weights: LossRecipe, batch: Sample, made: Tensor
) -> dict[str, tuple[float, Tensor]]:
    """Each loss term that has a weight: name -> (weight, value)."""
    terms: dict[str, tuple[float, Tensor]] = {}
    if weights.l1:
        terms["l1"] = (weights.l1, losses.l1(made, batch.target))
    if weights.l2:
        terms["l2"] = (weights.l2, losses.l2(made, batch.target))
    if weights.edges:
        terms["edges"] = (weights.edges, losses.edges(made, batch.target))
    if weights.adversarial and state.critic is not None:
        state.critic.requires_grad_(False)
        score = state.critic(torch.cat([made, batch.lines], dim=1))
        state.critic.requires_grad_(True)
        terms["adversarial"] = (weights.adversarial, losses.hinge_generator(score))
    return terms


def _critic_step(state: TrainingState, batch: Sample, made: Tensor, rate: float) -> dict[str, float]:
    """Teach the critic on real and made pictures in one pass, at twice the generator's rate (Heusel 2017, TTUR)."""
    assert state.critic is not None and state.critic_optimiser is not None
    pictures = torch.cat([batch.target, made])
    scores = state.critic(torch.cat([pictures, batch.lines.repeat(2, 1, 1, 1)], dim=1))
    real, fake = scores.chunk(2)
    loss = losses.hinge_discriminator(real, fake)
    if not math.isfinite(float(loss.detach())):
        raise Diverged(f"the critic's loss at step {state.step} is {float(loss.detach())}")
    state.critic_optimiser.zero_grad(set_to_none=True)
    loss.backward()
    _apply(state.critic_optimiser, 2 * rate)
    return {"critic": float(loss.detach())}


def _apply(optimiser: torch.optim.Optimizer, rate: float) -> None:
    for group in optimiser.param_groups:
        group["lr"] = rate
    optimiser.step()
