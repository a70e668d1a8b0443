"""Stopping a run in any way, asked or not, loses nothing that was saved; and it goes on bit for bit."""

import errno
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from linepaint.trainer import loop, losses
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.fit import fit
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.recipe_file import load_recipe
from linepaint.trainer.state import STATE_NAME

from linepaint.engine.catalog import read_info
from linepaint.engine.checkpoint import load_network

CPU = torch.device("cpu")
CHECKPOINT = "tiny.safetensors"
KEPT = (CHECKPOINT, STATE_NAME)
MakeText = Callable[..., str]
MakeRecipe = Callable[..., Recipe]

pytestmark = pytest.mark.usefixtures("cheap_drawings")


def saved_step(run: Path) -> int:
    return int(torch.load(run / STATE_NAME, weights_only=True)["step"])


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


def wait_for_state(child: subprocess.Popen[str], run: Path, seconds: float = 200) -> None:
    deadline = time.monotonic() + seconds
    while not (run / STATE_NAME).exists():
        assert child.poll() is None, child.communicate()[1]
        assert time.monotonic() < deadline, "no state was saved"
        time.sleep(0.005)


@pytest.mark.parametrize("of", ["tiny-pix2pix", "tiny-scan"])
def test_killed_and_resumed_it_ends_with_the_same_weights(
    tiny_text: MakeText, picture_folder: Path, tmp_path: Path, of: str
) -> None:
    """With dropout noise and a critic; with two critics and their memories."""
    recipe, killed = tmp_path / "recipe.toml", tmp_path / "killed"
    recipe.write_text(tiny_text(("steps = 4", "steps = 30"), ("procedural = 1.0", "procedural = 0.0"), of=of), "utf-8")
    child = run_child(recipe, killed, "--data", str(picture_folder))
    wait_for_state(child, killed)
    child.kill()
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    assert 0 < saved_step(killed) < 30
    resumed = fit(load_recipe(str(recipe)), [picture_folder], killed, resume=True, device=CPU)
    straight = fit(load_recipe(str(recipe)), [picture_folder], tmp_path / "straight", device=CPU)
    assert read_info(resumed).steps == 30
    ends = [torch.load(path.parent / STATE_NAME, weights_only=True) for path in (resumed, straight)]
    for name in ends[1].keys() - {"seconds"}:
        assert identical(ends[0][name], ends[1][name]), name


def identical(first: Any, second: Any) -> bool:
    """Bit for bit, whatever they are made of."""
    if isinstance(first, torch.Tensor):
        return torch.equal(first, second)
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(identical(first[key], second[key]) for key in first)
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(identical(a, b) for a, b in zip(first, second, strict=True))
    return bool(first == second)


def test_ctrl_c_finishes_the_step_saves_and_says_how_to_go_on(tiny_text: MakeText, tmp_path: Path) -> None:
    """In a terminal the loader processes get the signal too."""
    recipe, run = tmp_path / "tiny.toml", tmp_path / "run"
    recipe.write_text(tiny_text(("steps = 4", "steps = 100000"), ("workers = 0", "workers = 1")), "utf-8")
    child = run_child(recipe, run)
    wait_for_state(child, run)
    os.killpg(child.pid, signal.SIGINT)
    _, told = child.communicate(timeout=100)
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
    train_step = loop.train_step

    def stopped_at_the_third(state: Any, *rest: Any) -> dict[str, float]:
        if state.step == 2:
            signal.raise_signal(number)
        return train_step(state, *rest)

    monkeypatch.setattr(loop, "train_step", stopped_at_the_third)
    with caplog.at_level(logging.INFO):
        fit(tiny(), [], tmp_path, device=CPU)
    assert saved_step(tmp_path) == read_info(tmp_path / CHECKPOINT).steps == 3
    assert "Stopped and saved at step 3; go on with --resume." in caplog.messages
    assert signal.getsignal(number) is before, "afterwards Ctrl-C is Ctrl-C again"


def test_a_second_ctrl_c_insists(tiny: MakeRecipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped_twice(*_: object) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(loop, "train_step", stopped_twice)
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
        kept.extend((tmp_path / name).read_bytes() for name in KEPT)
        return l1(made, target) * torch.nan

    monkeypatch.setattr(losses, "l1", failing_at_the_fourth)
    with pytest.raises(TrainingError, match=r"diverged at step 3: the loss is nan\..*--init and a lower learning_rate"):
        fit(tiny(), [], tmp_path, device=CPU)
    assert [(tmp_path / name).read_bytes() for name in KEPT] == kept
    assert saved_step(tmp_path) == 2
    load_network(read_info(tmp_path / CHECKPOINT))


def test_weights_that_explode_are_not_saved_over_good_ones(
    tiny: MakeRecipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train_step = loop.train_step

    def exploding_at_the_third(state: Any, *rest: Any) -> dict[str, float]:
        if state.step == 2:
            with torch.no_grad():
                next(state.generator.parameters()).fill_(1e30)
        return train_step(state, *rest)

    monkeypatch.setattr(loop, "train_step", exploding_at_the_third)
    with pytest.raises(TrainingError, match="diverged"):
        fit(tiny(("save_every = 2", "save_every = 1")), [], tmp_path, device=CPU)
    assert saved_step(tmp_path) == read_info(tmp_path / CHECKPOINT).steps == 2
    load_network(read_info(tmp_path / CHECKPOINT))


@pytest.mark.parametrize("what", ["the state", "the checkpoint", "the facts", "the log"])
def test_a_full_disk_stops_the_run_with_a_plain_sentence_and_keeps_the_last_good_checkpoint(
    tiny: MakeRecipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    kept: list[bytes] = []

    def full(*_: object, **__: object) -> None:
        kept.extend((tmp_path / name).read_bytes() for name in KEPT)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    saves = loop.Loop._save
    where = {
        "the state": "linepaint.trainer.state.torch.save",
        "the checkpoint": "linepaint.trainer.loop.save_checkpoint",
        "the facts": "linepaint.trainer.loop.RunFacts.write",
        "the log": "torch.utils.tensorboard.SummaryWriter.add_scalar",
    }

    def filled_after_the_first(self: loop.Loop) -> None:
        saves(self)
        monkeypatch.setattr(where[what], full)

    monkeypatch.setattr(loop.Loop, "_save", filled_after_the_first)
    with pytest.raises(TrainingError, match=r"cannot be written to .No space left on device.; free some space"):
        fit(tiny(), [], tmp_path, device=CPU)
    if what in ("the state", "the log"):
        assert [(tmp_path / name).read_bytes() for name in KEPT] == kept
    assert read_info(tmp_path / CHECKPOINT).steps >= 2
    load_network(read_info(tmp_path / CHECKPOINT))
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob(".*.part"))
    monkeypatch.undo()
    resumed = fit(tiny(), [], tmp_path, resume=True, device=CPU)
    assert read_info(resumed).steps == 4, "with space again, it goes on"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_disk_that_is_really_full_says_so(tiny: MakeRecipe, tmp_path: Path) -> None:
    recipe = tiny()
    (tmp_path / "state.part").symlink_to("/dev/full")
    with pytest.raises(TrainingError, match="No space left on device"):
        fit(recipe, [], tmp_path, device=CPU)
