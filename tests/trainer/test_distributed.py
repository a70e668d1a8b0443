"""Several processes train like one, and none of them waits for another that is gone."""

import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from linepaint.trainer import losses
from linepaint.trainer.distributed import ANOTHER_STOPPED, World
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.fit import fit
from linepaint.trainer.loop import Loop
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.state import STATE_NAME, TrainingState
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

CPU = torch.device("cpu")
MakeText = Callable[..., str]
MakeRecipe = Callable[..., Recipe]

PICTURES = ("procedural = 1.0", "procedural = 0.0")
BATCH_OF_FOUR = ("batch = 2", "batch = 4")
GAN = ("warmup = 1", "warmup = 1\nloss = { l1 = 1.0, feature = 0.3, adversarial = 0.1 }")
NO_BUFFER = ("buffer = 3", "buffer = 0")
SMALL_CRITIC = ("[data]", "[critic]\nchannels = 4\nreceptive_field = 16\n\n[data]")


def run_processes(count: int, job: Callable[[int], object], told: Path, seconds: float = 60) -> list[str]:
    """Run a job in several processes that train together; what each was refused with, "" for nothing.

    Forked, because each import of torch takes seconds; what torchrun does besides is to set these variables.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def process(rank: int) -> None:
        os.environ |= {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": str(count)}
        os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "TORCHELASTIC_RUN_ID": "test"}
        torch.set_num_threads(1)
        try:
            job(rank)
            message = ""
        except TrainingError as error:
            message = str(error)
        (told / f"{rank}.told").write_text(message, "utf-8")

    fork = multiprocessing.get_context("fork")
    children = [fork.Process(target=process, args=(rank,)) for rank in range(count)]
    for child in children:
        child.start()
    deadline = time.monotonic() + seconds
    for child in children:
        child.join(max(0.1, deadline - time.monotonic()))
    waiting = [child for child in children if child.is_alive()]
    for child in waiting:
        child.kill()
    assert not waiting, f"{len(waiting)} of {count} processes wait for ever"
    files = [told / f"{rank}.told" for rank in range(count)]
    return [file.read_text("utf-8") if file.exists() else "dead" for file in files]


def curves(run: Path) -> dict[str, list[float]]:
    """All losses that a run logged, by name, from its only log."""
    (log,) = (run / "logs").iterdir()
    events = EventAccumulator(str(log)).Reload()
    names = [name for name in events.Tags()["scalars"] if name != "train/images_per_second"]
    return {name: [event.value for event in events.Scalars(name)] for name in names}


def saved_step(run: Path) -> int:
    path = run / STATE_NAME
    return int(torch.load(path, weights_only=True)["step"]) if path.exists() else 0


def facts(run: Path) -> dict[str, object]:
    return dict(json.loads((run / "run.json").read_text("utf-8")))


@pytest.mark.parametrize("of", ["tiny", "tiny-scan"])
def test_two_and_four_processes_give_the_loss_curves_of_one(
    tiny: MakeRecipe, picture_folder: Path, tmp_path: Path, of: str
) -> None:
    """At the same global batch, within one per cent, the terms of the critics included."""
    changes = (GAN, SMALL_CRITIC) if of == "tiny" else (NO_BUFFER,)
    recipe = tiny(PICTURES, BATCH_OF_FOUR, *changes, of=of)
    fit(recipe, [picture_folder], tmp_path / "1", device=CPU)
    alone = curves(tmp_path / "1")
    assert {"train/critic", "train/adversarial"} <= set(alone)
    for count in (2, 4):
        run = tmp_path / str(count)
        told = run_processes(count, lambda _, run=run: fit(recipe, [picture_folder], run, device=CPU), tmp_path)
        assert told == [""] * count
        assert facts(run)["processes"] == count
        assert curves(run).keys() == alone.keys()
        for term, values in curves(run).items():
            np.testing.assert_allclose(values, alone[term], rtol=0.01, atol=1e-4, err_msg=f"{term}, {count} processes")


def test_all_processes_begin_and_end_with_the_leaders_weights_and_only_it_writes(
    tiny: MakeRecipe, picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train, save = Loop.train, TrainingState.save
    writers = tmp_path / "writers"
    writers.mkdir()

    def weights(state: TrainingState) -> torch.Tensor:
        return torch.cat([p.flatten() for network in state.networks.values() for p in network.parameters()])

    def recorded(loop: Loop, until: int) -> None:
        ends = [weights(loop.state).detach().clone()]
        train(loop, until)
        torch.save([*ends, weights(loop.state).detach()], tmp_path / f"weights_{loop.world.rank}.pt")

    def saved(state: TrainingState, run: Path, decides: dict[str, Any]) -> None:
        (writers / os.environ["RANK"]).touch()
        save(state, run, decides)

    monkeypatch.setattr(Loop, "train", recorded)
    monkeypatch.setattr(TrainingState, "save", saved)
    # Another seed in each process would give other weights, if they were not the leader's.
    recipes = [tiny(PICTURES, ("seed = 3", f"seed = {seed}")) for seed in (3, 4)]
    run = tmp_path / "run"
    told = run_processes(2, lambda rank: fit(recipes[rank], [picture_folder], run, device=CPU), tmp_path)
    assert told == ["", ""]
    (begun, ended), (begun_too, ended_too) = (torch.load(tmp_path / f"weights_{rank}.pt") for rank in (0, 1))
    assert torch.equal(begun, begun_too)
    assert torch.equal(ended, ended_too)
    assert not torch.equal(begun, ended)
    assert [path.name for path in writers.iterdir()] == ["0"]


def test_a_batch_that_does_not_divide_is_refused_by_all(tiny: MakeRecipe, tmp_path: Path) -> None:
    told = run_processes(3, lambda _: fit(tiny(), [], tmp_path / "run", device=CPU), tmp_path)
    assert told == ["A batch of 2 cannot be shared by 3 processes; change one of them."] * 3
    assert not (tmp_path / "run").exists()


def test_what_one_process_lacks_stops_the_others_too(tiny: MakeRecipe, picture_folder: Path, tmp_path: Path) -> None:
    folders = [picture_folder, tmp_path / "on the other machine only"]
    told = run_processes(2, lambda rank: fit(tiny(PICTURES), [folders[rank]], tmp_path / "run", device=CPU), tmp_path)
    assert told[0] == ANOTHER_STOPPED
    assert "on the other machine only is not there" in told[1]


def test_a_loss_that_is_no_number_in_one_process_stops_all_at_the_same_step(
    tiny: MakeRecipe, picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    l1, calls = losses.l1, iter(range(100))

    def failing(made: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        bad = next(calls) == 2 and os.environ["RANK"] == "1"
        return l1(made, target) * (torch.inf if bad else 1)

    monkeypatch.setattr(losses, "l1", failing)
    told = run_processes(2, lambda _: fit(tiny(PICTURES), [picture_folder], tmp_path / "run", device=CPU), tmp_path)
    assert told[0] == told[1]
    assert "diverged at step 2" in told[0]
    assert saved_step(tmp_path / "run") == 2


def test_a_process_that_dies_is_not_waited_for(
    tiny: MakeRecipe, picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    average = World.average_gradients

    def dying(world: World, parameters: Any) -> None:
        if world.rank == 1 and (tmp_path / "run" / STATE_NAME).exists():
            os.kill(os.getpid(), signal.SIGKILL)
        average(world, parameters)

    monkeypatch.setattr(World, "average_gradients", dying)
    told = run_processes(2, lambda _: fit(tiny(PICTURES), [picture_folder], tmp_path / "run", device=CPU), tmp_path)
    assert told == [ANOTHER_STOPPED, "dead"]
    assert saved_step(tmp_path / "run") == 2


def test_a_full_disk_stops_all_and_keeps_what_was_saved(
    tiny: MakeRecipe, picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = TrainingState.save

    def full(state: TrainingState, run: Path, decides: dict[str, Any]) -> None:
        if state.step == 4:
            raise OSError(28, "No space left on device")
        save(state, run, decides)

    monkeypatch.setattr(TrainingState, "save", full)
    told = run_processes(2, lambda _: fit(tiny(PICTURES), [picture_folder], tmp_path / "run", device=CPU), tmp_path)
    assert "No space left on device" in told[0]
    assert told[1] == ANOTHER_STOPPED
    assert saved_step(tmp_path / "run") == 2


@pytest.mark.parametrize("asked", [0, 1])
def test_asking_one_process_to_stop_stops_and_saves_the_run(
    tiny: MakeRecipe, picture_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: int
) -> None:
    average = World.average_gradients

    def interrupted(world: World, parameters: Any) -> None:
        average(world, parameters)
        if world.rank == asked and not (tmp_path / "asked").exists():
            (tmp_path / "asked").touch()
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(World, "average_gradients", interrupted)
    told = run_processes(2, lambda _: fit(tiny(PICTURES), [picture_folder], tmp_path / "run", device=CPU), tmp_path)
    assert told == ["", ""]
    assert saved_step(tmp_path / "run") == 1


def test_a_run_goes_on_with_another_number_of_processes(tiny: MakeRecipe, picture_folder: Path, tmp_path: Path) -> None:
    recipe, halved, straight = tiny(PICTURES), tmp_path / "halved", tmp_path / "straight"
    fit(recipe, [picture_folder], straight, device=CPU)
    fit(recipe, [picture_folder], halved, device=CPU, until=2)
    assert saved_step(halved) == 2
    told = run_processes(2, lambda _: fit(recipe, [picture_folder], halved, device=CPU, resume=True), tmp_path)
    assert told == ["", ""]
    ends = [torch.load(run / STATE_NAME, weights_only=True)["generator"] for run in (halved, straight)]
    for key, value in ends[0].items():
        np.testing.assert_allclose(value, ends[1][key], rtol=0.01, atol=1e-4)


def test_processes_that_do_not_share_the_runs_folder_are_refused(
    tiny: MakeRecipe, picture_folder: Path, tmp_path: Path
) -> None:
    runs = [tmp_path / "here", tmp_path / "there"]
    for run, until in zip(runs, (2, 1), strict=True):
        fit(tiny(PICTURES), [picture_folder], run, device=CPU, until=until)
    told = run_processes(
        2, lambda rank: fit(tiny(PICTURES), [picture_folder], runs[rank], device=CPU, resume=True), tmp_path
    )
    assert all("put --out on a disk that all machines share" in message for message in told)


def test_a_worker_killed_under_torchrun_is_started_anew_and_the_run_finishes(
    tiny_text: MakeText, picture_folder: Path, tmp_path: Path
) -> None:
    """And so is the other, and both go on from what was saved; a second torchrun is refused the same folder."""
    recipe, run, steps = tmp_path / "tiny.toml", tmp_path / "run", 24
    recipe.write_text(tiny_text(PICTURES, ("steps = 4", f"steps = {steps}")), "utf-8")
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command += ["--max-restarts", "2", "-m", "linepaint.trainer.cli", "fit", str(recipe)]
    command += ["--data", str(picture_folder), "--out", str(run), "--device", "cpu"]
    with (tmp_path / "log").open("w") as log:
        torchrun = subprocess.Popen(
            command, env=os.environ | {"OMP_NUM_THREADS": "1"}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            wait_until(lambda: (run / STATE_NAME).exists() or torchrun.poll() is not None)
            assert torchrun.poll() is None, (tmp_path / "log").read_text()
            os.kill(children_of(torchrun.pid)[-1], signal.SIGKILL)
            killed_at = saved_step(run)
            status = torchrun.wait(200)
        finally:
            if torchrun.poll() is None:
                torchrun.terminate()
                torchrun.wait(40)
    told = (tmp_path / "log").read_text()
    assert status == 0, told
    assert 0 < killed_at < steps
    assert facts(run)["steps"] == saved_step(run) == steps
    logs = sorted((run / "logs").iterdir())
    assert len(logs) == 2, "it was started anew once"
    resumed_at = EventAccumulator(str(logs[1])).Reload().Scalars("train/total")[0].step
    assert killed_at < resumed_at <= steps, "from what was saved, not from the beginning"


def wait_until(ready: Callable[[], bool], seconds: float = 200) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def children_of(process: int) -> list[int]:
    """The processes that one has started, oldest first."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in listed.split()]
