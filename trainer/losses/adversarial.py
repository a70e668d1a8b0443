"""The adversarial losses: what the discriminator and the generator want of the scores.

Scores are logits of any shape [N, ...], one for each patch of each picture, higher = more like the artist's own. The
kinds are the recipe's words:

hinge          Lim and Ye 2017, SAGAN
vanilla        Goodfellow et al. 2014 with the generator's -log D, as pix2pix trains
least-squares  Mao et al. 2016, as CycleGAN trains
wgan-gp        Gulrajani et al. 2017; its `gradient_penalty` is a term of its own, with a weight of 10 in the paper
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import torch
import torch.nn.functional as F
from torch import Tensor


class AdversarialKind(StrEnum):
    """Which game the two play."""

    HINGE = "hinge"
    VANILLA = "vanilla"
    LEAST_SQUARES = "least-squares"
    WGAN_GP = "wgan-gp"


def discriminator_loss(kind: str, real_scores: Tensor, fake_scores: Tensor) -> Tensor:
    """What the discriminator minimises. The halves of vanilla and least-squares are those of pix2pix and CycleGAN,
    which so slow it down beside the generator. Raises ValueError for a kind that is none."""
    match AdversarialKind(kind):
        case AdversarialKind.HINGE:
            return torch.relu(1 - real_scores).mean() + torch.relu(1 + fake_scores).mean()
        case AdversarialKind.VANILLA:
            return (F.softplus(-real_scores).mean() + F.softplus(fake_scores).mean()) / 2
        case AdversarialKind.LEAST_SQUARES:
            return ((real_scores - 1).square().mean() + fake_scores.square().mean()) / 2
        case AdversarialKind.WGAN_GP:
            return fake_scores.mean() - real_scores.mean()


def generator_loss(kind: str, fake_scores: Tensor) -> Tensor:
    """What the generator minimises. Raises ValueError for a kind that is none."""
    match AdversarialKind(kind):
        case AdversarialKind.HINGE | AdversarialKind.WGAN_GP:
            return -fake_scores.mean()
        case AdversarialKind.VANILLA:
            return F.softplus(-fake_scores).mean()
        case AdversarialKind.LEAST_SQUARES:
            return (fake_scores - 1).square().mean()


def gradient_penalty(
    critic: Callable[[Tensor], Tensor], real: Tensor, fake: Tensor, share: Tensor | None = None
) -> Tensor:
    """How far the critic's slope is from 1 between real and made pictures: mean of (|gradient| - 1)², one for each.

    real, fake: pictures [N, C, H, W]; share: [N, 1, 1, 1] in [0, 1], how much of each mixture is the real picture,
    drawn uniformly from torch's generator if not given. A critic with a condition is passed closed over it. The score
    of a picture is the mean of its patches' scores, which the other terms weigh too. Backpropagates into the critic.
    """
    if share is None:
        share = torch.rand(len(real), 1, 1, 1, device=real.device)
    mixture = torch.lerp(fake.detach(), real.detach(), share).requires_grad_()
    with torch.enable_grad():
        total = critic(mixture).flatten(1).mean(dim=1).sum()
        (gradient,) = torch.autograd.grad(total, mixture, create_graph=True)
    # sqrt has no slope at 0; the ε keeps a critic that is flat there from turning its weights into NaN.
    norm = (gradient.square().sum(dim=(1, 2, 3)) + 1e-12).sqrt()
    return (norm - 1).square().mean()
