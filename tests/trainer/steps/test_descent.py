"""Learning rates, and one step down the gradient that is taken whole or not at all."""

import dataclasses
import math

import pytest
import torch
from linepaint.trainer.distributed import World
from linepaint.trainer.recipe import Stage
from linepaint.trainer.steps import Diverged, Teaching
from linepaint.trainer.steps.descent import critic_rate, descend, learning_rate, weighted
from torch import nn

STAGE = Stage(steps=110, learning_rate=1e-3, warmup=10, schedule="cosine")


def test_the_rate_warms_up_and_falls_as_a_cosine() -> None:
    rates = [learning_rate(STAGE, step) for step in range(110)]
    assert rates[0] == pytest.approx(1e-4)
    assert rates[4] == pytest.approx(5e-4)
    assert rates[9] == pytest.approx(1e-3) == max(rates)
    assert rates[60] == pytest.approx(5e-4), "half-way down"
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert 0 < rates[-1] < 1e-6
    assert learning_rate(STAGE, 110) == pytest.approx(0)


@pytest.mark.parametrize("schedule", ["cosine", "linear", "constant"])
@pytest.mark.parametrize("warmup", [0, 4, 100])
def test_a_stage_shorter_than_its_warm_up_has_a_rate_all_the_same(warmup: int, schedule: str) -> None:
    stage = Stage(steps=4, warmup=warmup, schedule=schedule, learning_rate=1e-3)
    assert all(0 < learning_rate(stage, step) <= stage.learning_rate for step in range(stage.steps))


def test_linear_decay_begins_half_way_and_ends_at_nothing() -> None:
    """As pix2pix, CycleGAN and OnePunch have it."""
    stage = Stage(steps=200, learning_rate=2e-4, warmup=0, schedule="linear")
    rates = [learning_rate(stage, step) for step in range(201)]
    assert rates[:101] == pytest.approx([2e-4] * 101)
    assert rates[150] == pytest.approx(1e-4)
    assert rates[175] == pytest.approx(5e-5)
    assert 0 < rates[199] < rates[198] and rates[200] == 0


def test_a_constant_rate_stays() -> None:
    stage = dataclasses.replace(STAGE, schedule="constant")
    assert {learning_rate(stage, step) for step in range(10, 110)} == {1e-3}


def test_critic_and_generator_keep_their_two_time_scales() -> None:
    """Critic 4e-4 to generator 1e-4 (Heusel et al. 2017), at every step of the schedule."""
    stage = Stage(steps=100, learning_rate=1e-4, critic_rate=4e-4, warmup=10, schedule="linear")
    for step in (0, 5, 20, 70, 99):
        assert critic_rate(stage, step) == pytest.approx(4 * learning_rate(stage, step))
    assert critic_rate(dataclasses.replace(stage, critic_rate=0.0), 20) == pytest.approx(2e-4), "twice, if not named"
    assert critic_rate(dataclasses.replace(stage, learning_rate=0.0), 20) == pytest.approx(4e-4), "each its own"


def test_terms_are_summed_by_their_weights() -> None:
    terms = {"l1": torch.tensor(2.0), "adversarial": torch.tensor(3.0)}
    assert weighted(terms, {"l1": 100.0, "adversarial": 0.5}, World()).item() == 201.5


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_sum_that_is_no_number_diverges(value: float) -> None:
    with pytest.raises(Diverged, match="the loss is"):
        weighted({"l1": torch.tensor(value)}, {"l1": 1.0}, World())


def line(*gradient: float) -> tuple[nn.Linear, torch.optim.Optimizer]:
    """Two weights with a gradient, and plain descent on them."""
    network = nn.Linear(2, 1, bias=False)
    nn.init.zeros_(network.weight)
    network.weight.grad = torch.tensor([gradient])
    return network, torch.optim.SGD(network.parameters(), lr=9.0)


def test_a_step_has_the_rate_it_is_given_and_leaves_no_gradient() -> None:
    network, optimiser = line(3.0, -4.0)
    descend(optimiser, [network], 0.1, World(), None)
    assert network.weight.tolist() == [pytest.approx([-0.3, 0.4])]
    assert network.weight.grad is None


def test_a_long_gradient_is_shortened_and_a_short_one_left() -> None:
    network, optimiser = line(3.0, -4.0)
    descend(optimiser, [network], 1.0, World(), 1.0)
    assert network.weight.tolist() == [pytest.approx([-0.6, 0.8], rel=1e-4)]
    network, optimiser = line(0.3, -0.4)
    descend(optimiser, [network], 1.0, World(), 1.0)
    assert network.weight.tolist() == [pytest.approx([-0.3, 0.4])]


@pytest.mark.parametrize("clip", [None, 0.0, 1.0])
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_gradient_that_is_no_number_moves_nothing(value: float, clip: float | None) -> None:
    network, optimiser = line(3.0, value)
    with pytest.raises(Diverged, match="a gradient is"):
        descend(optimiser, [network], 1.0, World(), clip)
    assert not network.weight.any()


def test_the_random_numbers_of_a_step_are_its_own() -> None:
    def drawn(seed: int, step: int, rank: int = 0) -> float:
        Teaching(World(rank, 4), torch.device("cpu")).seed_step(seed, step)
        return torch.rand(()).item()

    assert drawn(1, 7) == drawn(1, 7)
    assert len({drawn(1, 7), drawn(1, 8), drawn(2, 7), drawn(1, 7, rank=1)}) == 4
