"""The convolutions of VGG-16 (Simonyan and Zisserman 2014), a frozen judge of what a picture shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

BLOCKS = ((64, 64), (128, 128), (256, 256, 256), (512, 512, 512), (512, 512, 512))
"""Channels of the thirteen convolutions; a block halves the resolution of the one before."""


class FeatureNetwork(nn.Module):
    """Pictures [N, 3, H, W] in [0, 1], RGB (or [N, 1, H, W]) -> the last activations of each block, after its ReLU.

    With four blocks these are relu1_2, relu2_2, relu3_3 and relu4_3 of the literature: [N, 64, H, W],
    [N, 128, H/2, W/2], [N, 256, H/4, W/4], [N, 512, H/8, W/8]. mean, std: what is taken off the three channels, and
    what they are divided by, as when the weights were trained. Parameters are named as torchvision names them
    (`features.0.weight`), and never learn.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, blocks: int, mean: Sequence[float], std: Sequence[float]) -> None:
        super().__init__()
        if not 1 <= blocks <= len(BLOCKS):
            raise ValueError(f"VGG-16 has 1 to {len(BLOCKS)} blocks, not {blocks}")
        layers: list[nn.Module] = []
        self.ends: list[int] = []
        channels_in = 3
        for block in BLOCKS[:blocks]:
            if layers:
                layers.append(nn.MaxPool2d(2))
            for channels in block:
                layers += [nn.Conv2d(channels_in, channels, 3, padding=1), nn.ReLU()]
                channels_in = channels
            self.ends.append(len(layers) - 1)
        self.features = nn.Sequential(*layers)
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).view(1, 3, 1, 1), persistent=False)
        self.eval().requires_grad_(False)

    def forward(self, picture_NCHW: Tensor) -> list[Tensor]:
        """The blocks' activations, finest first. Height and width must be at least 2 to the power of blocks - 1."""
        x = (picture_NCHW.expand(-1, 3, -1, -1) - self.mean) / self.std
        seen = []
        for index, layer in enumerate(self.features):
            x = layer(x)
            if index in self.ends:
                seen.append(x)
        return seen

    def take(self, weights: Mapping[str, Tensor]) -> None:
        """Take over the weights it has layers for, by torchvision's names; deeper layers and a classifier are left.

        Raises KeyError naming a tensor that is missing, ValueError one that has another shape.
        """
        own = self.state_dict()
        for name, tensor in own.items():
            if weights[name].shape != tensor.shape:
                raise ValueError(f"{name} has the shape {list(weights[name].shape)} instead of {list(tensor.shape)}")
        self.load_state_dict({name: weights[name].float() for name in own})
