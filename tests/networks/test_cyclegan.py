"""The small generator between pictures and scans."""

import torch

from linepaint.networks.blocks import Up
from linepaint.networks.cyclegan import CycleConfig, CycleGenerator, MirrorPad


def test_it_is_small() -> None:
    """CycleGAN's own, with nine blocks, has 11.4 million parameters."""
    assert sum(p.numel() for p in CycleGenerator().parameters()) < 1e6


def test_doubling_starts_without_a_checkerboard() -> None:
    """ICNR: what is flat stays flat through each pixel shuffle, untrained."""
    ups = [module for module in CycleGenerator(CycleConfig(channels=8)).modules() if isinstance(module, Up)]
    assert len(ups) == 2
    with torch.no_grad():
        for up in ups:
            made = up(torch.ones(1, up.expand.in_channels, 4, 4))
            assert torch.allclose(made, made[..., :1, :1].expand_as(made), atol=1e-6)
            assert made.std() > 0.1


def test_a_map_is_mirrored_at_its_edges() -> None:
    row = torch.arange(4.0).expand(1, 1, 4, 4)
    assert MirrorPad(2)(row)[0, 0, 4].tolist() == [2, 1, 0, 1, 2, 3, 2, 1]


def test_a_map_too_small_to_be_mirrored_repeats_its_edge() -> None:
    assert torch.equal(MirrorPad(1)(torch.full((1, 1, 1, 1), 7.0)), torch.full((1, 1, 3, 3), 7.0))
