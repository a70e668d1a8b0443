"""A run's state: saved whole, restored exactly, and nothing foreign taken for one."""

import errno
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from linepaint.trainer import state as states
from linepaint.trainer.data.samples import Sample
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.state import STATE_NAME, TrainingState
from linepaint.trainer.steps import Teaching, train_step
from torch import Tensor

CPU = torch.device("cpu")
MakeRecipe = Callable[..., Recipe]
MakeBatch = Callable[..., Sample]

ONEPUNCH = (
    ('architecture = "unet"', 'architecture = "onepunch"'),
    (
        'levels = 3\nchannels = 4\nnorm = "instance"',
        "width = 4\nblocks = [1, 1, 1, 1]\ndecoder_channels = [8, 8, 8, 8, 8]\nattention = 1",
    ),
    ("seed = 3", "seed = 3\nspectral_norm = true"),
)
"""The OnePunch colouriser in small, with batch norm, attention and spectral norm."""


def weights(state: TrainingState) -> dict[str, Tensor]:
    named = state.networks | {"average": state.average}
    return {f"{name}.{key}": t.clone() for name, part in named.items() for key, t in part.state_dict().items()}


def equal(first: dict[str, Tensor], second: dict[str, Tensor]) -> bool:
    return first.keys() == second.keys() and all(torch.equal(first[key], second[key]) for key in first)


def test_only_a_recipe_that_asks_a_critic_something_has_one(tiny: MakeRecipe) -> None:
    assert TrainingState(tiny(), CPU).critic is None
    assert TrainingState(tiny(of="tiny-pix2pix"), CPU).critic is not None
    feature = tiny(("warmup = 1", "warmup = 1\nloss = { l1 = 1.0, feature = 0.1 }"))
    assert TrainingState(feature, CPU).critic is not None, "its features compare pictures"


def test_a_conditional_critic_sees_the_source_beside_the_picture(tiny: MakeRecipe) -> None:
    def channels(*changes: tuple[str, str]) -> int:
        critic = TrainingState(tiny(*changes, of="tiny-pix2pix"), CPU).critic
        assert critic is not None
        return int(critic.blocks[0].convolution.in_channels)

    assert channels() == 4
    assert channels(("conditional = true", "conditional = false")) == 3
    pictures = ('mode = "lineart"', 'mode = "picture"'), ("levels = 3", "levels = 3\nchannels_in = 3")
    assert channels(*pictures) == 6


def test_an_unpaired_run_has_two_generators_and_two_critics(tiny: MakeRecipe) -> None:
    state = TrainingState(tiny(of="tiny-scan"), CPU)
    assert set(state.networks) == {"generator", "partner", "critic", "partner_critic"}
    assert state.generator.config.channels_out == 1 and state.partner.config.channels_out == 3


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


def test_the_average_has_the_statistics_of_the_weights_it_averages(
    tiny: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    """Batch norm's running mean and variance go along with the weights whose features they are of."""
    recipe = tiny(*ONEPUNCH, of="tiny-pix2pix")
    state = TrainingState(recipe, CPU)
    train_step(state, recipe, batch_of(recipe), teaching)
    statistics = {name: t for name, t in state.average.named_buffers() if "running_mean" in name}
    assert statistics and all(t.any() for t in statistics.values())
    current, forgotten = dict(state.generator.named_buffers()), 1 - 2 / 11
    assert all(torch.allclose(t, forgotten * current[name], atol=1e-7) for name, t in statistics.items())
    counts = {name: t for name, t in state.average.named_buffers() if "num_batches" in name}
    assert counts and all(torch.equal(t, current[name]) for name, t in counts.items())


def test_spectral_norm_leaves_nothing_behind_in_what_ships_but_its_effect(
    tiny: MakeRecipe, teaching: Teaching, batch_of: MakeBatch
) -> None:
    recipe = tiny(*ONEPUNCH, of="tiny-pix2pix")
    state, batch = TrainingState(recipe, CPU), batch_of(recipe)
    train_step(state, recipe, batch, teaching)
    plain = TrainingState(tiny(*ONEPUNCH[:2], of="tiny-pix2pix"), CPU).generator
    shipped = state.shipped()
    assert shipped.state_dict().keys() == plain.state_dict().keys()
    with torch.no_grad():
        made = state.average(batch.source)
        assert torch.allclose(shipped(batch.source), made, atol=1e-6)
        plain.load_state_dict(shipped.state_dict())
        assert torch.allclose(plain.eval()(batch.source), made, atol=1e-6)


def test_without_spectral_norm_the_average_ships_as_it_is(tiny: MakeRecipe) -> None:
    state = TrainingState(tiny(), CPU)
    assert state.shipped() is state.average


def test_a_frozen_encoder_stays_as_it_came(tiny: MakeRecipe, teaching: Teaching, batch_of: MakeBatch) -> None:
    frozen = "seed = 3", "seed = 3\nspectral_norm = true\nfreeze_encoder = true"
    recipe = tiny(*ONEPUNCH[:2], frozen, of="tiny-pix2pix")
    state = TrainingState(recipe, CPU)
    before = {key: t.clone() for key, t in state.generator.state_dict().items()}
    for _ in range(2):
        train_step(state, recipe, batch_of(recipe), teaching)
    after = state.generator.state_dict()
    encoder = [key for key in before if key.startswith("encoder.")]
    assert encoder and all(torch.equal(before[key], after[key]) for key in encoder), "its batch statistics too"
    assert not all(torch.equal(before[key], after[key]) for key in before), "while the decoder learns"
    shipped = state.shipped().state_dict()
    assert all(torch.equal(before[key], shipped[key]) for key in encoder)


def test_an_encoder_that_is_none_cannot_be_frozen(tiny: MakeRecipe) -> None:
    with pytest.raises(TrainingError, match="a live network has no encoder to freeze"):
        TrainingState(tiny(("seed = 3", "seed = 3\nfreeze_encoder = true")), CPU)


def test_weights_that_outgrow_half_precision_are_noticed(tiny: MakeRecipe) -> None:
    state = TrainingState(tiny(), CPU)
    assert state.is_finite()
    with torch.no_grad():
        next(state.average.parameters())[0, 0, 0, 0] = 1e6
    assert not state.is_finite(), "a checkpoint holds half precision"


RESUMED = {
    "live": (),
    "pix2pix": ({"of": "tiny-pix2pix"},),
    "onepunch": ({"of": "tiny-pix2pix"}, *ONEPUNCH),
    "unpaired": ({"of": "tiny-scan"},),
}


@pytest.mark.parametrize("name", RESUMED)
def test_a_restored_state_goes_on_bit_for_bit(
    tiny: MakeRecipe, teaching: Teaching, batch_of: MakeBatch, name: str, tmp_path: Path
) -> None:
    """Noise, running statistics, the vectors of spectral norm, and the pictures that critics remember included."""
    options: dict[str, Any] = next((c for c in RESUMED[name] if isinstance(c, dict)), {})
    recipe = tiny(*(c for c in RESUMED[name] if not isinstance(c, dict)), **options)
    straight = TrainingState(recipe, CPU)
    for number in range(3):
        train_step(straight, recipe, batch_of(recipe, number), teaching)
    straight.save(tmp_path, recipe.decides())
    saved = weights(straight)
    resumed = TrainingState(recipe, CPU)
    resumed.restore(tmp_path, recipe.decides())
    assert resumed.step == 3 and equal(weights(resumed), saved)
    torch.rand(5)  # What was drawn elsewhere meanwhile does not matter.
    for state in (straight, resumed):
        train_step(state, recipe, batch_of(recipe, 3), teaching)
    assert equal(weights(resumed), weights(straight))
    assert not equal(weights(resumed), saved)
    assert [p.name for p in tmp_path.iterdir()] == [STATE_NAME], "no temporary file stays"


def test_without_a_state_there_is_nothing_to_resume(tiny: MakeRecipe, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="without --resume"):
        TrainingState(tiny(), CPU).restore(tmp_path, tiny().decides())


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
        TrainingState(tiny(), CPU).restore(tmp_path, tiny().decides())
    assert "it ran" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("encoder_channels = [4, 4, 4, 4]", "encoder_channels = [4, 4, 4, 8]"),
        ("learning_rate = 1e-3", "learning_rate = 1e-4"),
        ("procedural = 1.0", "procedural = 0.5"),
        ("seed = 3", "seed = 4"),
        ("steps = 4", "steps = 6"),
    ],
)
def test_the_state_of_another_recipe_is_refused(tiny: MakeRecipe, tmp_path: Path, old: str, new: str) -> None:
    """Going on with it would be a run that no recipe describes."""
    recipe, other = tiny(), tiny((old, new))
    TrainingState(recipe, CPU).save(tmp_path, recipe.decides())
    with pytest.raises(TrainingError, match=r"another recipe or another --steps.*--init"):
        TrainingState(other, CPU).restore(tmp_path, other.decides())


def test_what_only_shows_may_change(tiny: MakeRecipe, tmp_path: Path) -> None:
    recipe = tiny()
    other = tiny(
        ("save_every = 2", "save_every = 9"), ("log_every = 1", "log_every = 7"), ("workers = 0", "workers = 1")
    )
    TrainingState(recipe, CPU).save(tmp_path, recipe.decides())
    TrainingState(other, CPU).restore(tmp_path, other.decides())


def test_a_network_that_cannot_be_built_is_the_recipes_fault(tiny: MakeRecipe) -> None:
    with pytest.raises(TrainingError, match="tiny names no network that can be built"):
        TrainingState(tiny(("encoder_blocks = [1, 1, 1, 1]", "encoder_blocks = [1]")), CPU)


def test_a_critic_that_cannot_be_built_is_the_recipes_fault(tiny: MakeRecipe) -> None:
    with pytest.raises(TrainingError, match="names no critic that can be built: receptive_field is 17"):
        TrainingState(tiny(("receptive_field = 16", "receptive_field = 17"), of="tiny-pix2pix"), CPU)


def test_a_full_disk_leaves_the_last_state_and_is_said_as_the_system_says_it(
    tiny: MakeRecipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """torch answers a disk that fills up with a RuntimeError about positions in a file."""
    recipe = tiny()
    state = TrainingState(recipe, CPU)
    state.save(tmp_path, recipe.decides())
    before = (tmp_path / STATE_NAME).read_bytes()
    state.step = 5
    really_save = torch.save

    def onto_a_small_disk(thing: object, file: Any) -> None:
        really_save(thing, Limited(file, 2000))

    monkeypatch.setattr(states.torch, "save", onto_a_small_disk)
    with pytest.raises(OSError, match="No space left") as caught:
        state.save(tmp_path, recipe.decides())
    assert caught.value.errno == errno.ENOSPC
    assert (tmp_path / STATE_NAME).read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [STATE_NAME]


class Limited:
    """A file on a disk with so many bytes left."""

    def __init__(self, file: Any, room: int) -> None:
        self.file, self.room = file, room

    def write(self, data: Any) -> int:
        size = len(data)
        if size > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= size
        return int(self.file.write(data))

    def flush(self) -> None:
        self.file.flush()
