"""The building blocks start out as what their papers say they start as."""

import pytest
import torch

from linepaint.networks.blocks import GlobalContext, ResidualBlock, Up, down


def test_up_starts_as_nearest_neighbour() -> None:
    """ICNR: each 2 × 2 block of the output is one value, so no checkerboard is there to be unlearnt."""
    large = Up(6, 4)(torch.randn(2, 6, 5, 7))
    assert large.shape == (2, 4, 10, 14)
    corner = large[..., ::2, ::2]
    for y, x in ((0, 1), (1, 0), (1, 1)):
        assert torch.equal(large[..., y::2, x::2], corner)
    assert corner.std() > 0.1


def test_up_keeps_the_strength_of_its_input() -> None:
    torch.manual_seed(0)
    large = Up(64, 64)(torch.randn(1, 64, 16, 16))
    assert large.std().item() == pytest.approx(1, abs=0.15)


def test_a_residual_block_starts_near_the_identity() -> None:
    x = torch.randn(1, 16, 12, 12)
    change = ResidualBlock(16)(x) - x
    assert 0 < change.abs().max() < 0.1


def test_down_makes_each_pixel_of_its_own_four() -> None:
    x = torch.randn(1, 3, 8, 8, requires_grad=True)
    small = down(3, 5)(x)
    assert small.shape == (1, 5, 4, 4)
    small[0, :, 1, 2].sum().backward()
    assert x.grad is not None
    touched = x.grad[0].abs().sum(dim=0) > 0
    assert touched[2:4, 4:6].all() and touched.sum() == 4


def test_global_context_tells_every_place_the_same_of_the_whole_picture() -> None:
    context = GlobalContext(8)
    x = torch.randn(1, 8, 6, 6)
    added = context(x) - x
    assert torch.allclose(added, added[..., :1, :1].expand_as(added), atol=1e-6)
    far_away = x.clone()
    far_away[..., 5, 5] += 10
    assert not torch.allclose(context(far_away)[..., 0, 0], context(x)[..., 0, 0])
