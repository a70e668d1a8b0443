"""Paired training: a generator that should give what the artist gave, and perhaps a critic that tells them apart.

pix2pix, Scribbler, the OnePunch colouriser and live differ in networks, losses and stages, which are the recipe's; the
step is this one.
"""

from __future__ import annotations

import torch
from torch import Tensor

from .. import losses
from ..data.samples import Sample
from ..making import finished, made_by
from ..recipe import Recipe, Stage
from ..state import TrainingState
from .descent import Teaching, critic_rate, descend, learning_rate, logged, weighted
from .judging import judge, seen


def paired_step(state: TrainingState, recipe: Recipe, batch: Sample, teaching: Teaching) -> dict[str, float]:
    """The critic's step on real and made pictures, then the generator's against it; the losses by name."""
    stage, number = recipe.stage_at(state.step)
    weights = stage.loss.at(number / stage.steps)
    parts = batch.split(stage.accumulate)
    state.generator.train()
    shown: dict[str, float] = {}
    # In one part, both steps can use the same made pictures; in several they are made anew, to save the memory.
    made = _make(state, recipe, batch, teaching) if len(parts) == 1 and stage.train != "critic" else None
    if state.critic is not None and _critic_learns(recipe, stage, weights):
        for part in parts:
            with torch.no_grad():
                fake = _make(state, recipe, part, teaching) if made is None else made.detach()
            beside = _beside(recipe, part)
            _add(shown, judge(state.critic, recipe.critic, part.target, fake.float(), beside, teaching, len(parts)))
        assert state.critic_optimiser is not None
        descend(state.critic_optimiser, [state.critic], critic_rate(stage, number), teaching.world, None)
    if stage.train != "critic":
        for part in parts:
            picture = _make(state, recipe, part, teaching) if made is None else made
            terms = _generator_terms(state, recipe, part, picture, weights, teaching)
            total = weighted(terms, weights, teaching.world) / len(parts)
            total.backward()
            _add(shown, logged({name: value / len(parts) for name, value in terms.items()} | {"total": total}))
        rate = learning_rate(stage, number)
        descend(state.generator_optimiser, [state.generator], rate, teaching.world, recipe.gradient_clip)
        shown["learning_rate"] = rate
    return shown


def _critic_learns(recipe: Recipe, stage: Stage, weights: dict[str, float]) -> bool:
    if stage.train != "both":
        return stage.train == "critic"
    return "adversarial" in weights or ("feature" in weights and recipe.features == "critic")


def _make(state: TrainingState, recipe: Recipe, batch: Sample, teaching: Teaching) -> Tensor:
    with teaching.precision():
        return finished(recipe.mode, made_by(state.generator, recipe.mode, batch), batch.source)


def _beside(recipe: Recipe, batch: Sample) -> Tensor | None:
    """What a conditional critic sees beside a picture."""
    return batch.source if recipe.critic.conditional else None


def _generator_terms(
    state: TrainingState,
    recipe: Recipe,
    batch: Sample,
    made: Tensor,
    weights: dict[str, float],
    teaching: Teaching,
) -> dict[str, Tensor]:
    """Each loss term that has a weight."""
    made, target = made.float(), batch.target
    terms: dict[str, Tensor] = {}
    pixel_losses = {
        "l1": losses.l1,
        "l2": losses.l2,
        "bce": losses.bce,
        "ssim": losses.dissimilarity,
        "edges": losses.edges,
    }
    for name, pixel_loss in pixel_losses.items():
        if name in weights:
            terms[name] = pixel_loss(made, target)
    if "tv" in weights:
        terms["tv"] = losses.tv(made)
    critic, beside = state.critic, _beside(recipe, batch)
    if critic is not None:
        critic.requires_grad_(False)
    with teaching.precision():
        if "adversarial" in weights and critic is not None:
            score = critic(seen(made, beside))
            terms["adversarial"] = losses.generator_loss(recipe.critic.loss, score.float())
        if "feature" in weights:
            if teaching.features is not None:
                features = teaching.features(made), teaching.features(target)
            else:
                assert critic is not None
                features = critic.features(seen(made, beside)), critic.features(seen(target, beside))
            terms["feature"] = losses.feature_loss(*features)
    if critic is not None:
        critic.requires_grad_(True)
    return terms


def _add(sums: dict[str, float], values: dict[str, float]) -> None:
    for name, value in values.items():
        sums[name] = sums.get(name, 0.0) + value
