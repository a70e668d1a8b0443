"""`linepaint-train`: every job, each a tiny one, with processes of its own where it has them."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from linepaint.trainer.drawings import draw
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.recipe_file import load_recipe, shipped_recipes
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from linepaint.files.pictures import read_picture, write_picture
from tests.bundle.artists_machine import Artist
from tests.bundle.watched import Watched, watch

ONE_THREAD = {"OMP_NUM_THREADS": "1"}
PICTURES = 7
SHAPE = 128, 160
WORKERS = 2
LOADER = "pt_data_worker"
"""What torch calls a process that loads."""
SPAWNED = "--multiprocessing-fork"
"""What a process is told that Python starts anew, and that PyInstaller must therefore know what to make of."""

TINY = f"""# A recipe for tests.
name = "tiny"
mode = "lineart"
architecture = "live"
log_every = 1

[data]
procedural = 0
workers = {WORKERS}

[[stages]]
steps = 2
size = 64
batch = 2
learning_rate = 6e-4
"""

RECIPES = (
    "live",
    "scribbler-gray",
    "onepunch-wgan",
    "onepunch-scan",
    "pix2pix-128",
    "pix2pix-encoder-decoder",
    "scan",
)
"""Those that use, together, all that recipes can ask for."""

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def studio(bundle: Path) -> Iterator[Artist]:
    """Somebody with a few finished pictures: `art`, in colour, and `pairs/openclipart`, with the artist's own lines."""
    with tempfile.TemporaryDirectory(prefix="studio-") as folder:
        studio = Artist.in_folder(Path(folder).resolve())
        pairs = studio.folder / "pairs" / "openclipart"
        for place in (studio.folder / "art", pairs):
            place.mkdir(parents=True)
        for number in range(PICTURES):
            drawing = draw(number, SHAPE, "shapes")
            write_picture(studio.folder / "art" / f"{number}.png", drawing.color)
            write_picture(pairs / f"{number}.color.png", drawing.color)
            write_picture(pairs / f"{number}.line.png", drawing.lines)
        (studio.folder / "tiny.toml").write_text(TINY, "utf-8")
        yield studio
        assert studio.processes() == {}, "these outlived the program that started them"


def train(studio: Artist, bundle: Path, *arguments: str | Path) -> Watched:
    """Run a job that ends well and complains of nothing."""
    done = watch(studio, bundle / "linepaint-train", *arguments, **ONE_THREAD)
    assert (done.status, done.complaints) == (0, []), done.errors
    return done


@pytest.fixture(scope="module")
def fitted(studio: Artist, bundle: Path) -> Watched:
    """Two steps in the folder `run`."""
    return train(studio, bundle, "fit", "tiny.toml", "--data", "pairs", "--out", "run")


@pytest.fixture(scope="module")
def checkpoint(studio: Artist, fitted: Watched) -> Path:
    """What the two steps made."""
    return studio.folder / "run" / "tiny.safetensors"


def test_the_recipes_are_there(bundle: Path, artist: Artist) -> None:
    done = artist.run(bundle / "linepaint-train", "recipes")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(shipped_recipes())


def test_a_mistake_gives_one_plain_line(bundle: Path, artist: Artist) -> None:
    done = artist.run(bundle / "linepaint-train", "fit", "no-such-recipe", "--out", "run")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("linepaint-train: ") and "no-such-recipe" in done.stderr


def test_fit_loads_in_processes_of_its_own(fitted: Watched, checkpoint: Path) -> None:
    assert fitted.called(LOADER) == WORKERS, fitted.children
    assert fitted.out == "run/tiny.safetensors\n"
    assert checkpoint.is_file()


def test_fit_writes_what_tensorboard_reads(studio: Artist, fitted: Watched) -> None:
    log = EventAccumulator(str(studio.folder / "run" / "logs"))
    log.Reload()
    assert [event.step for event in log.Scalars("train/l1")] == [1, 2]
    assert log.Tags()["images"] == ["sheet"]


def test_the_application_colours_with_what_was_trained(studio: Artist, bundle: Path, checkpoint: Path) -> None:
    lines = studio.folder / "pairs" / "openclipart" / "0.line.png"
    done = studio.run(bundle / "linepaint", "colorize", lines, "-o", "made.png", "--checkpoint", checkpoint)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert read_picture(studio.folder / "made.png").shape[:2] == SHAPE


def test_fit_goes_on_where_it_was_stopped(studio: Artist, bundle: Path) -> None:
    long = TINY.replace("steps = 2", "steps = 3").replace("log_every = 1", "log_every = 1\nsave_every = 1")
    (studio.folder / "long.toml").write_text(long, "utf-8")
    fit = ("fit", "long.toml", "--data", "pairs", "--out", "long")
    whole = train(studio, bundle, *fit)
    assert re.findall(r"(\d)/3", whole.errors)[0] == "0"
    # As if it had been stopped before the last was noted: the state says what is done.
    again = train(studio, bundle, *fit, "--resume")
    assert set(re.findall(r"(\d)/3", again.errors)) == {"3"}, "it began anew"
    assert json.loads((studio.folder / "long" / "run.json").read_text("utf-8"))["steps"] == 3


def test_a_run_that_is_interrupted_is_saved(studio: Artist, bundle: Path) -> None:
    """Ctrl+C saves, and nothing is left running."""
    import signal
    import time

    (studio.folder / "endless.toml").write_text(TINY.replace("steps = 2", "steps = 100000"), "utf-8")
    fit = ("fit", "endless.toml", "--data", "pairs", "--out", "endless")
    process = studio.start(bundle / "linepaint-train", *fit, **ONE_THREAD)
    logs = studio.folder / "endless" / "logs"
    end = time.monotonic() + 120
    while not steps_logged(logs) and process.poll() is None and time.monotonic() < end:
        time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    (stopped,) = re.findall(r"Stopped and saved at step (\d+); go on with --resume\.", errors)
    assert json.loads((studio.folder / "endless" / "run.json").read_text("utf-8"))["steps"] == int(stopped) > 0


def steps_logged(logs: Path) -> bool:
    """Whether a run has logged a step."""
    if not any(logs.glob("events.*")):
        return False
    log = EventAccumulator(str(logs))
    log.Reload()
    return "train/l1" in log.Tags()["scalars"]


def test_prepare_works_in_processes_of_its_own(studio: Artist, bundle: Path) -> None:
    done = train(studio, bundle, "prepare", "art", "--out", "prepared", "--workers", str(WORKERS))
    assert done.told(SPAWNED) == WORKERS, done.children
    assert "kept" in done.out
    made = {path.name for path in (studio.folder / "prepared").glob("*.line.webp")}
    assert made == {f"{number}.line.webp" for number in range(PICTURES)}


def test_prepare_traces_lines_with_the_checkpoint_that_is_shipped(studio: Artist, bundle: Path) -> None:
    train(studio, bundle, "prepare", "art", "--out", "traced", "--workers", "1", "--lines", "scan", "--shards")
    assert len(list((studio.folder / "traced").rglob("*.line.webp"))) == PICTURES
    assert list((studio.folder / "traced").rglob("*.tar"))
    train(studio, bundle, "fit", "tiny.toml", "--data", *(studio.folder / "traced").rglob("*.tar"), "--out", "streamed")


def test_evaluate_measures_what_the_checkouts_does(studio: Artist, bundle: Path, checkpoint: Path) -> None:
    asked = ("evaluate", checkpoint, "--data", "pairs", "--limit", "1", "--hints", "0,4", "--size", "64")
    asked = (*asked, "--baseline", "all", "--protocol", "all", "--out")
    train(studio, bundle, *asked, "figures")
    done = studio.run(Path(sys.executable), "-m", "linepaint.trainer.cli", *asked, "wanted", **ONE_THREAD)
    assert done.returncode == 0, done.stderr
    for name in ("evaluation", "hint-auc", "line-styles", "colourfulness"):
        figures, wanted = (read_figures(studio.folder / folder / f"{name}.json") for folder in ("figures", "wanted"))
        assert figures == wanted, name
    assert read_picture(studio.folder / "figures" / "evaluation.png").std() > 10, "the plot is empty"


def read_figures(path: Path) -> Any:
    """What an evaluation wrote, but for the time that it took."""
    return without_times(json.loads(path.read_text("utf-8")))


def without_times(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_times(part) for name, part in value.items() if "seconds" not in name and name != "date"}
    return [without_times(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("mode", ["grayscale", "scan"])
def test_evaluate_has_the_baselines_of_the_other_tasks(mode: str, studio: Artist, bundle: Path) -> None:
    asked = ("evaluate", mode, "--mode", mode, "--baseline", "all", "--data", "pairs", "--limit", "1", "--size", "64")
    hints = () if mode == "scan" else ("--hints", "4")
    done = train(studio, bundle, *asked, *hints)
    assert mode in done.out and "|" in done.out


def test_sheet_makes_a_picture(studio: Artist, bundle: Path, checkpoint: Path) -> None:
    asked = ("--data", "pairs", "--limit", "1", "--hints", "0,4", "--size", "64", "--cell", "64", "--out", "sheet.webp")
    train(studio, bundle, "sheet", checkpoint, *asked)
    assert read_picture(studio.folder / "sheet.webp").std() > 10


def test_export_writes_a_checkpoint_with_its_card(studio: Artist, bundle: Path, checkpoint: Path) -> None:
    train(studio, bundle, "export", "run", "-o", "shipped.safetensors")
    assert 0 < (studio.folder / "shipped.safetensors").stat().st_size <= checkpoint.stat().st_size
    assert "tiny" in (studio.folder / "shipped.md").read_text("utf-8")


def test_finetune_learns_from_a_folder_of_art(studio: Artist, bundle: Path) -> None:
    asked = ("finetune", "--art", "art", "--minutes", "0.000001", "--out", "mine")
    done = studio.run(bundle / "linepaint-train", *asked, timeout=240, **ONE_THREAD)
    # After so little it may be worse than before, and then it says so and writes no checkpoint.
    assert done.returncode in (0, 2) and "Traceback" not in done.stderr, done.stderr
    assert (studio.folder / "mine" / "art-style.safetensors").is_file() == (done.returncode == 0)
    assert (studio.folder / "mine" / "before-after.png").is_file()


def test_ablate_makes_its_tables(studio: Artist, bundle: Path) -> None:
    small = ("--limit", "1", "--steps", "1", "--size", "96", "--batch", "1", "--channels", "4", "--levels", "3")
    done = train(studio, bundle, "ablate", "--data", "pairs", "--test", "pairs", *small, "--out", "ablation")
    assert "L1+cGAN" in done.out.replace(" ", "") or "|" in done.out
    assert list((studio.folder / "ablation").glob("*.md"))


def parts(recipe: Recipe) -> set[str]:
    """What a recipe asks of the program."""
    losses = {name for stage in recipe.stages for moment in (0.0, 1.0) for name in stage.loss.at(moment)}
    critic = {f"critic {recipe.critic.loss}"} if recipe.needs_critic else set()
    return losses | critic | {str(recipe.mode), recipe.architecture, recipe.step, recipe.features}


def test_the_recipes_that_are_tried_stand_for_all() -> None:
    tried = set().union(*(parts(load_recipe(name)) for name in RECIPES))
    assert set().union(*(parts(load_recipe(name)) for name in shipped_recipes())) == tried


def in_small(recipe: Recipe) -> str:
    """The recipe's text with one step in each stage, of one or two small pictures."""
    side = 128 if recipe.architecture in ("unet", "encoder-decoder") else 64
    text = re.sub(r"(?m)^steps = .*", "steps = 1", recipe.text)
    text = re.sub(r"(?m)^size = .*", f"size = {side}", text)
    text = re.sub(r"(?m)^batch = .*", "batch = 2", text)
    text = re.sub(r"(?m)^accumulate = .*\n", "", text)
    return re.sub(r"(?m)^procedural = .*", "procedural = 0", text)


@pytest.mark.parametrize("name", RECIPES)
def test_a_shipped_recipe_trains(name: str, studio: Artist, bundle: Path) -> None:
    recipe = load_recipe(name)
    (studio.folder / f"{name}.toml").write_text(in_small(recipe), "utf-8")
    train(studio, bundle, "fit", f"{name}.toml", "--data", "pairs", "--out", f"run-{name}")
    assert (studio.folder / f"run-{name}" / f"{name}.safetensors").is_file()
