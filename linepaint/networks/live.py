"""live: a generator built for a pen. A line encoder runs once per drawing, a light hint decoder on every stroke.

The decoder refines a classical propagation of the hints (`linepaint.imaging.propagation`): it sees the propagated
colour and its confidence, and adds a correction whose last layer starts at zero, so that an untrained network is the
classical filler and training is spent on what fillers cannot do.

Shapes: N pictures, H × W pixels, both multiples of 32. Lines are [N, 1, H, W] in [0, 1], 1 = ink. Hints are
[N, 4, H, W]: rgb in [-1, 1] × mask, and the mask. The prior is [N, 4, H, W]: rgb in [0, 1], and confidence in [0, 1].
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise

import torch
from torch import Tensor, nn

from linepaint.networks.blocks import GlobalContext, ResidualBlock, Up, down

STRIDE = 32
"""Height and width must be multiples of this."""

LEVELS = 4
"""Resolutions at which the networks work: 1/4, 1/8, 1/16 and 1/32."""

PATCH = 4
"""The networks work on 4 × 4 patches: full resolution goes in and comes out, but no convolution runs there."""


@dataclass(frozen=True)
class LiveConfig:
    """Channels at 1/4, 1/8, 1/16 and 1/32 of the resolution, and residual blocks at each of them."""

    encoder_channels: tuple[int, ...] = (32, 64, 128, 192)
    encoder_blocks: tuple[int, ...] = (1, 2, 2, 2)
    decoder_channels: tuple[int, ...] = (32, 64, 128, 192)
    decoder_blocks: tuple[int, ...] = (1, 1, 1, 2)

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, tuple) or len(value) != LEVELS:
                raise ValueError(f"{field.name} must be {LEVELS} numbers, not {value!r}")


class LineEncoder(nn.Module):
    """Lines [N, 1, H, W] -> features at 1/4, 1/8, 1/16 and 1/32 of the size. Runs once per drawing."""

    def __init__(self, config: LiveConfig) -> None:
        super().__init__()
        channels = config.encoder_channels
        self.patchify = nn.PixelUnshuffle(PATCH)
        self.stem = nn.Conv2d(PATCH**2, channels[0], 3, padding=1)
        self.stages = nn.ModuleList(
            nn.Sequential(*(ResidualBlock(c) for _ in range(count)))
            for c, count in zip(channels, config.encoder_blocks, strict=True)
        )
        self.downs = nn.ModuleList(down(a, b) for a, b in pairwise(channels))
        self.context = GlobalContext(channels[-1])

    def forward(self, lines_N1HW: Tensor) -> list[Tensor]:
        """Features from fine to coarse: [N, C_i, H / 2^(i+2), W / 2^(i+2)]."""
        x = self.stem(self.patchify(lines_N1HW))
        features = []
        for level, stage in enumerate(self.stages):
            x = stage(x if level == 0 else self.downs[level - 1](x))
            features.append(x)
        features[-1] = self.context(features[-1])
        return features


class HintDecoder(nn.Module):
    """Line features, hints and prior -> the correction to the prior's colour, [N, 3, H, W]. Runs on every stroke."""

    def __init__(self, config: LiveConfig) -> None:
        super().__init__()
        channels, lines = config.decoder_channels, config.encoder_channels
        self.patchify = nn.PixelUnshuffle(PATCH)
        self.stem = nn.Conv2d(8 * PATCH**2, channels[0], 1)
        self.joins = nn.ModuleList(nn.Conv2d(a, b, 1) for a, b in zip(lines, channels, strict=True))
        self.down_stages = nn.ModuleList(
            nn.Sequential(*(ResidualBlock(c) for _ in range(count)))
            for c, count in zip(channels, config.decoder_blocks, strict=True)
        )
        self.downs = nn.ModuleList(down(a, b) for a, b in pairwise(channels))
        self.context = GlobalContext(channels[-1])
        self.ups = nn.ModuleList(Up(b, a) for a, b in pairwise(channels))
        self.up_stages = nn.ModuleList(
            nn.Sequential(*(ResidualBlock(c) for _ in range(count)))
            for c, count in zip(channels[:-1], config.decoder_blocks[:-1], strict=True)
        )
        self.correction = nn.Conv2d(channels[0], 3 * PATCH**2, 3, padding=1)
        nn.init.zeros_(self.correction.weight)
        assert self.correction.bias is not None
        nn.init.zeros_(self.correction.bias)
        self.unpatchify = nn.PixelShuffle(PATCH)

    def forward(self, features: list[Tensor], hints_N4HW: Tensor, prior_N4HW: Tensor) -> Tensor:
        """The correction, [N, 3, H, W], to be added to the prior's rgb."""
        x = self.stem(self.patchify(torch.cat([hints_N4HW, prior_N4HW], dim=1)))
        skips: list[Tensor] = []
        for level, (stage, join) in enumerate(zip(self.down_stages, self.joins, strict=True)):
            if level:
                x = self.downs[level - 1](x)
            x = stage(x + join(features[level]))
            skips.append(x)
        x = self.context(x)
        for level in reversed(range(len(self.ups))):
            x = self.up_stages[level](skips[level] + self.ups[level](x))
        return self.unpatchify(self.correction(torch.relu(x)))


class LiveGenerator(nn.Module):
    """The line encoder and the hint decoder together: lines, hints and prior -> the colour under the lines."""

    stride = STRIDE

    def __init__(self, config: LiveConfig | None = None) -> None:
        super().__init__()
        self.config = config or LiveConfig()
        self.encoder = LineEncoder(self.config)
        self.decoder = HintDecoder(self.config)

    def forward(self, lines_N1HW: Tensor, hints_N4HW: Tensor, prior_N4HW: Tensor) -> Tensor:
        """The colour layer, [N, 3, H, W]; training lets it leave [0, 1] so that gradients do not die at white."""
        correction = self.decoder(self.encoder(lines_N1HW), hints_N4HW, prior_N4HW)
        return prior_N4HW[:, :3] + correction
