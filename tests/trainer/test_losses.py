"""The losses, against values worked out by hand."""

import pytest
import torch
from linepaint.trainer import losses


def picture(*rows: list[float]) -> torch.Tensor:
    """[1, 1, H, W]."""
    return torch.tensor(rows)[None, None]


def test_the_composite_is_colour_under_the_ink() -> None:
    color = torch.tensor([0.2, 0.4, 0.8]).view(1, 3, 1, 1).expand(1, 3, 1, 3)
    made = losses.composite(color, picture([0.0, 0.5, 1.0]))
    assert torch.allclose(made[0, :, 0], torch.tensor([[0.2, 0.1, 0.0], [0.4, 0.2, 0.0], [0.8, 0.4, 0.0]]))


def test_l1_and_l2() -> None:
    made, target = picture([0.0, 0.5], [1.0, 0.25]), picture([0.0, 0.0], [0.0, 0.75])
    assert losses.l1(made, target).item() == pytest.approx((0 + 0.5 + 1 + 0.5) / 4)
    assert losses.l2(made, target).item() == pytest.approx((0 + 0.25 + 1 + 0.25) / 4)


def test_edges_compare_what_changes_and_not_how_bright_it_is() -> None:
    made, target = picture([0.0, 0.5], [1.0, 0.25]), picture([0.0, 0.0], [0.0, 0.75])
    # Across: 0.5, -0.75 against 0, 0.75. Along: 1, -0.25 against 0, 0.75.
    assert losses.edges(made, target).item() == pytest.approx((0.5 + 1.5) / 2 + (1.0 + 1.0) / 2)
    assert losses.edges(target + 0.3, target).item() == pytest.approx(0, abs=1e-6)


def test_the_hinge_wants_real_above_one_and_fake_below_minus_one() -> None:
    real, fake = picture([2.0, 0.5]), picture([-3.0, 0.5])
    assert losses.hinge_discriminator(real, fake).item() == pytest.approx((0 + 0.5) / 2 + (0 + 1.5) / 2)
    assert losses.hinge_generator(fake).item() == pytest.approx(1.25)
