"""A run from data to a checkpoint that paints; and that stopping it in any way loses nothing that was saved."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from linepaint.trainer import fit as fitting
from linepaint.trainer import losses
from linepaint.trainer.data import samples
from linepaint.trainer.drawings import draw
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.fit import fit
from linepaint.trainer.recipe import Recipe, load_recipe
from linepaint.trainer.state import STATE_NAME

from linepaint.engine import CheckpointError, Colorizer
from linepaint.engine.architectures import ARCHITECTURES
from linepaint.engine.catalog import CheckpointInfo, read_info
from linepaint.engine.checkpoint import load_network
from linepaint.imaging.opencv import cv2

CPU = torch.device("cpu")
SHEET_SAMPLES = 2
CHECKPOINT = "tiny.safetensors"
MakeText = Callable[..., str]
MakeRecipe = Callable[..., Recipe]


@pytest.fixture(autouse=True)
def cheap_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes most of a tiny run's time: few pictures on a sheet, and plain shapes."""
    monkeypatch.setattr(fitting, "SHEET_SAMPLES", SHEET_SAMPLES)
    monkeypatch.setattr(samples, "draw", lambda seed, size: draw(seed, size, "shapes"))


def saved_step(run: Path) -> int:
    return int(torch.load(run / STATE_NAME, weights_only=True)["step"])


def content(checkpoint: Path) -> tuple[CheckpointInfo, bytes]:
    """Header and weights; the header's entries stand in the file in any order."""
    data = checkpoint.read_bytes()
    return read_info(checkpoint), data[8 + int.from_bytes(data[:8], "little") :]


def test_drawings_alone_train_a_checkpoint_that_colours(tiny: MakeRecipe, tmp_path: Path) -> None:
    run = tmp_path / "deep" / "run"
    checkpoint = fit(tiny(), [], run, device=CPU)
    assert checkpoint == run / CHECKPOINT
    info = read_info(checkpoint)
    assert (info.recipe, info.steps, info.licence) == ("tiny", 4, "GPL-3.0-or-later")
    assert info.data == [
        {"source": "procedural drawings of linepaint.trainer", "pictures": 0, "licence": "GPL-3.0-or-later"}
    ]
    picture = Colorizer.load(checkpoint, "cpu").colorize(np.full((40, 50), 255, np.uint8))
    assert picture.shape == (40, 50, 3)
    assert load_recipe(str(run / "recipe.toml")) == tiny(), "to be read and used again"
    assert cv2.imread(str(run / "sheets" / "step_0000004.png")).shape == (SHEET_SAMPLES * 32, 4 * 32, 3)
    assert any((run / "logs").iterdir()), "scalars for TensorBoard"
    assert not list(run.glob("*.part")) + list(run.glob(".*.part"))


def test_an_artists_folder_trains_and_is_credited(tiny: MakeRecipe, picture_folder: Path, tmp_path: Path) -> None:
    recipe = tiny(("procedural = 1.0", "procedural = 0.0"), ("steps = 4", "steps = 2"))
    info = read_info(fit(recipe, [picture_folder], tmp_path / "run", device=CPU))
    assert info.data == [{"source": "friends", "pictures": 2, "licence": "CC0, drawn by friends."}]


def test_several_stages_follow_one_another(tiny: MakeRecipe, tmp_path: Path) -> None:
    second = "warmup = 1\n[[stages]]\nsteps = 1\nsize = 64\nbatch = 1"
    recipe = tiny(("steps = 4", "steps = 1"), ("warmup = 1", second))
    assert read_info(fit(recipe, [], tmp_path, device=CPU)).steps == 2
    assert cv2.imread(str(tmp_path / "sheets" / "step_0000002.png")).shape == (SHEET_SAMPLES * 64, 4 * 64, 3)


def run_child(recipe: Path, run: Path, *options: str) -> subprocess.Popen[str]:
    """A real `linepaint-train fit` with one thread, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "linepaint.trainer.cli", "fit", str(recipe), "--out", str(run), *options],
        env=os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for_state(child: subprocess.Popen[str], run: Path, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not (run / STATE_NAME).exists():
        assert child.poll() is None, child.communicate()[1]
        assert time.monotonic() < deadline, "no state was saved"
        time.sleep(0.005)


def test_killed_and_resumed_it_ends_with_the_same_weights(
    tiny: MakeRecipe, tiny_text: MakeText, picture_folder: Path, tmp_path: Path
) -> None:
    changes = ("steps = 4", "steps = 20"), ("procedural = 1.0", "procedural = 0.0")
    recipe, killed = tmp_path / "tiny.toml", tmp_path / "killed"
    recipe.write_text(tiny_text(*changes), "utf-8")
    child = run_child(recipe, killed, "--data", str(picture_folder))
    wait_for_state(child, killed)
    child.kill()
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    assert 0 < saved_step(killed) < 20
    resumed = fit(tiny(*changes), [picture_folder], killed, resume=True, device=CPU)
    straight = fit(tiny(*changes), [picture_folder], tmp_path / "straight", device=CPU)
    assert read_info(resumed).steps == 20
    assert content(resumed)[1] == content(straight)[1]


def test_ctrl_c_finishes_the_step_saves_and_says_how_to_go_on(tiny_text: MakeText, tmp_path: Path) -> None:
    """In a terminal the loader processes get the signal too."""
    recipe, run = tmp_path / "tiny.toml", tmp_path / "run"
    recipe.write_text(tiny_text(("steps = 4", "steps = 100000"), ("workers = 0", "workers = 1")), "utf-8")
    child = run_child(recipe, run)
    wait_for_state(child, run)
    os.killpg(child.pid, signal.SIGINT)
    _, told = child.communicate(timeout=60)
    assert child.returncode == 0, told
    assert "Stopped and saved at step" in told and "--resume" in told
    assert "Traceback" not in told
    info = read_info(run / CHECKPOINT)
    assert 2 <= info.steps == saved_step(run) < 100000
    load_network(info)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_saves_the_step_it_was_at(
    tiny: MakeRecipe,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    number: signal.Signals,
) -> None:
    before = signal.getsignal(number)
    train_step = fitting.train_step

    def stopped_at_the_third(state, recipe, batch):  # type: ignore[no-untyped-def]
        if state.step == 2:
            signal.raise_signal(number)
        return train_step(state, recipe, batch)

    monkeypatch.setattr(fitting, "train_step", stopped_at_the_third)
    with caplog.at_level(logging.INFO):
        fit(tiny(), [], tmp_path, device=CPU)
    assert saved_step(tmp_path) == read_info(tmp_path / CHECKPOINT).steps == 3
    assert "Stopped and saved at step 3; go on with --resume." in caplog.messages
    assert signal.getsignal(number) is before, "afterwards Ctrl-C is Ctrl-C again"


def test_a_second_ctrl_c_insists(tiny: MakeRecipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped_twice(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(fitting, "train_step", stopped_twice)
    with pytest.raises(KeyboardInterrupt):
        fit(tiny(), [], tmp_path, device=CPU)


def test_a_loss_that_is_no_number_stops_the_run_and_keeps_the_last_good_checkpoint(
    tiny: MakeRecipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    l1, calls = losses.l1, iter(range(100))
    kept: list[bytes] = []

    def failing_at_the_fourth(made: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        if next(calls) < 3:
            return l1(made, target)
        kept.extend((tmp_path / name).read_bytes() for name in (CHECKPOINT, STATE_NAME))
        return l1(made, target) * torch.nan

    monkeypatch.setattr(losses, "l1", failing_at_the_fourth)
    with pytest.raises(TrainingError, match=r"diverged: the loss at step 3 is nan.*--resume"):
        fit(tiny(), [], tmp_path, device=CPU)
    assert [(tmp_path / name).read_bytes() for name in (CHECKPOINT, STATE_NAME)] == kept
    assert saved_step(tmp_path) == 2
    load_network(read_info(tmp_path / CHECKPOINT))


def test_weights_that_explode_are_not_saved_over_good_ones(tiny: MakeRecipe, tmp_path: Path) -> None:
    fit(tiny(), [], tmp_path, device=CPU)
    good = (tmp_path / CHECKPOINT).read_bytes()
    absurd = tiny(
        ("learning_rate = 1e-3", "learning_rate = 1e30"),
        ("steps = 4", "steps = 8"),
        ("save_every = 2", "save_every = 1"),
    )
    with pytest.raises(TrainingError, match="diverged"):
        fit(absurd, [], tmp_path, resume=True, device=CPU)
    assert (tmp_path / CHECKPOINT).read_bytes() == good
    assert saved_step(tmp_path) == 4


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
    with pytest.raises(TrainingError, match=r"tiny\.safetensors does not fit this recipe's network"):
        fit(wider, [], tmp_path / "second", init=first, device=CPU)
    assert not (tmp_path / "second").exists()


def test_init_with_another_architecture_is_refused(
    tiny: MakeRecipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = fit(tiny(("steps = 4", "steps = 1")), [], tmp_path / "first", device=CPU)
    monkeypatch.setitem(ARCHITECTURES, "other", ARCHITECTURES["live"])
    other = tiny(('architecture = "live"', 'architecture = "other"'))
    with pytest.raises(TrainingError, match="holds a live network, the recipe needs other"):
        fit(other, [], tmp_path / "second", init=first, device=CPU)


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


def test_a_finished_run_can_be_resumed_to_more_steps_and_to_none(tiny: MakeRecipe, tmp_path: Path) -> None:
    checkpoint = fit(tiny(), [], tmp_path, device=CPU)
    done = content(checkpoint)
    fit(tiny(), [], tmp_path, resume=True, device=CPU)
    assert content(checkpoint) == done
    fit(tiny(("steps = 4", "steps = 6")), [], tmp_path, resume=True, device=CPU)
    assert read_info(checkpoint).steps == 6


def test_a_size_the_networks_cannot_take_is_refused(tiny: MakeRecipe, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="multiple of 32, not 40"):
        fit(tiny(("size = 32", "size = 40")), [], tmp_path / "run", device=CPU)
    assert not (tmp_path / "run").exists()


def test_an_out_that_cannot_be_a_folder_is_refused(tiny: MakeRecipe, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(TrainingError, match="cannot be written to"):
        fit(tiny(), [], tmp_path / "file" / "run", device=CPU)
