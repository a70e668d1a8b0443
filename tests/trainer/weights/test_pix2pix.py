"""Weights of the PyTorch pix2pix: the same network under our names makes the same picture."""

import pytest
import torch
import torch.nn.functional as F
from linepaint.trainer.weights.pix2pix import config_of, is_pix2pix, unet_weights
from torch import Tensor, nn

from linepaint.engine.catalog import Mode
from linepaint.networks.unet import DropoutNoise, UNet, UNetConfig


class Level(nn.Module):
    """A level of that U-Net with all inside it, its layers numbered as there; noise left out."""

    def __init__(self, outer: int, inner: int, inside: nn.Module | None, channels_in: int | None = None) -> None:
        super().__init__()
        outermost, innermost = channels_in is not None, inside is None
        down = nn.Conv2d(channels_in or outer, inner, 4, 2, 1, bias=False)
        up = nn.ConvTranspose2d(inner if innermost else 2 * inner, outer, 4, 2, 1, bias=outermost)
        if outermost:
            layers = [down, inside, nn.ReLU(), up, nn.Tanh()]
        elif innermost:
            layers = [nn.LeakyReLU(0.2), down, nn.ReLU(), up, nn.BatchNorm2d(outer)]
        else:
            layers = [nn.LeakyReLU(0.2), down, nn.BatchNorm2d(inner), inside, nn.ReLU(), up, nn.BatchNorm2d(outer)]
        self.model = nn.Sequential(*layers)
        self.outermost = outermost

    def forward(self, x: Tensor) -> Tensor:
        return self.model(x) if self.outermost else torch.cat([x, self.model(x)], 1)


class Theirs(nn.Module):
    def __init__(self, channels_in: int, channels_out: int, channels: int, levels: int) -> None:
        super().__init__()
        widths = [channels * min(2**level, 8) for level in range(levels)]
        inside: nn.Module | None = None
        for level in range(levels - 1, 0, -1):
            inside = Level(widths[level - 1], widths[level], inside)
        self.model = Level(channels_out, channels, inside, channels_in)

    def forward(self, x: Tensor) -> Tensor:
        return self.model(x)


@pytest.fixture
def theirs() -> Theirs:
    torch.manual_seed(1)
    network = Theirs(3, 3, 4, 5)
    for name, parameter in network.named_parameters():
        nn.init.normal_(parameter, 1.0 if parameter.ndim == 1 and name.endswith("weight") else 0.0, 0.2)
    return network


def ours(weights: dict[str, Tensor], config: UNetConfig, mode: Mode) -> nn.Module:
    network = UNet(config)
    network.load_state_dict(unet_weights(weights, config, mode))
    for block in network.ups:
        for number, layer in enumerate(block):
            if isinstance(layer, DropoutNoise):
                block[number] = nn.Identity()
    return network.eval()


def given_with_a_rim(theirs: Theirs, picture: Tensor, rim: float) -> Tensor:
    """What it makes, in [0, 1], when the one pixel around the picture is not mid-gray but `rim`."""
    first = theirs.model.model[0]
    first.padding = (0, 0)
    made = theirs(F.pad(picture, (1, 1, 1, 1), value=rim))
    first.padding = (1, 1)
    return (made + 1) / 2


def test_it_is_recognised_with_its_numbers(theirs: Theirs) -> None:
    assert is_pix2pix(theirs.state_dict())
    assert config_of(theirs.state_dict()) == UNetConfig(3, 3, 4, 5, "instance")
    assert not is_pix2pix(UNet(UNetConfig(3, 3, 4, 5)).state_dict())


@torch.no_grad()
def test_the_same_picture_with_the_statistics_of_one_picture(theirs: Theirs) -> None:
    picture = torch.rand(1, 3, 64, 96)
    expected = given_with_a_rim(theirs.train(), picture * 2 - 1, -1.0)
    made = ours(theirs.state_dict(), config_of(theirs.state_dict()), Mode.PICTURE)(picture)
    assert expected.std() > 0.05, "there is something to compare"
    assert torch.allclose(made, expected, atol=1e-5)


@torch.no_grad()
def test_the_same_picture_with_the_running_statistics(theirs: Theirs) -> None:
    for _ in range(5):
        theirs.train()(torch.rand(2, 3, 64, 64) * 2 - 1)
    picture = torch.rand(2, 3, 32, 32)
    expected = given_with_a_rim(theirs.eval(), picture * 2 - 1, -1.0)
    made = ours(theirs.state_dict(), UNetConfig(3, 3, 4, 5, "batch"), Mode.PICTURE)(picture)
    assert torch.allclose(made, expected, atol=1e-5)


@torch.no_grad()
def test_for_line_art_ink_is_one_and_paper_is_around_it() -> None:
    theirs = Theirs(1, 3, 4, 5).train()
    ink = torch.rand(1, 1, 32, 64)
    expected = given_with_a_rim(theirs, 1 - 2 * ink, 1.0)
    made = ours(theirs.state_dict(), config_of(theirs.state_dict()), Mode.LINEART)(ink)
    assert torch.allclose(made, expected, atol=1e-5)


def test_a_missing_tensor_is_named(theirs: Theirs) -> None:
    weights = theirs.state_dict()
    del weights["model.model.1.model.3.model.5.weight"]
    with pytest.raises(KeyError, match=r"model.model.1.model.3.model.5.weight"):
        unet_weights(weights, config_of(weights), Mode.PICTURE)
