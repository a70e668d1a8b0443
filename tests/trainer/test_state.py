"""A run's state: saved whole, restored exactly, and nothing foreign taken for one."""

import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from linepaint.trainer.data.samples import Pictures, Sample, SampleDataset
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.sheet import sheet
from linepaint.trainer.state import STATE_NAME, TrainingState
from linepaint.trainer.step import Diverged, train_step

CPU = torch.device("cpu")
ADVERSARIAL = ("warmup = 1", "warmup = 1\nloss = { l1 = 1.0, l2 = 1.0, edges = 0.5, adversarial = 0.1 }")
MakeRecipe = Callable[..., Recipe]


def batch(recipe: Recipe, number: int = 0) -> Sample:
    dataset = SampleDataset(Pictures([], {}, 448), recipe, 32, number * 2, 2)
    return Sample.stack([dataset[i] for i in range(2)])


def weights(state: TrainingState) -> list[torch.Tensor]:
    parts = [state.generator, state.average, *([state.critic] if state.critic else [])]
    return [t.clone() for part in parts for t in part.state_dict().values()]


def equal(first: list[torch.Tensor], second: list[torch.Tensor]) -> bool:
    return len(first) == len(second) and all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


def test_one_step_lowers_the_loss_on_its_own_batch(tiny: MakeRecipe) -> None:
    recipe = tiny(("steps = 4", "steps = 200"))
    state, examples = TrainingState(recipe, CPU), batch(recipe)
    losses = [train_step(state, recipe, examples)["l1"] for _ in range(12)]
    assert losses[-1] < 0.97 * losses[0]
    assert state.step == 12


def test_each_term_with_a_weight_is_reckoned_and_logged(tiny: MakeRecipe) -> None:
    recipe = tiny(ADVERSARIAL)
    logged = train_step(TrainingState(recipe, CPU), recipe, batch(recipe))
    assert set(logged) == {"l1", "l2", "edges", "adversarial", "critic", "total", "learning_rate"}
    expected = logged["l1"] + logged["l2"] + 0.5 * logged["edges"] + 0.1 * logged["adversarial"]
    assert logged["total"] == pytest.approx(expected, rel=1e-5)
    plain = tiny()
    assert "l2" not in train_step(TrainingState(plain, CPU), plain, batch(plain))


def test_only_an_adversarial_recipe_has_a_critic_and_it_learns_too(tiny: MakeRecipe) -> None:
    assert TrainingState(tiny(), CPU).critic is None
    recipe = tiny(ADVERSARIAL)
    state = TrainingState(recipe, CPU)
    assert state.critic is not None
    before = [p.clone() for p in state.critic.parameters()]
    train_step(state, recipe, batch(recipe))
    assert not equal(before, list(state.critic.parameters()))
    assert all(p.requires_grad for p in state.critic.parameters())


def test_a_loss_that_is_no_number_changes_no_weight(tiny: MakeRecipe) -> None:
    recipe = tiny()
    state, examples = TrainingState(recipe, CPU), batch(recipe)
    before = weights(state)
    examples.target[0, 0, 5, 5] = torch.nan
    with pytest.raises(Diverged, match="step 0"):
        train_step(state, recipe, examples)
    assert equal(weights(state), before) and state.step == 0


def test_weights_that_outgrow_half_precision_are_noticed(tiny: MakeRecipe) -> None:
    state = TrainingState(tiny(), CPU)
    assert state.is_finite()
    with torch.no_grad():
        next(state.average.parameters())[0, 0, 0, 0] = 1e6
    assert not state.is_finite(), "a checkpoint holds half precision"


def test_the_average_follows_the_weights(tiny: MakeRecipe) -> None:
    state = TrainingState(tiny(), CPU)
    averaged, current = next(state.average.parameters()), next(state.generator.parameters())
    with torch.no_grad():
        averaged.fill_(1.0)
        current.fill_(2.0)
    state.step = 10**6
    state.update_average(0.9)
    assert torch.allclose(averaged, torch.tensor(1.1))
    state.step = 0
    state.update_average(0.999)
    assert averaged[0, 0, 0, 0] > 1.8, "at first it forgets quickly"


@pytest.mark.parametrize("changes", [[], [ADVERSARIAL]], ids=["plain", "adversarial"])
def test_a_restored_state_goes_on_bit_for_bit(tiny: MakeRecipe, changes: list[tuple[str, str]], tmp_path: Path) -> None:
    recipe = tiny(*changes)
    straight = TrainingState(recipe, CPU)
    train_step(straight, recipe, batch(recipe, 0))
    straight.save(tmp_path)
    train_step(straight, recipe, batch(recipe, 1))
    resumed = TrainingState(recipe, CPU)
    resumed.restore(tmp_path)
    assert resumed.step == 1
    train_step(resumed, recipe, batch(recipe, 1))
    assert equal(weights(resumed), weights(straight))
    assert [p.name for p in tmp_path.iterdir()] == [STATE_NAME], "no temporary file stays"


def test_without_a_state_there_is_nothing_to_resume(tiny: MakeRecipe, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="without --resume"):
        TrainingState(tiny(), CPU).restore(tmp_path)


def pickled(thing: object) -> bytes:
    """As torch pickles."""
    return pickle.dumps(thing, protocol=2)


class Bomb:
    def __reduce__(self) -> tuple[object, ...]:
        return print, ("it ran",)


@pytest.mark.parametrize(
    "content",
    [b"", b"not a state", b"PK\x03\x04 cut", pickled({"step": 3}), pickled([1, 2]), pickled(Bomb())],
    ids=["empty", "text", "cut", "too little", "a list", "code"],
)
def test_a_damaged_state_is_refused_and_never_run(
    tiny: MakeRecipe, tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / STATE_NAME).write_bytes(content)
    with pytest.raises(TrainingError, match="damaged"):
        TrainingState(tiny(), CPU).restore(tmp_path)
    assert "it ran" not in capsys.readouterr().out


def test_the_state_of_another_recipe_is_refused(tiny: MakeRecipe, tmp_path: Path) -> None:
    TrainingState(tiny(), CPU).save(tmp_path)
    other = tiny(("encoder_channels = [4, 4, 4, 4]", "encoder_channels = [4, 4, 4, 8]"))
    with pytest.raises(TrainingError, match="does not fit this recipe"):
        TrainingState(other, CPU).restore(tmp_path)


def test_a_network_that_cannot_be_built_is_the_recipes_fault(tiny: MakeRecipe) -> None:
    with pytest.raises(TrainingError, match="tiny names no network that can be built"):
        TrainingState(tiny(("encoder_blocks = [1, 1, 1, 1]", "encoder_blocks = [1]")), CPU)


def test_a_sheet_shows_lines_prior_result_and_truth_in_a_row(tiny: MakeRecipe) -> None:
    recipe = tiny()
    examples = batch(recipe)
    picture = sheet(TrainingState(recipe, CPU).average, examples)
    assert picture.shape == (2 * 32, 4 * 32, 3) and picture.dtype == np.uint8
    truth = (examples.target[1] * 255).round().byte().permute(1, 2, 0).numpy()
    assert np.array_equal(picture[32:, 96:], truth)
    assert np.array_equal(picture[:, 32:64], picture[:, 64:96]), "an untrained network adds nothing to the prior"
