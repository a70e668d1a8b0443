"""The U-Net without its skips: the encoder-decoder that pix2pix compares it with (Isola et al. 2016, section 4.3).

Everything the picture needs has to pass the bottleneck, lines included.
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from linepaint.networks.blocks import as_picture
from linepaint.networks.initialisation import start_as_dcgan
from linepaint.networks.unet import UNetConfig, decoder_blocks, encoder_blocks


@dataclass(frozen=True)
class EncoderDecoderConfig(UNetConfig):
    """The same numbers as of a U-Net."""


class EncoderDecoder(nn.Module):
    """Source [N, C_in, H, W] -> picture [N, C_out, H, W] in [0, 1]. Height and width are multiples of `stride`."""

    def __init__(self, config: EncoderDecoderConfig | None = None) -> None:
        super().__init__()
        self.config = config or EncoderDecoderConfig()
        self.stride = 2**self.config.levels
        self.downs = encoder_blocks(self.config)
        self.ups = decoder_blocks(self.config, joined=1)
        start_as_dcgan(self)

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The picture; two calls differ by their noise."""
        x = x_NCHW
        for block in (*self.downs, *self.ups):
            x = block(x)
        return as_picture(x)
