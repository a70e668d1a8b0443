"""Dissimilarity is what SSIM misses, and training can follow it."""

import torch
from linepaint.trainer.losses import dissimilarity, l1


def picture(seed: int = 3) -> torch.Tensor:
    return torch.rand(2, 3, 24, 32, generator=torch.Generator().manual_seed(seed))


def test_the_same_picture_has_none_and_another_has_some() -> None:
    assert dissimilarity(picture(), picture()).item() < 1e-5
    assert dissimilarity(picture(), picture(seed=4)).item() > 0.3


def test_lost_texture_weighs_more_than_the_same_difference_in_tone() -> None:
    target = 0.5 + 0.2 * (picture() - 0.5)
    blurred = torch.full_like(target, 0.5)
    lighter = target + l1(blurred, target)
    assert dissimilarity(blurred, target) > 3 * dissimilarity(lighter, target)


def test_it_has_a_gradient() -> None:
    made = picture(seed=4).requires_grad_()
    dissimilarity(made, picture()).backward()
    assert made.grad is not None and made.grad.abs().sum() > 0
