"""The feature loss, against values worked out by hand."""

import pytest
import torch
from linepaint.trainer.losses import feature_loss


def test_each_layer_counts_by_the_share_of_its_own_strength() -> None:
    near, far = torch.tensor([3.0, 4.0]).view(1, 2, 1, 1), torch.tensor([10.0]).view(1, 1, 1, 1)
    made = [near + torch.tensor([1.0, 2.0]).view(1, 2, 1, 1), far * 2]
    # (1 + 4) / (9 + 16), and 100 / 100.
    assert feature_loss(made, [near, far]).item() == pytest.approx((5 / 25 + 1) / 2)


def test_stronger_features_do_not_raise_it() -> None:
    made, target = [torch.rand(2, 3, 4, 4)], [torch.rand(2, 3, 4, 4)]
    raised = feature_loss([made[0] * 50], [target[0] * 50])
    assert torch.allclose(raised, feature_loss(made, target))


def test_every_picture_counts_alike() -> None:
    strong, weak = torch.full((1, 1, 2, 2), 100.0), torch.full((1, 1, 2, 2), 0.1)
    loss = feature_loss([torch.cat([strong * 1.5, weak * 1.5])], [torch.cat([strong, weak])])
    assert loss.item() == pytest.approx(0.25, rel=1e-4)


def test_only_what_was_made_learns() -> None:
    made = torch.tensor([2.0, 1.0]).view(1, 2, 1, 1).requires_grad_()
    target = torch.tensor([1.0, 1.0]).view(1, 2, 1, 1).requires_grad_()
    feature_loss([made], [target]).backward()
    # d/dm mean((m - t)²) / mean(t²) = (m - t) for a mean over two with mean(t²) = 1.
    assert made.grad is not None and made.grad.flatten().tolist() == pytest.approx([1.0, 0.0])
    assert target.grad is None


def test_as_many_layers_on_either_side() -> None:
    with pytest.raises(ValueError):
        feature_loss([torch.rand(1, 1, 1, 1)], [])
