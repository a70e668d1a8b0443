"""A small residual generator after CycleGAN (Zhu et al. 2017), as OnePunch uses it between pictures and scans.

        x ─ 7 × 7 ─ down ─ down ─ residual × blocks ─ up ─ up ─ 7 × 7 ─ picture

Modified: few channels and few blocks, because removing colour and shading needs no knowledge of things, and pixel
shuffle in place of transposed convolutions. As in the paper every convolution but the halving ones mirrors the
picture at its edges, so that no border is drawn around it.

Shapes: N pictures, C channels, H × W pixels, both multiples of 4.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional

from linepaint.networks.blocks import Up, as_picture
from linepaint.networks.initialisation import start_as_dcgan
from linepaint.networks.normalisation import InstanceNorm

STRIDE = 4


@dataclass(frozen=True)
class CycleConfig:
    """channels: at full resolution; they double with each halving. blocks: residual blocks at a quarter of the size."""

    channels_in: int = 3
    channels_out: int = 1
    channels: int = 24
    blocks: int = 3


class MirrorPad(nn.Module):
    """Mirrors `margin` pixels at each edge; a map too small to be mirrored repeats its edge instead."""

    def __init__(self, margin: int) -> None:
        super().__init__()
        self.margin = margin

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The map with its margins, [N, C, H + 2 · margin, W + 2 · margin]."""
        mode = "reflect" if min(x_NCHW.shape[2:]) > self.margin else "replicate"
        return functional.pad(x_NCHW, (self.margin,) * 4, mode=mode)


def mirrored(channels_in: int, channels_out: int, kernel: int) -> nn.Sequential:
    """A convolution that keeps the size by mirroring the picture at its edges."""
    layers = nn.Sequential(MirrorPad(kernel // 2), nn.Conv2d(channels_in, channels_out, kernel))
    start_as_dcgan(layers)
    return layers


def halved(channels: int) -> nn.Sequential:
    """Half the size, twice the channels."""
    convolution = nn.Conv2d(channels, channels * 2, 3, stride=2, padding=1)
    start_as_dcgan(convolution)
    return nn.Sequential(convolution, InstanceNorm(channels * 2), nn.ReLU())


def doubled(channels: int) -> nn.Sequential:
    """Twice the size, half the channels."""
    return nn.Sequential(Up(channels, channels // 2), InstanceNorm(channels // 2), nn.ReLU())


class CycleResidual(nn.Module):
    """x + norm(conv(relu(norm(conv(x)))))."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.branch = nn.Sequential(
            mirrored(channels, channels, 3),
            InstanceNorm(channels),
            nn.ReLU(),
            mirrored(channels, channels, 3),
            InstanceNorm(channels),
        )

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The refined features, same shape."""
        return x_NCHW + self.branch(x_NCHW)


class CycleGenerator(nn.Module):
    """Picture [N, C_in, H, W] -> its counterpart in the other domain, [N, C_out, H, W] in [0, 1]."""

    def __init__(self, config: CycleConfig | None = None) -> None:
        super().__init__()
        self.config = config or CycleConfig()
        self.stride = STRIDE
        width = self.config.channels
        self.layers = nn.Sequential(
            mirrored(self.config.channels_in, width, 7),
            InstanceNorm(width),
            nn.ReLU(),
            halved(width),
            halved(width * 2),
            *(CycleResidual(width * 4) for _ in range(self.config.blocks)),
            doubled(width * 4),
            doubled(width * 2),
            mirrored(width, self.config.channels_out, 7),
        )

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The counterpart, of the same size."""
        return as_picture(self.layers(x_NCHW))
