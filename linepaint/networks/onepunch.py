"""OnePunch's colouriser (Daniels, "Deep Line-Art Colorization with Adversarial Nets"): a U-Net over a ResNet-50.

    source ─ ResNet-50 ─┬──────┬──────┬──────┐
       │               1/2    1/4    1/8    1/16   1/32
       └ skip ─ up ──── up ─── up ─── up ─── up ────┘
                └ attention × 3 ─ picture

The encoder can take weights trained on illustrations and be frozen, so that only the decoder is trained. The decoder
doubles by pixel shuffle (Shi et al. 2016), started by ICNR, and joins the encoder's features of each resolution, the
source itself at the last. Simple self-attention works on the largest maps.

Hints, where the config's channels_in has them, stay out of the encoder, whose weights know only pictures: the decoder
is shown them at every resolution, averaged over its pixels.

Shapes: N pictures, C channels, H × W pixels, both multiples of 32.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor, nn
from torch.nn import functional

from linepaint.networks.attention import SimpleSelfAttention
from linepaint.networks.blocks import Up, as_picture
from linepaint.networks.normalisation import check_norm, norm_layer
from linepaint.networks.resnet import STAGES, ResNetEncoder

STRIDE = 32
DECODER_BLOCKS = 5
HINT_CHANNELS = 4

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_DEVIATION = (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class OnePunchConfig:
    """channels_in: 1 for lines or 3 for a colour picture, and 4 more with hints.

    width and blocks: of the ResNet. decoder_channels: at 1/16, 1/8, 1/4, 1/2 and 1/1 of the size. attention: layers of
    it on the last map. norm: of the decoder, one of normalisation.NORMS.
    """

    channels_in: int = 1
    channels_out: int = 3
    width: int = 64
    blocks: tuple[int, ...] = (3, 4, 6, 3)
    decoder_channels: tuple[int, ...] = (512, 256, 128, 64, 32)
    attention: int = 3
    norm: str = "batch"

    def __post_init__(self) -> None:
        check_norm(self.norm)
        if self.channels_in not in (1, 3, 1 + HINT_CHANNELS, 3 + HINT_CHANNELS):
            raise ValueError(f"channels_in is {self.channels_in}, but must be 1 or 3, or with hints 5 or 7")
        if not isinstance(self.blocks, tuple) or len(self.blocks) != STAGES:
            raise ValueError(f"blocks must be {STAGES} numbers, not {self.blocks!r}")
        if not isinstance(self.decoder_channels, tuple) or len(self.decoder_channels) != DECODER_BLOCKS:
            raise ValueError(f"decoder_channels must be {DECODER_BLOCKS} numbers, not {self.decoder_channels!r}")

    @property
    def source_channels(self) -> int:
        """Channels of the source alone, 1 or 3."""
        return self.channels_in % HINT_CHANNELS


class DecoderBlock(nn.Module):
    """Double the map by pixel shuffle, join what is shown at that resolution, convolve."""

    def __init__(self, channels_in: int, channels_beside: int, channels_out: int, norm: str) -> None:
        super().__init__()
        self.up = Up(channels_in, channels_out)
        self.mix = nn.Conv2d(channels_out + channels_beside, channels_out, 3, padding=1, bias=norm == "none")
        nn.init.kaiming_normal_(self.mix.weight, nonlinearity="relu")
        if self.mix.bias is not None:
            nn.init.zeros_(self.mix.bias)
        self.norm = norm_layer(norm, channels_out)

    def forward(self, x_NCHW: Tensor, beside: list[Tensor]) -> Tensor:
        """The map [N, C_out, 2H, 2W]; beside: maps of that size."""
        return torch.relu(self.norm(self.mix(torch.cat([self.up(x_NCHW), *beside], dim=1))))


class OnePunch(nn.Module):
    """Source, and hints or none, [N, C_in, H, W] -> picture [N, C_out, H, W] in [0, 1]."""

    def __init__(self, config: OnePunchConfig | None = None) -> None:
        super().__init__()
        self.config = config or OnePunchConfig()
        self.stride = STRIDE
        self.encoder_is_frozen = False
        self.encoder = ResNetEncoder(self.config.width, self.config.blocks)
        coarsest, *skips = reversed(self.encoder.channels)
        hints = self.config.channels_in - self.config.source_channels
        made = self.config.decoder_channels
        self.decoder = nn.ModuleList(
            DecoderBlock(channels_in, skip + hints, channels_out, self.config.norm)
            for channels_in, skip, channels_out in zip(
                [coarsest, *made[:-1]], [*skips, self.config.source_channels], made, strict=True
            )
        )
        self.attention = nn.Sequential(*(SimpleSelfAttention(made[-1]) for _ in range(self.config.attention)))
        self.head = nn.Conv2d(made[-1], self.config.channels_out, 3, padding=1)

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The picture, of the same size."""
        source, hints = x_NCHW[:, : self.config.source_channels], x_NCHW[:, self.config.source_channels :]
        maps = [source, *self.encoder(as_imagenet(source))]
        x = maps.pop()
        for block in self.decoder:
            beside = [maps.pop()]
            if hints.shape[1]:
                beside.append(functional.adaptive_avg_pool2d(hints, beside[0].shape[2:]))
            x = block(x, beside)
        return as_picture(self.head(self.attention(x)))

    def freeze_encoder(self) -> None:
        """Train the decoder alone: the encoder takes no gradients, and its norms keep the statistics they came with."""
        self.encoder_is_frozen = True
        self.encoder.requires_grad_(False).eval()

    def train(self, mode: bool = True) -> Self:
        """Training or evaluation mode, in which a frozen encoder always stays."""
        super().train(mode)
        if self.encoder_is_frozen:
            self.encoder.eval()
        return self


def as_imagenet(source_NCHW: Tensor) -> Tensor:
    """Lines [N, 1, H, W], 1 = ink, as dark on white paper, or colours [N, 3, H, W], normalised -> [N, 3, H, W]."""
    colors = (1 - source_NCHW).expand(-1, 3, -1, -1) if source_NCHW.shape[1] == 1 else source_NCHW
    channels = zip(colors.unbind(1), IMAGENET_MEAN, IMAGENET_DEVIATION, strict=True)
    return torch.stack([(color - mean) / deviation for color, mean, deviation in channels], dim=1)
