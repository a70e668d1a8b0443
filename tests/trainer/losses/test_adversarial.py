"""The adversarial losses, against values and gradients worked out by hand."""

import math

import pytest
import torch
from linepaint.trainer.losses import AdversarialKind, discriminator_loss, generator_loss, gradient_penalty
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

REAL, FAKE = torch.tensor([[2.0, 0.5]]), torch.tensor([[-3.0, 0.5]])


def soft(x: float) -> float:
    """log(1 + e^x), which is -log sigmoid(-x)."""
    return math.log1p(math.exp(x))


@pytest.mark.parametrize(
    ("kind", "discriminator", "generator"),
    [
        ("hinge", (0 + 0.5) / 2 + (0 + 1.5) / 2, 1.25),
        ("vanilla", ((soft(-2) + soft(-0.5)) / 2 + (soft(-3) + soft(0.5)) / 2) / 2, (soft(3) + soft(-0.5)) / 2),
        ("least-squares", ((1 + 0.25) / 2 + (9 + 0.25) / 2) / 2, (16 + 0.25) / 2),
        ("wgan-gp", -1.25 - 1.25, 1.25),
    ],
)
def test_values(kind: str, discriminator: float, generator: float) -> None:
    assert discriminator_loss(kind, REAL, FAKE).item() == pytest.approx(discriminator)
    assert generator_loss(kind, FAKE).item() == pytest.approx(generator)


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


@pytest.mark.parametrize(
    ("kind", "real_slope", "fake_slope", "generator_slope"),
    [
        # Beyond the margin of 1 the hinge lets go: the first of each pair.
        ("hinge", (0, -1 / 2), (0, 1 / 2), (-1 / 2, -1 / 2)),
        (
            "vanilla",
            (-sigmoid(-2) / 4, -sigmoid(-0.5) / 4),
            (sigmoid(-3) / 4, sigmoid(0.5) / 4),
            (-sigmoid(3) / 2, -sigmoid(-0.5) / 2),
        ),
        ("least-squares", (1 / 2, -0.5 / 2), (-3 / 2, 0.5 / 2), (-4.0, -0.5)),
        ("wgan-gp", (-1 / 2, -1 / 2), (1 / 2, 1 / 2), (-1 / 2, -1 / 2)),
    ],
)
def test_gradients(
    kind: str, real_slope: tuple[float, ...], fake_slope: tuple[float, ...], generator_slope: tuple[float, ...]
) -> None:
    real, fake = REAL.clone().requires_grad_(), FAKE.clone().requires_grad_()
    slopes = torch.autograd.grad(discriminator_loss(kind, real, fake), [real, fake])
    assert slopes[0].flatten().tolist() == pytest.approx(real_slope)
    assert slopes[1].flatten().tolist() == pytest.approx(fake_slope)
    (slope,) = torch.autograd.grad(generator_loss(kind, fake), fake)
    assert slope.flatten().tolist() == pytest.approx(generator_slope)


def test_scores_of_any_size_are_finite() -> None:
    huge = torch.tensor([1e4, -1e4])
    for kind in AdversarialKind:
        assert math.isfinite(discriminator_loss(kind, huge, huge)) and math.isfinite(generator_loss(kind, huge))


def test_a_kind_that_is_none_is_named() -> None:
    with pytest.raises(ValueError, match="'softplus' is not a valid AdversarialKind"):
        discriminator_loss("softplus", REAL, FAKE)
    with pytest.raises(ValueError, match="softplus"):
        generator_loss("softplus", FAKE)


SHARE = torch.tensor([0.25, 0.75]).view(2, 1, 1, 1)


def test_the_penalty_of_a_linear_critic_is_that_of_its_slope() -> None:
    critic = nn.Conv2d(1, 1, 2, bias=False)
    with torch.no_grad():
        critic.weight.copy_(torch.tensor([[[[3.0, 0.0], [0.0, 4.0]]]]))
    real, fake = torch.rand(2, 1, 2, 2), torch.rand(2, 1, 2, 2)
    penalty = gradient_penalty(critic, real, fake, SHARE)
    assert penalty.item() == pytest.approx((5 - 1) ** 2)
    # d (|w| - 1)² / dw = 2 (|w| - 1) w / |w|
    (slope,) = torch.autograd.grad(penalty, critic.weight)
    assert torch.allclose(slope[0, 0], 2 * 4 * torch.tensor([[3.0, 0.0], [0.0, 4.0]]) / 5)


def test_each_picture_has_its_own_norm_at_its_own_mixture() -> None:
    # The slope of Σx² is 2x: |2x| = 2·|mixture| for every picture by itself.
    def critic(x: Tensor) -> Tensor:
        return x.square()

    real, fake = torch.ones(2, 1, 1, 1), torch.zeros(2, 1, 1, 1)
    penalty = gradient_penalty(critic, real, fake, SHARE)
    assert penalty.item() == pytest.approx(((2 * 0.25 - 1) ** 2 + (2 * 0.75 - 1) ** 2) / 2)


def test_a_patch_critic_is_judged_by_the_mean_of_its_patches() -> None:
    # Two patches, one for each pixel, each with the slope 2: their mean has a slope of 1 in either pixel.
    penalty = gradient_penalty(lambda x: 2 * x, torch.rand(1, 1, 1, 2), torch.rand(1, 1, 1, 2), SHARE[:1])
    assert penalty.item() == pytest.approx((math.sqrt(2) - 1) ** 2)


def test_the_mixtures_are_drawn_anew_each_time_and_repeat_with_the_seed() -> None:
    def penalty(seed: int) -> float:
        torch.manual_seed(seed)
        return gradient_penalty(lambda x: x.square(), torch.ones(3, 1, 1, 1), torch.zeros(3, 1, 1, 1)).item()

    assert penalty(1) == penalty(1) != penalty(2)
    assert 0 < penalty(1) < 1, "slopes of 2x with x between 0 and 1"


def test_a_flat_critic_is_penalised_without_nan() -> None:
    critic = nn.Conv2d(1, 1, 1)
    nn.init.zeros_(critic.weight)
    penalty = gradient_penalty(critic, torch.rand(2, 1, 3, 3), torch.rand(2, 1, 3, 3), SHARE)
    penalty.backward()
    assert penalty.item() == pytest.approx(1, abs=1e-5)
    assert critic.weight.grad is not None and torch.isfinite(critic.weight.grad).all()


def test_the_penalty_teaches_a_real_critic_in_channels_last() -> None:
    torch.manual_seed(0)
    critic = nn.Sequential(
        spectral_norm(nn.Conv2d(3, 8, 4, 2, 1)), nn.LeakyReLU(0.2), nn.InstanceNorm2d(8), nn.Conv2d(8, 1, 4, 1, 1)
    ).to(memory_format=torch.channels_last)
    real = torch.rand(2, 3, 16, 16).to(memory_format=torch.channels_last)
    fake = torch.rand(2, 3, 16, 16, requires_grad=True)
    kernels, values = [p for p in critic.parameters() if p.ndim == 4], []
    for _ in range(15):
        penalty = gradient_penalty(critic, real, fake, SHARE)
        slopes = torch.autograd.grad(penalty, kernels)
        with torch.no_grad():
            for kernel, slope in zip(kernels, slopes, strict=True):
                kernel -= 0.5 * slope
        values.append(penalty.item())
    assert values[-1] < 0.2 * values[0], "the slope comes nearer to 1"
    assert fake.grad is None, "the generator is not taught by it"
