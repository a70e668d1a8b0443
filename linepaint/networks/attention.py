"""Simple self-attention: every place sees every other, at the cost of a few 1 × 1 convolutions.

github.com/sdoria/SimpleSelfAttention, after Zhang et al. 2018 (SAGAN) without its three projections and its softmax.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm


class SimpleSelfAttention(nn.Module):
    """x + γ · x (xᵀ conv(x)) over the P = H · W places of a picture; γ starts at 0, so that it begins as the identity.

    The product is taken as ((x xᵀ) conv) x, with C × C matrices up to the last step, and costs C² · P instead of
    C · P². It is the mean over the places rather than the original's sum, so that γ means the same at 64 px and at
    512 px. spectral: with spectral norm on the convolution, for critics.
    """

    def __init__(self, channels: int, spectral: bool = False) -> None:
        super().__init__()
        self.mix = nn.Conv2d(channels, channels, 1, bias=False)
        nn.init.kaiming_normal_(self.mix.weight, nonlinearity="linear")
        if spectral:
            spectral_norm(self.mix)
        self.gamma = nn.Parameter(torch.zeros(1))

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The features with what the other places add to them, same shape."""
        places_NCP = x_NCHW.flatten(2)
        alike_NCC = places_NCP @ places_NCP.transpose(1, 2) / places_NCP.shape[2]
        heard_NCC = self.gamma * alike_NCC @ self.mix.weight[:, :, 0, 0]
        # Places first, so that the sum stays in channels-last memory.
        seen_NPC = places_NCP.transpose(1, 2) @ heard_NCC.transpose(1, 2)
        return x_NCHW + seen_NPC.transpose(1, 2).view_as(x_NCHW)
