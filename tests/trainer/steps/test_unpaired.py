"""One step of CycleGAN: two generators, two critics, and pictures that do not belong together."""

import dataclasses
from collections.abc import Callable

import pytest
import torch
from linepaint.trainer.data.samples import Sample
from linepaint.trainer.history import History
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.state import TrainingState
from linepaint.trainer.steps import Diverged, Teaching, train_step
from torch import Tensor

CPU = torch.device("cpu")
LOSS = "loss = { adversarial = 1.0, cycle = 10.0, identity = 5.0 }"
NAMES = ("generator", "partner", "critic", "partner_critic")
MakeRecipe = Callable[..., Recipe]
MakeBatch = Callable[..., Sample]


@pytest.fixture
def scan(tiny: MakeRecipe) -> MakeRecipe:
    return lambda *changes: tiny(*changes, of="tiny-scan")


def learned(state: TrainingState, recipe: Recipe, batch: Sample, teaching: Teaching) -> set[str]:
    """Whose weights a step changed."""
    before = {name: [p.clone() for p in network.parameters()] for name, network in state.networks.items()}
    train_step(state, recipe, batch, teaching)
    return {
        name
        for name, network in state.networks.items()
        if not all(torch.equal(a, b) for a, b in zip(before[name], network.parameters(), strict=True))
    }


@pytest.mark.parametrize(
    ("train", "who"), [("both", set(NAMES)), ("generator", set(NAMES[:2])), ("critic", set(NAMES[2:]))]
)
def test_both_generators_and_both_critics_learn_when_it_is_their_turn(
    scan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch, train: str, who: set[str]
) -> None:
    recipe = scan(('schedule = "linear"', f'schedule = "linear"\ntrain = "{train}"'))
    state = TrainingState(recipe, CPU)
    assert learned(state, recipe, batch_of(recipe), teaching) == who
    assert all(p.requires_grad for network in state.networks.values() for p in network.parameters())


def test_what_has_a_weight_is_logged_and_summed(scan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch) -> None:
    recipe = scan()
    logged = train_step(TrainingState(recipe, CPU), recipe, batch_of(recipe), teaching)
    assert set(logged) == {
        *("critic", "partner_critic", "adversarial", "cycle", "identity", "total", "learning_rate"),
    }
    expected = logged["adversarial"] + 10 * logged["cycle"] + 5 * logged["identity"]
    assert logged["total"] == pytest.approx(expected, rel=1e-5)
    plain = scan((LOSS, "loss = { adversarial = 1.0, cycle = 10.0 }"))
    assert "identity" not in train_step(TrainingState(plain, CPU), plain, batch_of(plain), teaching)


def test_the_cycle_alone_teaches_the_two_to_undo_each_other(
    scan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    recipe = scan(
        (LOSS, "loss = { cycle = 10.0 }"), ("steps = 4", "steps = 60"), ("learning_rate = 1e-3", "learning_rate = 1e-2")
    )
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    cycles = [train_step(state, recipe, batch, teaching)["cycle"] for _ in range(12)]
    assert cycles[-1] < 0.9 * cycles[0]


def test_identity_teaches_to_leave_a_drawing_a_drawing(
    scan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    recipe = scan(
        (LOSS, "loss = { identity = 5.0 }"),
        ("steps = 4", "steps = 60"),
        ("learning_rate = 1e-3", "learning_rate = 1e-2"),
    )
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    identities = [train_step(state, recipe, batch, teaching)["identity"] for _ in range(12)]
    assert identities[-1] < 0.9 * identities[0]


def test_pictures_and_drawings_do_not_belong_together(scan: MakeRecipe, batch_of: MakeBatch) -> None:
    apart = batch_of(scan())
    together = batch_of(scan(('step = "unpaired"', 'step = "paired"'), (LOSS, "loss = { l1 = 1.0 }")))
    assert torch.equal(apart.source, together.source)
    assert all(not torch.equal(a, b) for a, b in zip(apart.target, together.target, strict=True))


def test_a_loss_that_is_no_number_changes_no_generators_weight(
    scan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    recipe = scan()
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    before = [p.clone() for p in state.generator.parameters()]
    batch.target[0, 0, 5, 5] = torch.nan
    with pytest.raises(Diverged, match="the loss is nan"):
        train_step(state, recipe, batch, teaching)
    assert all(torch.equal(a, b) for a, b in zip(before, state.generator.parameters(), strict=True))


def numbered(first: int, count: int) -> Tensor:
    return torch.arange(first, first + count, dtype=torch.float32).view(-1, 1, 1, 1).expand(-1, 1, 2, 2)


def test_the_history_shows_half_new_pictures_and_half_old_ones() -> None:
    torch.manual_seed(0)
    history = History(50)
    assert torch.equal(history.exchange(numbered(0, 50)), numbered(0, 50)), "while it fills, what is new is shown"
    shown = history.exchange(numbered(50, 2000))[:, 0, 0, 0]
    new = shown == torch.arange(50, 2050)
    assert 0.45 < new.float().mean() < 0.55
    ages = (torch.arange(50, 2050) - shown)[~new]
    assert (ages > 0).all() and ages.median() > 20, "old ones come from all over the buffer"
    assert len(history.pictures) == 50
    held = {float(p[0, 0, 0]) for p in history.pictures}
    assert len(held) == 50 and max(held) > 1900, "and make way for new ones"


def test_a_history_of_none_shows_what_comes() -> None:
    assert torch.equal(History(0).exchange(numbered(3, 2)), numbered(3, 2))


def test_a_larger_stage_forgets_smaller_pictures() -> None:
    history = History(4)
    history.exchange(numbered(0, 4))
    assert history.exchange(torch.zeros(2, 1, 4, 4)).shape == (2, 1, 4, 4)
    assert [tuple(p.shape) for p in history.pictures] == [(1, 4, 4)] * 2


def test_the_critics_remember_over_steps_and_a_restart(
    scan: MakeRecipe, teaching: Teaching, batch_of: MakeBatch, tmp_path: object
) -> None:
    recipe = scan()
    state = TrainingState(recipe, CPU)
    for number in range(2):
        train_step(state, recipe, batch_of(recipe, number), teaching)
    assert len(state.made_lines.pictures) == len(state.made_color.pictures) == recipe.critic.buffer == 3
    state.save(tmp_path, recipe.decides())
    again = TrainingState(recipe, CPU)
    again.restore(tmp_path, recipe.decides())
    for name in ("made_lines", "made_color"):
        kept, found = getattr(state, name).pictures, getattr(again, name).pictures
        assert all(torch.equal(a, b) for a, b in zip(kept, found, strict=True))


def test_only_scans_are_trained_unpaired(scan: MakeRecipe) -> None:
    with pytest.raises(ValueError, match='is for mode = "scan"'):
        scan(('mode = "scan"', 'mode = "lineart"'))
    assert dataclasses.replace(scan()).needs_critic
