"""Building blocks shared by the networks.

Shape suffixes: N pictures, C channels, H and W pixels at the block's own resolution.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class ResidualBlock(nn.Module):
    """x + conv(relu(conv(relu(x)))), He et al. 2016, pre-activation and without normalisation.

    Without normalisation one hint cannot change the colours at the other end of the picture, and a crop gives what
    the whole gives. The second convolution starts near zero, so that a deep stack starts as the identity.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.normal_(self.second.weight, std=1e-3)
        assert self.second.bias is not None
        nn.init.zeros_(self.second.bias)

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The refined features, same shape."""
        return x_NCHW + self.second(torch.relu(self.first(torch.relu(x_NCHW))))


class GlobalContext(nn.Module):
    """Adds to every place a function of the picture's mean features, so that colours can agree across the page."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.mix = nn.Sequential(nn.Conv2d(channels, channels, 1), nn.ReLU(), nn.Conv2d(channels, channels, 1))

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The features with their context, same shape."""
        return x_NCHW + self.mix(x_NCHW.mean(dim=(2, 3), keepdim=True))


def down(channels_in: int, channels_out: int) -> nn.Module:
    """Halve the resolution: a strided 2 × 2 convolution, each output pixel from its own four inputs."""
    return nn.Conv2d(channels_in, channels_out, 2, stride=2)


class Up(nn.Module):
    """Double the resolution by pixel shuffle (Shi et al. 2016), started as nearest-neighbour (ICNR, Aitken 2017)."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__()
        self.expand = nn.Conv2d(channels_in, channels_out * 4, 1)
        self.shuffle = nn.PixelShuffle(2)
        weight = torch.empty(channels_out, channels_in, 1, 1)
        nn.init.kaiming_normal_(weight, nonlinearity="linear")
        with torch.no_grad():
            self.expand.weight.copy_(weight.repeat_interleave(4, dim=0))
            assert self.expand.bias is not None
            self.expand.bias.zero_()

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """Features [N, C_out, 2H, 2W]."""
        return self.shuffle(self.expand(x_NCHW))


def as_picture(x_NCHW: Tensor) -> Tensor:
    """Any numbers -> a picture in [0, 1]: (tanh + 1) / 2, as pix2pix ends.

    In single precision also where a network runs in bfloat16, which has no more than 128 steps from a half to one.
    """
    return (torch.tanh(x_NCHW.to(torch.promote_types(x_NCHW.dtype, torch.float32))) + 1) / 2
