"""The losses on pixels, against values and gradients worked out by hand."""

import math

import pytest
import torch
from linepaint.trainer import losses


def picture(*rows: list[float]) -> torch.Tensor:
    """[1, 1, H, W]."""
    return torch.tensor(rows)[None, None]


MADE, TARGET = picture([0.0, 0.5], [1.0, 0.25]), picture([0.0, 0.0], [0.0, 0.75])


def gradient(loss: object, *others: torch.Tensor) -> torch.Tensor:
    made = MADE.clone().requires_grad_()
    loss(made, *others).backward()
    assert made.grad is not None
    return made.grad


def test_l1_and_l2() -> None:
    assert losses.l1(MADE, TARGET).item() == pytest.approx((0 + 0.5 + 1 + 0.5) / 4)
    assert losses.l2(MADE, TARGET).item() == pytest.approx((0 + 0.25 + 1 + 0.25) / 4)


def test_l1_pulls_every_pixel_alike_and_l2_by_its_distance() -> None:
    assert torch.allclose(gradient(losses.l1, TARGET), picture([0.0, 1.0], [1.0, -1.0]) / 4)
    assert torch.allclose(gradient(losses.l2, TARGET), picture([0.0, 0.5], [1.0, -0.5]) * 2 / 4)


def test_cross_entropy_is_least_where_the_share_of_ink_is_right() -> None:
    """What a pixel that is half ink costs at its best is its own entropy, and no drawing has less."""
    target = picture([0.0, 1.0], [0.5, 0.25])
    made = picture([0.1, 0.8], [0.5, 0.5])
    terms = [-math.log(0.9), -math.log(0.8), math.log(2), math.log(2)]
    assert losses.bce(made, target).item() == pytest.approx(sum(terms) / 4)
    best = losses.bce(target, target).item()
    assert best == pytest.approx((math.log(2) - 0.25 * math.log(0.25) - 0.75 * math.log(0.75)) / 4)
    for other in (made, 1 - target, (target + 0.05).clamp(0, 1), (target - 0.05).clamp(0, 1)):
        assert losses.bce(other, target).item() > best


def test_cross_entropy_pulls_hardest_where_the_drawing_is_surest_and_wrong() -> None:
    made = picture([0.1, 0.5, 0.9]).requires_grad_()
    losses.bce(made, picture([1.0, 1.0, 1.0])).backward()
    assert made.grad is not None
    assert torch.allclose(made.grad, picture([-1 / 0.1, -1 / 0.5, -1 / 0.9]) / 3)


def test_cross_entropy_of_what_is_wholly_wrong_is_finite() -> None:
    """A sigmoid that has run full must not make the loss infinite."""
    made = picture([0.0, 1.0]).requires_grad_()
    loss = losses.bce(made, picture([1.0, 0.0]))
    loss.backward()
    assert made.grad is not None
    assert torch.isfinite(loss) and torch.isfinite(made.grad).all()


def test_edges_compare_what_changes_and_not_how_bright_it_is() -> None:
    # Across: 0.5, -0.75 against 0, 0.75. Along: 1, -0.25 against 0, 0.75.
    assert losses.edges(MADE, TARGET).item() == pytest.approx((0.5 + 1.5) / 2 + (1.0 + 1.0) / 2)
    assert losses.edges(TARGET + 0.3, TARGET).item() == pytest.approx(0, abs=1e-6)


def test_edges_pull_at_both_ends_of_a_wrong_edge() -> None:
    # Across, the upper step is too high and the lower too low; along, the left is too high and the right too low.
    across = picture([-1.0, 1.0], [1.0, -1.0]) / 2
    along = picture([-1.0, 1.0], [1.0, -1.0]) / 2
    assert torch.allclose(gradient(losses.edges, TARGET), across + along)


def test_total_variation_is_the_mean_step_from_pixel_to_pixel() -> None:
    assert losses.tv(MADE).item() == pytest.approx((0.5 + 0.75) / 2 + (1.0 + 0.25) / 2)
    assert losses.tv(torch.full((2, 3, 4, 5), 0.7)).item() == 0
    across = picture([-1.0, 1.0], [1.0, -1.0]) / 2
    along = picture([-1.0, 1.0], [1.0, -1.0]) / 2
    assert torch.allclose(gradient(losses.tv), across + along)


def test_a_loss_does_not_depend_on_how_many_pictures_there_are() -> None:
    for loss in (losses.l1, losses.l2, losses.bce, losses.edges):
        assert torch.allclose(loss(MADE, TARGET), loss(MADE.repeat(3, 1, 1, 1), TARGET.repeat(3, 1, 1, 1)))
    assert torch.allclose(losses.tv(MADE), losses.tv(MADE.repeat(3, 1, 1, 1)))
