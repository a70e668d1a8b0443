"""Losses: functions of tensors. Pictures are [N, 3, H, W] in [0, 1]; every loss is a scalar mean."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def composite(color_N3HW: Tensor, lines_N1HW: Tensor) -> Tensor:
    """What the artist sees: the colour layer under the lines (1 = ink), multiplied."""
    return color_N3HW * (1 - lines_N1HW)


def l1(made: Tensor, target: Tensor) -> Tensor:
    """Mean absolute difference (pix2pix's λ term)."""
    return F.l1_loss(made, target)


def l2(made: Tensor, target: Tensor) -> Tensor:
    """Mean squared difference: what PSNR measures."""
    return F.mse_loss(made, target)


def edges(made: Tensor, target: Tensor) -> Tensor:
    """Mean absolute difference of the horizontal and vertical gradients: colour must change where the artist's does."""
    across = F.l1_loss(made[..., 1:] - made[..., :-1], target[..., 1:] - target[..., :-1])
    along = F.l1_loss(made[..., 1:, :] - made[..., :-1, :], target[..., 1:, :] - target[..., :-1, :])
    return across + along


def hinge_discriminator(real: Tensor, fake: Tensor) -> Tensor:
    """The critic's hinge loss on its patch scores (Lim & Ye 2017)."""
    return torch.relu(1 - real).mean() + torch.relu(1 + fake).mean()


def hinge_generator(fake: Tensor) -> Tensor:
    """The generator's side of the hinge loss."""
    return -fake.mean()
