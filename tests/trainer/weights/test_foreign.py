"""A whole network from a foreign file: in our names, or in pix2pix's."""

from pathlib import Path

import pytest
import torch
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.weights.foreign import foreign_network

from linepaint.engine.catalog import Mode
from linepaint.networks.unet import UNet, UNetConfig

SMALL = {"channels_in": 3, "channels": 4, "levels": 3}


def test_our_own_names(tmp_path: Path) -> None:
    network = UNet(UNetConfig(**SMALL))
    torch.save({"state_dict": network.half().state_dict()}, tmp_path / "ours.pth")
    made, config = foreign_network(tmp_path / "ours.pth", "unet", SMALL, Mode.PICTURE)
    assert config == SMALL and not made.training
    for name, tensor in made.state_dict().items():
        assert tensor.dtype == torch.float32 and torch.equal(tensor, network.state_dict()[name].float())


def pix2pix() -> dict[str, torch.Tensor]:
    """The names and shapes of a U-Net of two levels, as the PyTorch pix2pix has them."""
    return {
        "model.model.0.weight": torch.rand(4, 3, 4, 4),
        "model.model.1.model.1.weight": torch.rand(8, 4, 4, 4),
        "model.model.1.model.3.weight": torch.rand(8, 4, 4, 4),
        "model.model.1.model.4.weight": torch.rand(4),
        "model.model.1.model.4.bias": torch.rand(4),
        "model.model.1.model.4.running_mean": torch.rand(4),
        "model.model.1.model.4.running_var": torch.rand(4),
        "model.model.3.weight": torch.rand(8, 3, 4, 4),
        "model.model.3.bias": torch.rand(3),
    }


def test_pix2pixs_names_say_the_config_too(tmp_path: Path) -> None:
    torch.save(pix2pix(), tmp_path / "latest_net_G.pth")
    made, config = foreign_network(tmp_path / "latest_net_G.pth", "unet", None, Mode.PICTURE)
    assert config == {"channels_in": 3, "channels_out": 3, "channels": 4, "levels": 2, "norm": "instance"}
    assert torch.equal(made.ups[0][1].weight, pix2pix_weight(tmp_path, "model.model.1.model.3.weight"))


def pix2pix_weight(folder: Path, name: str) -> torch.Tensor:
    return torch.load(folder / "latest_net_G.pth", weights_only=True)[name]


def test_what_does_not_fit_is_named(tmp_path: Path) -> None:
    path = tmp_path / "w.pth"
    torch.save(UNet(UNetConfig(**SMALL)).state_dict(), path)
    with pytest.raises(TrainingError, match=r"downs.0.weight has the shape \[4, 3, 4, 4\], this network needs"):
        foreign_network(path, "unet", SMALL | {"channels_in": 1}, Mode.LINEART)
    with pytest.raises(TrainingError, match=r"lacks .* of the .* tensors this network needs"):
        foreign_network(path, "cyclegan", {"channels": 4}, Mode.SCAN)
    with pytest.raises(TrainingError, match="unknown architecture 'vit'"):
        foreign_network(path, "vit", {}, Mode.LINEART)
    with pytest.raises(TrainingError, match="unknown settings for unet: depth"):
        foreign_network(path, "unet", {"depth": 8}, Mode.LINEART)
    without = pix2pix()
    del without["model.model.1.model.4.bias"]
    torch.save(without, path)
    with pytest.raises(TrainingError, match=r"lacks model.model.1.model.4.bias"):
        foreign_network(path, "unet", None, Mode.PICTURE)
    torch.save(pix2pix() | {"model.model.3.weight": torch.rand(3)}, path)
    with pytest.raises(TrainingError, match="outermost convolutions are none"):
        foreign_network(path, "unet", None, Mode.PICTURE)
