"""Unpaired training (CycleGAN, Zhu et al. 2017): colour pictures and line drawings that do not belong together.

The generator draws the lines of a picture; its deliberately weak partner colours line drawings; a critic watches over
each kind. What was drawn and coloured back must be the picture again, what was coloured and drawn back the drawing.
"""

from __future__ import annotations

from torch import Tensor

from .. import losses
from ..data.samples import Sample
from ..recipe import Recipe
from ..state import TrainingState
from .descent import Teaching, critic_rate, descend, learning_rate, logged, weighted
from .judging import judge


def unpaired_step(state: TrainingState, recipe: Recipe, batch: Sample, teaching: Teaching) -> dict[str, float]:
    """Both critics' step, then both generators'; the losses by name. The batch is worked through in one part."""
    stage, number = recipe.stage_at(state.step)
    weights = stage.loss.at(number / stage.steps)
    color, lines = batch.source, batch.target
    draws, colors = state.generator.train(), state.partner
    assert colors is not None and state.critic is not None and state.partner_critic is not None
    with teaching.precision():
        drawn = draws(color)
        colored = colors(lines)
    shown = {}
    if stage.train != "generator":
        shown = _teach_critics(state, recipe, color, lines, drawn, colored, teaching, critic_rate(stage, number))
    if stage.train == "critic":
        return shown
    for critic in (state.critic, state.partner_critic):
        critic.requires_grad_(False)
    with teaching.precision():
        terms = {
            "adversarial": losses.generator_loss(recipe.critic.loss, state.critic(drawn).float())
            + losses.generator_loss(recipe.critic.loss, state.partner_critic(colored).float()),
            "cycle": losses.l1(colors(drawn).float(), color) + losses.l1(draws(colored).float(), lines),
        }
        if "identity" in weights:
            # A line drawing shown as a picture is its own line drawing. The partner has no such identity: what it
            # takes has one channel, what it gives has three.
            terms["identity"] = losses.l1(draws((1 - lines).expand(-1, 3, -1, -1)).float(), lines)
    for critic in (state.critic, state.partner_critic):
        critic.requires_grad_(True)
    terms = {name: term for name, term in terms.items() if name in weights}
    total = weighted(terms, weights, teaching.world)
    total.backward()
    rate = learning_rate(stage, number)
    descend(state.generator_optimiser, [draws, colors], rate, teaching.world, recipe.gradient_clip)
    return shown | logged(terms | {"total": total}) | {"learning_rate": rate}


def _teach_critics(
    state: TrainingState,
    recipe: Recipe,
    color: Tensor,
    lines: Tensor,
    drawn: Tensor,
    colored: Tensor,
    teaching: Teaching,
    rate: float,
) -> dict[str, float]:
    """One step of both critics, on real pictures and on made ones of now and earlier; their losses by name."""
    assert state.critic is not None and state.partner_critic is not None and state.critic_optimiser is not None
    shown: dict[str, float] = {}
    for name, critic, real, made in (
        ("critic", state.critic, lines, state.made_lines.exchange(drawn.detach().float())),
        ("partner_critic", state.partner_critic, color, state.made_color.exchange(colored.detach().float())),
    ):
        for term, value in judge(critic, recipe.critic, real, made, None, teaching).items():
            shown[name if term == "critic" else f"{name}_{term}"] = value
    descend(state.critic_optimiser, [state.critic, state.partner_critic], rate, teaching.world, None)
    return shown
