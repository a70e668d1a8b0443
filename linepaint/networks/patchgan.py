"""PatchGAN: a convolutional critic that judges patches instead of pictures (Isola et al. 2016)."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm


class PatchDiscriminator(nn.Module):
    """Picture [N, C, H, W] -> one score for each overlapping patch, [N, 1, h, w].

    The 4 × 4 convolutions of pix2pix: `strided` of them with stride 2, then two with stride 1, whence receptive fields
    of 16, 34, 70, 142, 286 px for strided = 1 to 5. Spectral normalisation (Miyato et al. 2018) in place of batch
    statistics keeps it steady at any batch size.
    """

    def __init__(self, channels_in: int, strided: int = 3, channels: int = 32) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        width_in, width = channels_in, channels
        for index in range(strided + 1):
            stride = 2 if index < strided else 1
            layers += [
                spectral_norm(nn.Conv2d(width_in, width, 4, stride=stride, padding=1)),
                nn.LeakyReLU(0.2),
            ]
            width_in, width = width, min(width * 2, channels * 8)
        layers.append(spectral_norm(nn.Conv2d(width_in, 1, 4, padding=1)))
        self.layers = nn.Sequential(*layers)

    def forward(self, picture_NCHW: Tensor) -> Tensor:
        """Patch scores, higher = more like the artist's own."""
        return self.layers(picture_NCHW)


def receptive_field(strided: int) -> int:
    """The side in pixels of the patch that one score of a PatchDiscriminator sees."""
    field = 1
    for stride in reversed([2] * strided + [1, 1]):
        field = (field - 1) * stride + 4
    return field
