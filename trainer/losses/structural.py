"""Structural dissimilarity: what an eye misses that a mean difference does not tell."""

from __future__ import annotations

from pytorch_msssim import ssim
from torch import Tensor


def dissimilarity(made: Tensor, target: Tensor) -> Tensor:
    """1 - SSIM (Wang et al. 2004) of pictures [N, C, H, W] in [0, 1], Gaussian window of 11 px and σ = 1.5.

    0 for the same picture. As a loss beside L1: Zhao et al. 2017, "Loss Functions for Image Restoration with Neural
    Networks". Height and width must be at least 11.
    """
    return 1 - ssim(made, target, data_range=1.0)
