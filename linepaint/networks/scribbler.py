"""Scribbler's generator: a residual encoder-decoder (Sangkloy et al. 2016, "Scribbler", section 3.1).

        x ─ stem ─ residual ─ down ─ residual ─ down ─ residual ─ down ─ residual × 5 ─┐
    picture ─ head ─ residual ─ up ─ residual ─ up ─ residual ─ up ────────────────────┘

No skips lead from encoder to decoder: the sketch is to be painted over, not to be handed through. Upsampling is
bilinear with a convolution after it, which leaves no checkerboard.

Shapes: N pictures, C channels, H × W pixels, both multiples of 8.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from linepaint.networks.blocks import ResidualBlock, as_picture
from linepaint.networks.normalisation import check_norm, norm_layer

RESOLUTIONS = 4
"""1/1, 1/2, 1/4 and 1/8 of the size."""

STRIDE = 8


@dataclass(frozen=True)
class ScribblerConfig:
    """channels: at full resolution; they double with each halving. blocks: residual blocks at 1/1, 1/2, 1/4 and 1/8.

    norm: one of normalisation.NORMS.
    """

    channels_in: int = 5
    channels_out: int = 3
    channels: int = 32
    blocks: tuple[int, ...] = (1, 1, 1, 5)
    norm: str = "instance"

    def __post_init__(self) -> None:
        check_norm(self.norm)
        if not isinstance(self.blocks, tuple) or len(self.blocks) != RESOLUTIONS:
            raise ValueError(f"blocks must be {RESOLUTIONS} numbers, not {self.blocks!r}")

    def widths(self) -> list[int]:
        """Channels at 1/1, 1/2, 1/4 and 1/8."""
        return [self.channels * 2**level for level in range(RESOLUTIONS)]


class NormedResidual(nn.Module):
    """x + norm(conv(relu(norm(conv(x))))), the block of Johnson et al. 2016 that Scribbler starts from."""

    def __init__(self, channels: int, norm: str) -> None:
        super().__init__()
        self.branch = nn.Sequential(
            convolution(channels, channels, norm), nn.ReLU(), convolution(channels, channels, norm)
        )

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The refined features, same shape."""
        return x_NCHW + self.branch(x_NCHW)


def convolution(channels_in: int, channels_out: int, norm: str, stride: int = 1) -> nn.Sequential:
    """A 3 × 3 convolution and its norm, started as in He et al. 2015."""
    # A norm takes off any bias before it.
    layer = nn.Conv2d(channels_in, channels_out, 3, stride=stride, padding=1, bias=norm == "none")
    nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return nn.Sequential(layer, norm_layer(norm, channels_out))


def residuals(count: int, channels: int, norm: str) -> nn.Sequential:
    """So many residual blocks; without a norm, those that are made to go without."""
    return nn.Sequential(
        *(ResidualBlock(channels) if norm == "none" else NormedResidual(channels, norm) for _ in range(count))
    )


def halved(channels_in: int, channels_out: int, blocks: int, norm: str) -> nn.Sequential:
    """Half the size: a strided convolution, then residual blocks."""
    return nn.Sequential(
        convolution(channels_in, channels_out, norm, stride=2), nn.ReLU(), residuals(blocks, channels_out, norm)
    )


def doubled(channels_in: int, channels_out: int, blocks: int, norm: str) -> nn.Sequential:
    """Twice the size: bilinear, a convolution, then residual blocks."""
    return nn.Sequential(
        nn.Upsample(scale_factor=2, mode="bilinear"),
        convolution(channels_in, channels_out, norm),
        nn.ReLU(),
        residuals(blocks, channels_out, norm),
    )


class Scribbler(nn.Module):
    """Source and strokes [N, C_in, H, W] -> picture [N, C_out, H, W] in [0, 1]."""

    def __init__(self, config: ScribblerConfig | None = None) -> None:
        super().__init__()
        self.config = config or ScribblerConfig()
        self.stride = STRIDE
        widths, blocks, norm = self.config.widths(), self.config.blocks, self.config.norm
        levels = range(1, RESOLUTIONS)
        self.encoder = nn.Sequential(
            convolution(self.config.channels_in, widths[0], norm),
            nn.ReLU(),
            residuals(blocks[0], widths[0], norm),
            *(halved(widths[level - 1], widths[level], blocks[level], norm) for level in levels),
        )
        self.decoder = nn.Sequential(
            *(doubled(widths[level], widths[level - 1], blocks[level - 1], norm) for level in reversed(levels)),
            nn.Conv2d(widths[0], self.config.channels_out, 3, padding=1),
        )

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The picture, of the same size."""
        return as_picture(self.decoder(self.encoder(x_NCHW)))
