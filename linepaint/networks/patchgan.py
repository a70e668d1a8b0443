"""PatchGAN: a convolutional critic that judges patches instead of pictures (Isola et al. 2016).

Shape suffixes: N pictures, C channels, H and W pixels, h and w patches.
"""

from __future__ import annotations

from typing import cast

from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from linepaint.networks.attention import SimpleSelfAttention
from linepaint.networks.initialisation import start_as_dcgan
from linepaint.networks.normalisation import NORMS, check_norm, norm_layer

HALVINGS = {16: 1, 34: 2, 70: 3, 142: 4, 286: 5}
"""Side of the patch in pixels -> how many of its 4 × 4 convolutions have stride 2; two with stride 1 follow."""

PIXEL = 1
"""The side that stands for PixelGAN: 1 × 1 convolutions only."""

RECEPTIVE_FIELDS = (PIXEL, *HALVINGS)
CRITIC_NORMS = ("spectral", *NORMS)


class PatchDiscriminator(nn.Module):
    """Picture [N, C, H, W] -> one score for each overlapping patch, [N, 1, h, w].

    receptive_field: side of the patch in pixels, one of RECEPTIVE_FIELDS. norm: one of CRITIC_NORMS; "spectral"
    (Miyato et al. 2018) normalises the weights instead of the features, and is steady at any batch size, "batch" is
    the paper's. As in the paper the first convolution goes without a norm of features. attention: so many maps, the
    largest first, are followed by simple self-attention, through which a score also sees the rest of the picture.

    Raises ValueError for a receptive field or a norm that there is none of, or more attention than maps.
    """

    def __init__(
        self,
        channels_in: int,
        receptive_field: int = 70,
        channels: int = 64,
        norm: str = "spectral",
        attention: int = 0,
    ) -> None:
        super().__init__()
        check_norm(norm, CRITIC_NORMS)
        if receptive_field not in RECEPTIVE_FIELDS:
            known = ", ".join(map(str, RECEPTIVE_FIELDS))
            raise ValueError(f"receptive_field is {receptive_field}, but must be one of {known}")
        kernel = 1 if receptive_field == PIXEL else 4
        strides = [1, 1] if receptive_field == PIXEL else [2] * HALVINGS[receptive_field] + [1]
        if not 0 <= attention <= len(strides):
            raise ValueError(f"attention is {attention}, but this critic has {len(strides)} maps to attend to")
        self.blocks = nn.ModuleList()
        width = channels_in
        for index, stride in enumerate(strides):
            block = CriticBlock(
                width,
                channels * min(2**index, 8),
                kernel,
                stride,
                norm="none" if index == 0 and norm != "spectral" else norm,
                attention=index < attention,
            )
            self.blocks.append(block)
            width = block.channels_out
        self.score = nn.Conv2d(width, 1, kernel, padding=kernel // 4)
        start_as_dcgan(self.score)
        if norm == "spectral":
            spectral_norm(self.score)

    def forward(self, picture_NCHW: Tensor) -> Tensor:
        """Patch scores [N, 1, h, w], higher = more like the artist's own. Raises ValueError for too small a picture."""
        return self.score(self.features(picture_NCHW)[-1])

    def features(self, picture_NCHW: Tensor) -> list[Tensor]:
        """The maps before the scores, from fine to coarse, for a loss that compares them."""
        if min(picture_NCHW.shape[2:]) < self.smallest_side():
            raise ValueError(f"this critic needs pictures of at least {self.smallest_side()} px on each side")
        maps = []
        x = picture_NCHW
        for block in self.blocks:
            x = block(x)
            maps.append(x)
        return maps

    def receptive_field(self) -> int:
        """The side in pixels of the patch that one score sees through the convolutions, worked out from them."""
        side = 1
        for convolution in reversed(self._convolutions()):
            side = (side - 1) * convolution.stride[0] + convolution.kernel_size[0]
        return side

    def smallest_side(self) -> int:
        """The side in pixels of the smallest picture that still gets a score."""
        side = 1
        for convolution in reversed(self._convolutions()):
            side = (side - 1) * convolution.stride[0] + convolution.kernel_size[0] - 2 * int(convolution.padding[0])
        return side

    def _convolutions(self) -> list[nn.Conv2d]:
        """From the picture to the scores, without those of attention."""
        return [*(cast(CriticBlock, block).convolution for block in self.blocks), self.score]


class CriticBlock(nn.Module):
    """Convolution, norm, leaky ReLU, and perhaps attention."""

    def __init__(
        self, channels_in: int, channels_out: int, kernel: int, stride: int, norm: str, attention: bool
    ) -> None:
        super().__init__()
        spectral = norm == "spectral"
        self.channels_out = channels_out
        # A norm of the features takes off any bias before it.
        bias = norm in ("spectral", "none")
        self.convolution = nn.Conv2d(channels_in, channels_out, kernel, stride=stride, padding=kernel // 4, bias=bias)
        self.norm = nn.Identity() if spectral else norm_layer(norm, channels_out)
        self.activation = nn.LeakyReLU(0.2)
        self.attention = SimpleSelfAttention(channels_out, spectral) if attention else nn.Identity()
        start_as_dcgan(self.convolution)
        start_as_dcgan(self.norm)
        if spectral:
            spectral_norm(self.convolution)

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The next map."""
        return self.attention(self.activation(self.norm(self.convolution(x_NCHW))))
