"""The yardstick: the generator of pix2pix, U-Net-256 (Isola et al. 2016, section 6.1), with random weights.

Encoder C64-C128-C256-C512-C512-C512-C512-C512, decoder CD512-CD512-CD512-C512-C256-C128-C64, every
convolution 4 × 4 with stride 2, a skip from each encoder layer to the decoder layer of the same size. Fully
convolutional, for sides that 256 divides.
"""

import torch
from torch import Tensor, nn

ENCODER_CHANNELS = (64, 128, 256, 512, 512, 512, 512, 512)
DROPOUT_LAYERS = 3


class UNet256(nn.Module):
    """[N, 3, H, W] in [-1, 1] -> [N, 3, H, W] in [-1, 1]."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.ModuleList()
        channels = 3
        innermost = len(ENCODER_CHANNELS) - 1
        for index, wider in enumerate(ENCODER_CHANNELS):
            block: list[nn.Module] = [] if index == 0 else [nn.LeakyReLU(0.2)]
            block.append(nn.Conv2d(channels, wider, 4, stride=2, padding=1))
            if index not in (0, innermost):
                block.append(nn.BatchNorm2d(wider))
            self.encoder.append(nn.Sequential(*block))
            channels = wider
        self.decoder = nn.ModuleList()
        for index, narrower in enumerate((*ENCODER_CHANNELS[-2::-1], 3)):
            # From the second layer on, the skip doubles what comes in.
            inputs = channels if index == 0 else channels * 2
            block = [nn.ReLU(), nn.ConvTranspose2d(inputs, narrower, 4, stride=2, padding=1)]
            if index == innermost:
                block.append(nn.Tanh())
            else:
                block.append(nn.BatchNorm2d(narrower))
                if index < DROPOUT_LAYERS:
                    block.append(nn.Dropout(0.5))
            self.decoder.append(nn.Sequential(*block))
            channels = narrower

    def forward(self, picture: Tensor) -> Tensor:
        skips: list[Tensor] = []
        features = picture
        for layer in self.encoder:
            features = layer(features)
            skips.append(features)
        features = self.decoder[0](skips.pop())
        for layer in self.decoder[1:]:
            features = layer(torch.cat([features, skips.pop()], 1))
        return features
