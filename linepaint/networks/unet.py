"""The U-Net generator of pix2pix (Isola et al. 2016, "Image-to-Image Translation with Conditional Adversarial Nets").

        x ─ down ─────────────── skip ─────────────── up ─ picture
             └ down ──────────── skip ──────────── up ┘
                └ …             skip             … ┘
                   └ down ─ bottleneck, noise ─ up ┘

Shapes: N pictures, C channels, H × W pixels, both multiples of 2 ** levels. `levels` halvings: 8 is the paper's
U-Net for 256 px, with a bottleneck of 1 × 1 px there, and 7 its U-Net for 128 px; both take any larger picture too.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from linepaint.networks.blocks import as_picture
from linepaint.networks.initialisation import start_as_dcgan
from linepaint.networks.normalisation import check_norm, norm_layer

LEAST_LEVELS, MOST_LEVELS = 2, 9
SMALL_MAP = 64
"""Up to so many pixels, doubling a map is a matrix product."""

NOISY_LEVELS = 3
"""So many blocks after the bottleneck drop half of what they make: the noise z."""


@dataclass(frozen=True)
class UNetConfig:
    """channels: of the first map; they double at each level, up to eight times. norm: one of normalisation.NORMS."""

    channels_in: int = 1
    channels_out: int = 3
    channels: int = 64
    levels: int = 8
    norm: str = "instance"

    def __post_init__(self) -> None:
        check_norm(self.norm)
        if not LEAST_LEVELS <= self.levels <= MOST_LEVELS:
            raise ValueError(f"levels is {self.levels}, but must be {LEAST_LEVELS} to {MOST_LEVELS}")

    def widths(self) -> list[int]:
        """Channels of the maps on the way down, from fine to coarse."""
        return [self.channels * min(2**level, 8) for level in range(self.levels)]


class DownBlock(nn.Sequential):
    """Halve the map: leaky ReLU, 4 × 4 convolution with stride 2, norm."""

    def __init__(self, channels_in: int, channels_out: int, norm: str) -> None:
        super().__init__(
            nn.LeakyReLU(0.2),
            # The norm takes off any bias before it.
            nn.Conv2d(channels_in, channels_out, 4, stride=2, padding=1, bias=norm == "none"),
            norm_layer(norm, channels_out),
        )


class UpBlock(nn.Sequential):
    """Double the map: ReLU, transposed 4 × 4 convolution with stride 2, norm, and noise in the innermost blocks."""

    def __init__(self, channels_in: int, channels_out: int, norm: str, noisy: bool) -> None:
        super().__init__(
            nn.ReLU(),
            Doubling(channels_in, channels_out, bias=norm == "none"),
            norm_layer(norm, channels_out),
            DropoutNoise() if noisy else nn.Identity(),
        )


class Doubling(nn.ConvTranspose2d):
    """A transposed 4 × 4 convolution with stride 2: [N, C_in, H, W] -> [N, C_out, 2H, 2W]."""

    def __init__(self, channels_in: int, channels_out: int, bias: bool) -> None:
        super().__init__(channels_in, channels_out, 4, stride=2, padding=1, bias=bias)

    def forward(self, input: Tensor, output_size: list[int] | None = None) -> Tensor:
        """The larger map."""
        height, width = input.shape[2:]
        if input.device.type != "cpu" or height * width > SMALL_MAP or not self.weight.is_contiguous():
            return super().forward(input, output_size)
        # On a small map the weights are most of the work, and oneDNN reorders them at every use. One matrix product
        # with the weights as they lie takes a half to a tenth of the time, forward and backward.
        patches = input.flatten(2).transpose(1, 2) @ self.weight.flatten(1)
        made = functional.fold(patches.transpose(1, 2), (2 * height, 2 * width), kernel_size=4, padding=1, stride=2)
        return made if self.bias is None else made + self.bias[:, None, None]


class DropoutNoise(nn.Module):
    """Zeroes half of the values at random, in training and at use: the z of G(x, z).

    Drawn picture by picture after torch.manual_seed, whatever the memory format, so that the seed says it all.
    """

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """What is left, doubled, same shape."""
        kept_NCHW = torch.empty(x_NCHW.shape, dtype=x_NCHW.dtype, device=x_NCHW.device).bernoulli_(0.5)
        return x_NCHW * kept_NCHW * 2


def encoder_blocks(config: UNetConfig) -> nn.ModuleList:
    """The way down. The first block sees the picture itself; the bottleneck, 1 × 1 px at 256 px, has no norm."""
    widths = config.widths()
    norms = [config.norm] * (config.levels - 2) + ["none"]
    first = nn.Conv2d(config.channels_in, config.channels, 4, stride=2, padding=1)
    rest = (DownBlock(a, b, norm) for (a, b), norm in zip(pairwise(widths), norms, strict=True))
    return nn.ModuleList([first, *rest])


def decoder_blocks(config: UNetConfig, joined: int) -> nn.ModuleList:
    """The way up. joined: how many maps of its resolution each block but the first is given, 2 with skips."""
    outwards = config.widths()[::-1]
    inner = [
        UpBlock(a if index == 0 else a * joined, b, config.norm, noisy=index < NOISY_LEVELS)
        for index, (a, b) in enumerate(pairwise(outwards))
    ]
    return nn.ModuleList([*inner, UpBlock(outwards[-1] * joined, config.channels_out, "none", noisy=False)])


class UNet(nn.Module):
    """Source [N, C_in, H, W] -> picture [N, C_out, H, W] in [0, 1]. Height and width are multiples of `stride`."""

    def __init__(self, config: UNetConfig | None = None) -> None:
        super().__init__()
        self.config = config or UNetConfig()
        self.stride = 2**self.config.levels
        self.downs = encoder_blocks(self.config)
        self.ups = decoder_blocks(self.config, joined=2)
        start_as_dcgan(self)

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The picture; two calls differ by their noise."""
        maps = []
        x = x_NCHW
        for down in self.downs:
            x = down(x)
            maps.append(x)
        bottleneck_up, *ups = self.ups
        x = bottleneck_up(maps.pop())
        for up in ups:
            x = up(torch.cat([x, maps.pop()], dim=1))
        return as_picture(x)
