"""Encoder weights in torchvision's and in fastai's naming, from files made here."""

from pathlib import Path

import pytest
import torch
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.weights import load_encoder
from safetensors.torch import save_file
from torch import Tensor, nn

from linepaint.engine.architectures import build_hollow
from linepaint.networks.onepunch import OnePunch, OnePunchConfig, as_imagenet

BLOCKS = (2, 1, 1, 1)
SMALL = OnePunchConfig(width=4, blocks=BLOCKS, decoder_channels=(8, 8, 8, 8, 8), attention=0)
FASTAI = {"conv1": "0.0", "bn1": "0.1", "layer1": "0.4", "layer2": "0.5", "layer3": "0.6", "layer4": "0.7"}


def norm(name: str, channels: int) -> dict[str, Tensor]:
    return {
        f"{name}.weight": torch.rand(channels),
        f"{name}.bias": torch.rand(channels),
        f"{name}.running_mean": torch.rand(channels),
        f"{name}.running_var": torch.rand(channels),
        f"{name}.num_batches_tracked": torch.tensor(7),
    }


@pytest.fixture
def torchvision() -> dict[str, Tensor]:
    """A small ResNet as torchvision names ResNet-50, written out here so that the names are not ours."""
    torch.manual_seed(0)
    width = SMALL.width
    made = {"conv1.weight": torch.rand(width, 3, 7, 7)} | norm("bn1", width)
    channels_in = width
    for number, blocks in enumerate(BLOCKS):
        inner = width * 2**number
        for block in range(blocks):
            name = f"layer{number + 1}.{block}"
            shapes = [(inner, channels_in, 1, 1), (inner, inner, 3, 3), (4 * inner, inner, 1, 1)]
            for index, shape in enumerate(shapes, 1):
                made[f"{name}.conv{index}.weight"] = torch.rand(shape)
                made |= norm(f"{name}.bn{index}", shape[0])
            if block == 0:
                made[f"{name}.downsample.0.weight"] = torch.rand(4 * inner, channels_in, 1, 1)
                made |= norm(f"{name}.downsample.1", 4 * inner)
            channels_in = 4 * inner
    return made | {"fc.weight": torch.rand(10, channels_in), "fc.bias": torch.rand(10)}


@pytest.fixture
def fastai(torchvision: dict[str, Tensor]) -> dict[str, Tensor]:
    """The same as a fastai learner numbers it, with a head of its own."""
    body = {
        f"{FASTAI[name.split('.')[0]]}.{name.split('.', 1)[1]}": tensor
        for name, tensor in torchvision.items()
        if not name.startswith("fc.")
    }
    return body | norm("1.2", 256) | {"1.4.weight": torch.rand(16, 256), "1.8.weight": torch.rand(100, 16)}


def assert_has(network: nn.Module, torchvision: dict[str, Tensor]) -> None:
    state = network.state_dict()
    body = {name: tensor for name, tensor in torchvision.items() if not name.startswith("fc.")}
    assert {name for name in state if name.startswith("encoder.")} == {f"encoder.{name}" for name in body}
    for name, tensor in body.items():
        assert torch.equal(state[f"encoder.{name}"], tensor), name


def test_the_full_resnet_50_has_these_names_and_no_others() -> None:
    network = build_hollow("onepunch", {})
    names = [name.removeprefix("encoder.") for name in network.state_dict() if name.startswith("encoder.")]
    assert len(names) == 318, "torchvision's resnet50 has 320 tensors, two of them of fc"
    assert {name.split(".")[0] for name in names} == set(FASTAI)


def test_torchvisions_naming(tmp_path: Path, torchvision: dict[str, Tensor]) -> None:
    network = OnePunch(SMALL)
    decoder = [p.clone() for p in network.decoder.parameters()]
    save_file(torchvision, tmp_path / "resnet50.safetensors")
    load_encoder(network, tmp_path / "resnet50.safetensors")
    assert_has(network, torchvision)
    assert all(torch.equal(a, b) for a, b in zip(decoder, network.decoder.parameters(), strict=True))


@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("prefix", ["", "module."])
def test_fastais_naming(
    tmp_path: Path, torchvision: dict[str, Tensor], fastai: dict[str, Tensor], wrapped: bool, prefix: str
) -> None:
    weights = {prefix + name: tensor for name, tensor in fastai.items()}
    torch.save({"model": weights, "opt": {}} if wrapped else weights, tmp_path / "resnet50-1d.pth")
    network = OnePunch(SMALL)
    load_encoder(network, tmp_path / "resnet50-1d.pth")
    assert_has(network, torchvision)


def test_danboorus_network_sees_what_it_was_taught_to_see(tmp_path: Path, fastai: dict[str, Tensor]) -> None:
    torch.save(fastai | {"1.8.weight": torch.rand(6000, 16)}, tmp_path / "resnet50-1d.pth")
    network = OnePunch(SMALL).eval()
    load_encoder(network, tmp_path / "resnet50-1d.pth")
    plain = OnePunch(SMALL).eval()
    torch.save(fastai, tmp_path / "plain.pth")
    load_encoder(plain, tmp_path / "plain.pth")
    picture = torch.rand(1, 3, 64, 64)
    mean = torch.tensor([0.7137, 0.6628, 0.6519]).view(1, 3, 1, 1)
    deviation = torch.tensor([0.2970, 0.3017, 0.2979]).view(1, 3, 1, 1)

    def first_map(network: OnePunch, x: Tensor) -> Tensor:
        return network.encoder.bn1(network.encoder.conv1(x))[..., 2:-2, 2:-2]

    with torch.no_grad():
        taught = first_map(plain, (picture - mean) / deviation)
        assert torch.allclose(first_map(network, as_imagenet(picture)), taught, rtol=1e-4, atol=1e-4)


def test_files_from_before_batch_norms_counted(tmp_path: Path, torchvision: dict[str, Tensor]) -> None:
    torch.save({k: v for k, v in torchvision.items() if not k.endswith("num_batches_tracked")}, tmp_path / "old.pth")
    network = OnePunch(SMALL)
    load_encoder(network, tmp_path / "old.pth")
    assert torch.equal(network.encoder.bn1.running_var, torchvision["bn1.running_var"])


def test_what_does_not_fit_is_named_and_changes_nothing(tmp_path: Path, torchvision: dict[str, Tensor]) -> None:
    network, path = OnePunch(SMALL), tmp_path / "resnet.pth"
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}

    def refused(weights: dict[str, Tensor], message: str) -> None:
        torch.save(weights, path)
        with pytest.raises(TrainingError, match=message):
            load_encoder(network, path)

    without = {name: tensor for name, tensor in torchvision.items() if name != "layer1.1.conv2.weight"}
    refused(without, r"lacks 1 of the \d+ tensors this network needs, such as layer1.1.conv2.weight")
    refused(torchvision | {"layer3.1.conv1.weight": torch.ones(1)}, "1 tensors .* such as layer3.1.conv1.weight")
    refused(torchvision | {"conv1.weight": torch.ones(64, 3, 7, 7)}, r"conv1.weight has the shape \[64, 3, 7, 7\]")
    refused(torchvision | {"bn1.bias": torch.full((4,), torch.nan)}, "bn1.bias holds values that are not numbers")
    refused({"features.0.weight": torch.ones(1)}, "but features.0.weight and the like")
    assert all(torch.equal(before[name], tensor) for name, tensor in network.state_dict().items())


def test_a_network_without_an_encoder(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="Linear has no encoder"):
        load_encoder(nn.Linear(2, 2), tmp_path / "resnet.pth")
