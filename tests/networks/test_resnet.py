"""The encoder is torchvision's resnet50 without its classifier, name for name."""

import torch
from torch import nn

from linepaint.engine.architectures import build_hollow
from linepaint.networks.resnet import ResNetEncoder

NORM = ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")


def full_size() -> nn.Module:
    """ResNet-50 without values: only its names and shapes matter here."""
    return build_hollow("onepunch", {}).encoder


def names_of_torchvision() -> list[str]:
    """The keys of resnet50().state_dict(), in order, without fc."""

    def norm(prefix: str) -> list[str]:
        return [f"{prefix}.{part}" for part in NORM]

    names = ["conv1.weight", *norm("bn1")]
    for layer, blocks in enumerate((3, 4, 6, 3), start=1):
        for block in range(blocks):
            prefix = f"layer{layer}.{block}"
            for index in (1, 2, 3):
                names += [f"{prefix}.conv{index}.weight", *norm(f"{prefix}.bn{index}")]
            if block == 0:
                names += [f"{prefix}.downsample.0.weight", *norm(f"{prefix}.downsample.1")]
    return names


SHAPES = {
    "conv1.weight": (64, 3, 7, 7),
    "layer1.0.conv1.weight": (64, 64, 1, 1),
    "layer1.0.downsample.0.weight": (256, 64, 1, 1),
    "layer2.0.conv2.weight": (128, 128, 3, 3),
    "layer3.5.bn3.running_var": (1024,),
    "layer4.0.downsample.1.weight": (2048,),
    "layer4.2.conv3.weight": (2048, 512, 1, 1),
}


def test_names_and_shapes_are_torchvisions() -> None:
    state = full_size().state_dict()
    assert list(state) == names_of_torchvision()
    assert {name: tuple(state[name].shape) for name in SHAPES} == SHAPES


def test_it_has_the_parameters_of_a_resnet_50() -> None:
    assert sum(p.numel() for p in full_size().parameters()) == 23_508_032


def test_a_stage_halves_in_its_three_by_three_convolution() -> None:
    block = ResNetEncoder(8).layer3[0]
    assert (block.conv1.stride, block.conv2.stride, block.downsample[0].stride) == ((1, 1), (2, 2), (2, 2))


def test_features_come_at_five_resolutions() -> None:
    encoder = ResNetEncoder(8, (1, 2, 1, 1))
    features = encoder(torch.rand(2, 3, 64, 96))
    assert encoder.channels == (8, 32, 64, 128, 256)
    assert [tuple(f.shape) for f in features] == [
        (2, c, 64 // s, 96 // s) for c, s in zip(encoder.channels, (2, 4, 8, 16, 32), strict=True)
    ]
