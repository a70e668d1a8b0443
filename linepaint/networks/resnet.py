"""ResNet-50 as an encoder (He et al. 2015): a picture's features at five resolutions.

Parameters bear the names of torchvision's resnet50 (conv1, bn1, layer1.0.conv1, … layer4.2.bn3), so that weights in
its naming load as they are; the pooling and the classifier `fc` are not there. As in torchvision the halving of a
stage is in its 3 × 3 convolution ("v1.5").

Shapes: N pictures, C channels, H × W pixels, both multiples of 32.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

EXPANSION = 4
"""A bottleneck gives so many times the channels that its 3 × 3 convolution has."""

STAGES = 4


class Bottleneck(nn.Module):
    """relu(shortcut(x) + branch(x)), the branch 1 × 1, 3 × 3, 1 × 1. stride: of its 3 × 3 convolution."""

    def __init__(self, channels_in: int, width: int, stride: int) -> None:
        super().__init__()
        channels_out = width * EXPANSION
        self.conv1 = nn.Conv2d(channels_in, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride=stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, channels_out, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(channels_out)
        self.downsample: nn.Sequential | None = None
        if stride != 1 or channels_in != channels_out:
            self.downsample = nn.Sequential(
                nn.Conv2d(channels_in, channels_out, 1, stride=stride, bias=False), nn.BatchNorm2d(channels_out)
            )

    def forward(self, x_NCHW: Tensor) -> Tensor:
        """The features [N, 4 · width, H / stride, W / stride]."""
        shortcut = x_NCHW if self.downsample is None else self.downsample(x_NCHW)
        x = torch.relu(self.bn1(self.conv1(x_NCHW)))
        x = torch.relu(self.bn2(self.conv2(x)))
        return torch.relu(shortcut + self.bn3(self.conv3(x)))


class ResNetEncoder(nn.Module):
    """Picture [N, 3, H, W], normalised as for ImageNet -> features at 1/2, 1/4, 1/8, 1/16 and 1/32 of the size.

    width: channels of the first convolution, 64 in ResNet-50. blocks: bottlenecks in each of the four stages.
    channels: of the features, from fine to coarse.
    """

    def __init__(self, width: int = 64, blocks: tuple[int, ...] = (3, 4, 6, 3)) -> None:
        super().__init__()
        widths = [width * 2**stage for stage in range(STAGES)]
        self.channels = (width, *(w * EXPANSION for w in widths))
        self.conv1 = nn.Conv2d(3, width, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        self.layer1 = stage(self.channels[0], widths[0], blocks[0], stride=1)
        self.layer2 = stage(self.channels[1], widths[1], blocks[1], stride=2)
        self.layer3 = stage(self.channels[2], widths[2], blocks[2], stride=2)
        self.layer4 = stage(self.channels[3], widths[3], blocks[3], stride=2)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")

    def forward(self, picture_N3HW: Tensor) -> list[Tensor]:
        """Features from fine to coarse: [N, channels[i], H / 2^(i+1), W / 2^(i+1)]."""
        half = torch.relu(self.bn1(self.conv1(picture_N3HW)))
        features = [half]
        x = self.maxpool(half)
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = layer(x)
            features.append(x)
        return features


def stage(channels_in: int, width: int, blocks: int, stride: int) -> nn.Sequential:
    """Bottlenecks of one resolution; the first of them takes the stride."""
    first = Bottleneck(channels_in, width, stride)
    return nn.Sequential(first, *(Bottleneck(width * EXPANSION, width, 1) for _ in range(blocks - 1)))
