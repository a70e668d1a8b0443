"""Inker: colour picture -> how much ink each pixel had before it was coloured.

A residual U-Net on 2 × 2 patches. It starts as a filter that takes for ink what is darker than its surroundings (a
difference of two means, after the difference of Gaussians of Marr and Hildreth 1980); what the layers add to that
starts at zero, so that training is spent on what no filter can tell: shadow from line, black hair from black paint.

        x ─┬─ patches ─ residual ─ down ─ residual ─ … ─ context ─ up ─ residual ─ … ─ pixels ─┐
           └─ darker than around ──────────────────────────────────────────────────────────────┴─ ink

Shapes: N pictures, C channels, H × W pixels, both multiples of 16.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from linepaint.networks.blocks import GlobalContext, ResidualBlock, Up, down

STRIDE = 16

LEVELS = 4
"""Resolutions at which it works: 1/2, 1/4, 1/8 and 1/16."""

PATCH = 2

FINE_CHANNELS = 8
"""Features at full resolution, of which the ink is made."""

AROUND_PX = 9
"""Side of the square that a pixel is compared with: a little wider than most lines."""

DARKER = 0.06
"""How much darker than around it, as a share of white, a pixel is at least where there is ink."""

STEEPNESS = 20.0
"""How surely the filter says so."""


EAGERNESS = 1.05
"""Added to the logits when it is used: a likelihood of 0.26 becomes 0.5. What counts is that lines are found and no
others (F), and the best threshold for that lies below a half (Lipton et al. 2014, "Optimal Thresholding of Classifiers
to Maximize F1 Measure"); chosen on drawings that were not trained on."""

SURENESS = 2.0
"""By which they are then multiplied: an unsure network would draw a haze."""


@dataclass(frozen=True)
class InkerConfig:
    """Channels at 1/2, 1/4, 1/8 and 1/16 of the resolution, and residual blocks at each of them."""

    channels: tuple[int, ...] = (20, 40, 80, 128)
    blocks: tuple[int, ...] = (1, 1, 2, 2)
    channels_in: int = 3
    channels_out: int = 1

    def __post_init__(self) -> None:
        for name in ("channels", "blocks"):
            value = getattr(self, name)
            if not isinstance(value, tuple) or len(value) != LEVELS:
                raise ValueError(f"{name} must be {LEVELS} numbers, not {value!r}")
        if self.channels_in != 3 or self.channels_out != 1:
            raise ValueError("an inker turns 3 channels into 1")


def darker_than_around(picture_N3HW: Tensor) -> Tensor:
    """The filter it starts from: logits of ink, [N, 1, H, W], of a picture in [0, 1]."""
    darkness = 1 - picture_N3HW.mean(dim=1, keepdim=True)
    around = functional.avg_pool2d(darkness, AROUND_PX, stride=1, padding=AROUND_PX // 2, count_include_pad=False)
    return STEEPNESS * (darkness - around - DARKER)


class Inker(nn.Module):
    """Picture [N, 3, H, W] in [0, 1] -> ink [N, 1, H, W] in [0, 1], 1 = ink.

    While it is trained, how likely each pixel is ink; when it is used (`eval`), the drawing that this makes.
    """

    def __init__(self, config: InkerConfig | None = None) -> None:
        super().__init__()
        self.config = config or InkerConfig()
        self.stride = STRIDE
        channels, blocks = self.config.channels, self.config.blocks
        self.stem = nn.Sequential(nn.PixelUnshuffle(PATCH), nn.Conv2d(3 * PATCH**2, channels[0], 3, padding=1))
        self.stages = nn.ModuleList(_residuals(c, count) for c, count in zip(channels, blocks, strict=True))
        self.downs = nn.ModuleList(down(a, b) for a, b in pairwise(channels))
        self.context = GlobalContext(channels[-1])
        self.ups = nn.ModuleList(Up(b, a) for a, b in pairwise(channels))
        self.up_stages = nn.ModuleList(
            _residuals(c, count) for c, count in zip(channels[:-1], blocks[:-1], strict=True)
        )
        self.pixels = Up(channels[0], FINE_CHANNELS)
        self.fine = nn.Conv2d(FINE_CHANNELS + 4, FINE_CHANNELS, 3, padding=1)
        self.ink = nn.Conv2d(FINE_CHANNELS, 1, 3, padding=1)
        nn.init.zeros_(self.ink.weight)
        assert self.ink.bias is not None
        nn.init.zeros_(self.ink.bias)

    def forward(self, x_N3HW: Tensor) -> Tensor:
        """The ink, of the same size."""
        filtered = darker_than_around(x_N3HW)
        x = self.stages[0](self.stem(x_N3HW))
        skips = [x]
        for halve, stage in zip(self.downs, self.stages[1:], strict=True):
            x = stage(halve(x))
            skips.append(x)
        x = self.context(x)
        for level in reversed(range(len(self.ups))):
            x = self.up_stages[level](skips[level] + self.ups[level](x))
        fine = self.fine(torch.cat([self.pixels(torch.relu(x)), x_N3HW, filtered], dim=1))
        logits = (filtered + self.ink(torch.relu(fine))).float()
        return torch.sigmoid(logits if self.training else SURENESS * (logits + EAGERNESS))


def _residuals(channels: int, count: int) -> nn.Sequential:
    return nn.Sequential(*(ResidualBlock(channels) for _ in range(count)))
