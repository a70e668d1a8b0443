"""The feature loss: pictures compared by what a network sees in them (Johnson et al. 2016; Scribbler's w_f term)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor


def feature_loss(features_made: Sequence[Tensor], features_target: Sequence[Tensor]) -> Tensor:
    """Mean over layers and pictures of the squared difference, as a share of the target's own mean square.

    Features are [N, C, H, W], one tensor for each layer; the target's are a constant. As a share, the weight in a
    recipe means the same with any network, and a discriminator cannot raise the term by raising its features.
    """
    terms = []
    for made, target in zip(features_made, features_target, strict=True):
        constant = target.detach()
        energy = constant.square().mean(dim=(1, 2, 3))
        terms.append(((made - constant).square().mean(dim=(1, 2, 3)) / (energy + 1e-8)).mean())
    return torch.stack(terms).mean()
