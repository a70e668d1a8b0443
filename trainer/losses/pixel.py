"""Losses on pixels. Pictures are [N, C, H, W] in [0, 1]; CycleGAN's cycle and identity terms are `l1` as well."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


def l1(made: Tensor, target: Tensor) -> Tensor:
    """Mean absolute difference (pix2pix's λ term)."""
    return F.l1_loss(made, target)


def l2(made: Tensor, target: Tensor) -> Tensor:
    """Mean squared difference: what PSNR measures."""
    return F.mse_loss(made, target)


def bce(made: Tensor, target: Tensor) -> Tensor:
    """Mean binary cross-entropy of ink in [0, 1], the target's being a share of the pixel."""
    return F.binary_cross_entropy(made, target)


def edges(made: Tensor, target: Tensor) -> Tensor:
    """Mean absolute difference of the horizontal and vertical gradients: colour must change where the artist's does."""
    return F.l1_loss(_across(made), _across(target)) + F.l1_loss(_along(made), _along(target))


def tv(made: Tensor) -> Tensor:
    """Total variation: mean absolute horizontal and vertical gradient, 0 for a flat picture (Rudin et al. 1992)."""
    return _across(made).abs().mean() + _along(made).abs().mean()


def _across(picture: Tensor) -> Tensor:
    return picture[..., 1:] - picture[..., :-1]


def _along(picture: Tensor) -> Tensor:
    return picture[..., 1:, :] - picture[..., :-1, :]
