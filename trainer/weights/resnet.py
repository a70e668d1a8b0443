"""Weights of a trained ResNet-50 for the encoder of OnePunch, in either of the two namings they come in.

torchvision    conv1.weight, bn1.*, layer1.0.conv1.weight … layer4.2.bn3.*, and the classifier fc.*
fastai         0.0.weight, 0.1.*, 0.4.0.conv1.weight … 0.7.2.bn3.*, and the head 1.*: the body cut from torchvision's
               network and numbered, as in https://github.com/RF5/danbooru-pretrained
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from linepaint.networks.onepunch import IMAGENET_DEVIATION, IMAGENET_MEAN

from ..errors import TrainingError
from .fitting import fill
from .reading import read_weights

TORCHVISION_HEAD = "fc."
FASTAI_HEAD = "1."
FASTAI_BODY = {
    "0.0.": "conv1.",
    "0.1.": "bn1.",
    "0.4.": "layer1.",
    "0.5.": "layer2.",
    "0.6.": "layer3.",
    "0.7.": "layer4.",
}
DANBOORU_MEAN, DANBOORU_DEVIATION = (0.7137, 0.6628, 0.6519), (0.2970, 0.3017, 0.2979)
DANBOORU_TAGS = ("1.8.weight", 6000)
"""The last layer of danbooru-pretrained's ResNet-50, and how many tags it tells apart."""


def load_encoder(network: nn.Module, path: Path) -> None:
    """Give a network's `encoder` the weights of a file. Raises TrainingError if it has none, or they do not fit."""
    encoder = getattr(network, "encoder", None)
    if not isinstance(encoder, nn.Module):
        raise TrainingError(f"{type(network).__name__} has no encoder to load {path} into; leave encoder_weights out.")
    fill(encoder, resnet_weights(read_weights(path), path), path)


def resnet_weights(weights: dict[str, Tensor], path: Path) -> dict[str, Tensor]:
    """The tensors of the body under torchvision's names. Raises TrainingError if the naming is neither of the two.

    danbooru-pretrained's ResNet-50, known by its 6000 tags, was taught on pictures normalised by Danbooru's mean and
    deviation; its first layer is brought to those of ImageNet, which our networks are given.
    """
    if "conv1.weight" in weights:
        return {name: tensor for name, tensor in weights.items() if not name.startswith(TORCHVISION_HEAD)}
    if "0.0.weight" in weights:
        body = {name: tensor for name, tensor in weights.items() if not name.startswith(FASTAI_HEAD)}
        named = {_torchvision_name(name): tensor for name, tensor in body.items()}
        layer, tags = DANBOORU_TAGS
        return _for_imagenet(named) if layer in weights and len(weights[layer]) == tags else named
    raise TrainingError(
        f"{path} holds no ResNet in torchvision's naming (conv1.weight) or fastai's (0.0.weight), "
        f"but {next(iter(weights))} and the like; name another file."
    )


def _torchvision_name(name: str) -> str:
    for theirs, ours in FASTAI_BODY.items():
        if name.startswith(theirs):
            return ours + name.removeprefix(theirs)
    return name


def _for_imagenet(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The same function of pictures normalised as for ImageNet: (x - m) / d is scale · n + shift of that n."""
    if not {"conv1.weight", "bn1.running_mean"} <= set(weights):
        return weights
    mean, deviation = torch.tensor(IMAGENET_MEAN), torch.tensor(IMAGENET_DEVIATION)
    scale = deviation / torch.tensor(DANBOORU_DEVIATION)
    shift = (mean - torch.tensor(DANBOORU_MEAN)) / torch.tensor(DANBOORU_DEVIATION)
    kernel = weights["conv1.weight"].float()
    added = (kernel.sum(dim=(2, 3)) * shift).sum(dim=1)
    return weights | {
        "conv1.weight": kernel * scale[:, None, None],
        "bn1.running_mean": weights["bn1.running_mean"].float() - added,
    }
