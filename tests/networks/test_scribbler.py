"""Scribbler's generator: no way past its bottleneck, no checkerboard."""

import torch
from torch import nn

from linepaint.networks.scribbler import NormedResidual, Scribbler, ScribblerConfig


def test_it_halves_three_times_and_doubles_back() -> None:
    network = Scribbler(ScribblerConfig(channels=8))
    coded = network.encoder(torch.rand(1, 5, 64, 48))
    assert coded.shape == (1, 64, 8, 6)
    assert network.decoder(coded).shape == (1, 3, 64, 48)


def test_residual_blocks_stand_at_each_resolution() -> None:
    network = Scribbler(ScribblerConfig(channels=8, blocks=(1, 2, 3, 5)))

    def count(part: nn.Module) -> int:
        return sum(isinstance(module, NormedResidual) for module in part.modules())

    assert count(network.encoder) == 1 + 2 + 3 + 5
    assert count(network.decoder) == 3 + 2 + 1


def test_upsampling_draws_no_checkerboard() -> None:
    """A flat map stays flat away from the borders, untrained weights or not."""
    network = Scribbler(ScribblerConfig(channels=8, blocks=(1, 1, 1, 1), norm="none"))
    with torch.no_grad():
        picture = network.decoder(torch.ones(1, 64, 16, 16))[..., 48:-48, 48:-48]
    assert (picture - picture[..., :1, :1]).abs().max() < 1e-4
