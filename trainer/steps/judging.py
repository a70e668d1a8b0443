"""What a critic is shown, and what it learns from being shown it."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .. import losses
from ..recipe import CriticRecipe
from .descent import Teaching, logged, weighted


def seen(picture: Tensor, beside: Tensor | None) -> Tensor:
    """What the critic is shown: the picture, beside what it was made from if it is a conditional one."""
    return picture if beside is None else torch.cat([picture, beside], dim=1)


def judge(
    critic: nn.Module,
    asked: CriticRecipe,
    real: Tensor,
    made: Tensor,
    beside: Tensor | None,
    teaching: Teaching,
    parts: int = 1,
) -> dict[str, float]:
    """Add the gradients of the critic's loss on real and made pictures, divided by `parts`; the losses by name.

    real, made: [N, C, H, W]; beside: what both were made from, for a conditional critic. Raises Diverged.
    """
    with teaching.precision():
        if asked.norm == "batch":
            # Apart, as the generator's are later: their common mean would tell which half of a batch is real.
            real_scores, made_scores = critic(seen(real, beside)), critic(seen(made, beside))
        else:
            real_scores, made_scores = critic(torch.cat([seen(real, beside), seen(made, beside)])).chunk(2)
    terms = {"critic": losses.discriminator_loss(asked.loss, real_scores.float(), made_scores.float())}
    weights = {"critic": 1.0}
    if asked.loss == "wgan-gp":
        terms["penalty"] = losses.gradient_penalty(lambda picture: critic(seen(picture, beside)), real, made)
        weights["penalty"] = asked.penalty
    (weighted(terms, weights, teaching.world) / parts).backward()
    return logged({name: value / parts for name, value in terms.items()})
