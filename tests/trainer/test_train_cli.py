"""`linepaint-train`: each mistake is one plain line and status 2, and leaves nothing behind."""

from collections.abc import Callable
from pathlib import Path

import pytest
from linepaint.trainer.cli import main
from linepaint.trainer.recipe_file import shipped_recipes

from linepaint import __version__
from linepaint.engine.catalog import read_info

MakeText = Callable[..., str]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def recipe(tiny_text: MakeText, tmp_path: Path) -> Path:
    path = tmp_path / "tiny.toml"
    path.write_text(tiny_text(), "utf-8")
    return path


def status_of(*arguments: str | Path) -> int:
    try:
        return main([str(a) for a in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def complaint(capsys: Capture, *arguments: str | Path) -> str:
    """The one line that a mistake is answered with."""
    assert status_of(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("\n") and len(err.splitlines()) == 1, err
    assert err.startswith("linepaint-train"), err
    return err


def test_the_recipes_are_listed_one_a_line_name_first(capsys: Capture) -> None:
    assert status_of("recipes") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == shipped_recipes()
    assert all(len(line.split()) > 3 for line in lines), "and what each is for"


def test_the_version_is_told(capsys: Capture) -> None:
    assert status_of("--version") == 0
    assert capsys.readouterr().out == f"linepaint-train {__version__}\n"


def test_fit_names_the_checkpoint_it_made(recipe: Path, tmp_path: Path, capsys: Capture) -> None:
    run = tmp_path / "run"
    assert status_of("fit", recipe, "--out", run, "--steps", "2", "--device", "cpu") == 0
    assert capsys.readouterr().out.strip() == str(run / "tiny.safetensors")
    assert read_info(run / "tiny.safetensors").steps == 2


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "required: JOB"),
        (("knit",), "invalid choice: 'knit'"),
        (("fit",), "required: RECIPE, --out"),
        (("fit", "RECIPE"), "required: --out"),
        (("fit", "RECIPE", "--out", "RUN", "--steps", "ten"), "invalid int value: 'ten'"),
        (("fit", "RECIPE", "--out", "RUN", "--speed", "9"), "unrecognized arguments: --speed 9"),
        (("fit", "RECIPE", "--out", "RUN", "--steps", "0"), "--steps must be at least 1"),
        (("fit", "mystery", "--out", "RUN"), "no recipe mystery"),
        (("fit", "gone.toml", "--out", "RUN"), "gone.toml cannot be read"),
        (("fit", "RECIPE", "--out", "RUN", "--data", "gone"), "gone is not there"),
        (("fit", "RECIPE", "--out", "RUN", "--data", "EMPTY"), "no pictures"),
        (("fit", "RECIPE", "--out", "RUN", "--data", "RECIPE"), "is not there; name a folder"),
        (("fit", "RECIPE", "--out", "RUN", "--device", "tpu"), "no device tpu"),
        (("fit", "RECIPE", "--out", "RUN", "--resume"), "nothing to resume"),
        (("fit", "RECIPE", "--out", "RUN", "--init", "gone.safetensors"), "gone.safetensors cannot be read"),
        (("fit", "RECIPE", "--out", "RUN", "--init", "RECIPE"), "not a safetensors file"),
    ],
)
def test_a_mistake_is_one_line(
    recipe: Path, tmp_path: Path, capsys: Capture, arguments: tuple[str, ...], reason: str
) -> None:
    (tmp_path / "empty").mkdir()
    places = {"RECIPE": recipe, "RUN": tmp_path / "run", "EMPTY": tmp_path / "empty"}
    assert reason in complaint(capsys, *(places.get(a, a) for a in arguments))
    assert not (tmp_path / "run").exists(), "nothing half-written"


def test_ctrl_c_outside_training_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, recipe: Path, tmp_path: Path, capsys: Capture
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("linepaint.trainer.fit.fit", interrupted)
    assert status_of("fit", recipe, "--out", tmp_path / "run") == 130
    assert capsys.readouterr().err == "linepaint-train: stopped.\n"
