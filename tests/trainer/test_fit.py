"""A run from data to a checkpoint that paints: what it writes, what it starts from, what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.fit import fit
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.recipe_file import load_recipe
from linepaint.trainer.run_folder import read_facts

from linepaint.engine import CheckpointError, Colorizer
from linepaint.engine.catalog import read_info
from linepaint.engine.checkpoint import load_network
from linepaint.imaging.opencv import cv2

CPU = torch.device("cpu")
SHEET_SAMPLES = 2
CHECKPOINT = "tiny.safetensors"
MakeRecipe = Callable[..., Recipe]

pytestmark = pytest.mark.usefixtures("cheap_drawings")


def weights_in(checkpoint: Path) -> bytes:
    """What follows the header, whose entries stand in the file in any order."""
    data = checkpoint.read_bytes()
    return data[8 + int.from_bytes(data[:8], "little") :]


def test_drawings_alone_train_a_checkpoint_that_colours(tiny: MakeRecipe, tmp_path: Path) -> None:
    run = tmp_path / "deep" / "run"
    checkpoint = fit(tiny(), [], run, device=CPU)
    assert checkpoint == run / CHECKPOINT
    info = read_info(checkpoint)
    assert (info.recipe, info.steps, info.licence, info.size) == ("tiny", 4, "GPL-3.0-or-later", 32)
    assert info.data == [
        {"source": "procedural drawings of linepaint.trainer", "pictures": 0, "licence": "GPL-3.0-or-later"}
    ]
    picture = Colorizer.load(checkpoint, "cpu").colorize(np.full((40, 50), 255, np.uint8))
    assert picture.shape == (40, 50, 3)
    assert load_recipe(str(run / "recipe.toml")) == tiny(), "to be read and used again"
    assert cv2.imread(str(run / "sheets" / "step_0000004.png")).shape == (SHEET_SAMPLES * 32, 4 * 32, 3)
    assert any((run / "logs").iterdir()), "scalars for TensorBoard"
    assert not list(run.glob("*.part")) + list(run.glob(".*.part"))


def test_the_run_keeps_the_facts_a_model_card_needs(tiny: MakeRecipe, tmp_path: Path) -> None:
    fit(tiny(), [], tmp_path, device=CPU, half=False)
    facts = read_facts(tmp_path)
    assert facts is not None
    assert (facts.steps, facts.steps_asked, facts.images, facts.processes) == (4, 4, 8, 1)
    assert (facts.device, facts.precision) == ("cpu", "float32")
    assert facts.seconds > 0 and facts.losses["l1"] > 0
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["torch"] == torch.__version__


def test_an_artists_folder_trains_and_is_credited(tiny: MakeRecipe, picture_folder: Path, tmp_path: Path) -> None:
    recipe = tiny(("procedural = 1.0", "procedural = 0.0"), ("steps = 4", "steps = 2"))
    info = read_info(fit(recipe, [picture_folder], tmp_path / "run", device=CPU))
    assert info.data == [{"source": "friends", "pictures": 2, "licence": "CC0, drawn by friends."}]


def test_several_stages_follow_one_another(tiny: MakeRecipe, tmp_path: Path) -> None:
    """One network grows through them: the second begins with the weights of the first."""
    second = "warmup = 1\n[[stages]]\nsteps = 1\nsize = 64\nbatch = 1\nlearning_rate = 0.0"
    recipe = tiny(("steps = 4", "steps = 1"), ("warmup = 1", second))
    info = read_info(fit(recipe, [], tmp_path / "both", device=CPU))
    assert info.steps == 2 and info.size == 64
    sheet = cv2.imread(str(tmp_path / "both" / "sheets" / "step_0000002.png"))
    assert sheet.shape == (SHEET_SAMPLES * 64, 4 * 64, 3)
    first = fit(tiny(("steps = 4", "steps = 1")), [], tmp_path / "first", device=CPU)
    carried, before = (load_network(read_info(path)).state_dict() for path in (info.path, first))
    assert all(torch.allclose(carried[key], before[key], atol=2e-3) for key in before)


def test_init_starts_from_the_weights_given(tiny: MakeRecipe, tmp_path: Path) -> None:
    first = fit(tiny(), [], tmp_path / "first", device=CPU)
    idle = tiny(("learning_rate = 1e-3", "learning_rate = 0.0"), ("steps = 4", "steps = 1"), ("seed = 3", "seed = 4"))
    second = fit(idle, [], tmp_path / "second", init=first, device=CPU)
    before, after = (load_network(read_info(path)).state_dict() for path in (first, second))
    assert all(torch.equal(before[key], after[key]) for key in before)
    assert read_info(second).steps == 1


def test_init_with_weights_of_another_shape_is_refused(tiny: MakeRecipe, tmp_path: Path) -> None:
    first = fit(tiny(("steps = 4", "steps = 1")), [], tmp_path / "first", device=CPU)
    wider = tiny(("decoder_channels = [4, 4, 4, 4]", "decoder_channels = [8, 8, 8, 8]"))
    with pytest.raises(TrainingError, match="do not fit the network of tiny"):
        fit(wider, [], tmp_path / "second", init=first, device=CPU)
    assert not (tmp_path / "second").exists()


def test_init_with_another_architecture_is_refused(tiny: MakeRecipe, tmp_path: Path) -> None:
    first = fit(tiny(("steps = 4", "steps = 1")), [], tmp_path / "first", device=CPU)
    with pytest.raises(TrainingError, match="holds a live network, the recipe needs unet"):
        fit(tiny(of="tiny-pix2pix"), [], tmp_path / "second", init=first, device=CPU)


def test_init_for_another_mode_is_refused(tiny: MakeRecipe, tmp_path: Path) -> None:
    first = fit(tiny(("steps = 4", "steps = 1")), [], tmp_path / "first", device=CPU)
    gray = tiny(('mode = "lineart"', 'mode = "grayscale"'))
    with pytest.raises(CheckpointError, match="for lineart, not for grayscale"):
        fit(gray, [], tmp_path / "second", init=first, device=CPU)


def test_a_run_that_is_there_is_not_overwritten(tiny: MakeRecipe, tmp_path: Path) -> None:
    fit(tiny(("steps = 4", "steps = 1")), [], tmp_path, device=CPU)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(TrainingError, match="holds a run already; go on with --resume"):
        fit(tiny(), [], tmp_path, device=CPU)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_finished_run_resumed_stays_as_it_is(tiny: MakeRecipe, tmp_path: Path) -> None:
    checkpoint = fit(tiny(), [], tmp_path, device=CPU)
    done = weights_in(checkpoint)
    fit(tiny(), [], tmp_path, resume=True, device=CPU)
    assert weights_in(checkpoint) == done and read_info(checkpoint).steps == 4


@pytest.mark.parametrize("change", [("steps = 4", "steps = 6"), ("learning_rate = 1e-3", "learning_rate = 1e-4")])
def test_a_run_is_not_resumed_with_another_recipe(tiny: MakeRecipe, tmp_path: Path, change: tuple[str, str]) -> None:
    """What came of it would be no run that anyone could repeat: schedules reach over all steps."""
    checkpoint = fit(tiny(), [], tmp_path, device=CPU)
    before = checkpoint.read_bytes()
    with pytest.raises(TrainingError, match="begun with another recipe or another --steps"):
        fit(tiny(change), [], tmp_path, resume=True, device=CPU)
    assert checkpoint.read_bytes() == before
    again = fit(tiny(change), [], tmp_path / "more", init=checkpoint, device=CPU)
    assert again.exists(), "as the message says, a new run can start from it"


@pytest.mark.parametrize(("of", "stride"), [("tiny", 32), ("tiny-pix2pix", 8), ("tiny-scan", 4)])
def test_a_size_the_networks_cannot_take_is_refused(tiny: MakeRecipe, tmp_path: Path, of: str, stride: int) -> None:
    with pytest.raises(TrainingError, match=f"multiple of {stride}, not 42"):
        fit(tiny(("size = 32", "size = 42"), of=of), [], tmp_path / "run", device=CPU)
    assert not (tmp_path / "run").exists()
