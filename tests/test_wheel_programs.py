"""The wheel, installed as `pip install .` installs it: both programs work from it in an empty folder."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import numpy as np
import pytest

from installers.wheel import build_wheel
from linepaint import __version__
from linepaint.files.pictures import read_picture, write_picture

TINY = """
name = "tiny"
mode = "lineart"
architecture = "live"

[data]
procedural = 1
drawings = 2

[[stages]]
steps = 2
size = 64
batch = 2
learning_rate = 6e-4
loss = { l1 = 1.0 }
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the folders of an environment have other names on Windows")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel in it, which borrows the wheel's dependencies from this one."""
    folder = tmp_path_factory.mktemp("environment")
    wheel = build_wheel(tmp_path_factory.mktemp("wheel") / "built")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", folder / "bin" / "python", "install"]
    subprocess.run([*pip, "--quiet", "--no-deps", "--no-index", wheel], check=True)
    # Only now, and by a plain path: what is said there of linepaint's checkout, by files of its own, is not read then.
    (site_packages(folder) / "borrowed.pth").write_text(sysconfig.get_path("platlib") + "\n")
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return tmp_path


def site_packages(environment: Path) -> Path:
    (folder,) = environment.glob("lib/python3.*/site-packages")
    return folder


def run(environment: Path, folder: Path, program: str, *arguments: str | Path) -> str:
    """What a program of the environment prints, run from a folder; it must end well and complain of nothing."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    command = [environment / "bin" / program, *arguments]
    settings = {**variables, "HOME": str(folder), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    return done.stdout


def test_nothing_but_linepaint_lands_in_site_packages(environment: Path) -> None:
    names = {path.name for path in site_packages(environment).iterdir()} - {"borrowed.pth"}
    assert names == {"linepaint", f"linepaint-{__version__}.dist-info"}
    rooms = {path.name for path in (site_packages(environment) / "linepaint").iterdir()}
    assert {"trainer", "resources", "ui", "engine"} <= rooms
    assert not {"installers", "tests", "scripts", "docs"} & rooms
    assert {path.name for path in (environment / "bin").glob("linepaint*")} == {"linepaint", "linepaint-train"}


def test_it_is_the_wheel_that_runs(environment: Path, empty: Path) -> None:
    code = "import linepaint, linepaint.trainer, linepaint.resources as r; print(linepaint.__file__, r.__file__)"
    for path in run(environment, empty, "python", "-c", code).split():
        assert Path(path).is_relative_to(site_packages(environment))


def test_the_application_tests_itself(environment: Path, empty: Path) -> None:
    assert run(environment, empty, "linepaint", "--version") == f"linepaint {__version__}\n"
    assert "reopened unchanged" in run(environment, empty, "linepaint", "--self-test")


def test_a_drawing_is_coloured(environment: Path, empty: Path) -> None:
    y, x = np.mgrid[:96, :128]
    ring = np.abs(np.hypot(y - 48, x - 64) - 30) < 2
    hints = np.zeros((96, 128, 4), np.uint8)
    hints[44:52, 60:68] = (220, 30, 40, 255)
    write_picture(empty / "ring.png", np.where(ring, 0, 255).astype(np.uint8))
    write_picture(empty / "hints.png", hints)
    run(environment, empty, "linepaint", "colorize", "ring.png", "--hints", "hints.png", "-o", "out.png")
    assert read_picture(empty / "out.png")[48, 64, :3].tolist() == [220, 30, 40]


def test_the_trainer_trains_what_the_application_loads(environment: Path, empty: Path) -> None:
    assert run(environment, empty, "linepaint-train", "--version") == f"linepaint-train {__version__}\n"
    assert "\nlive " in "\n" + run(environment, empty, "linepaint-train", "recipes")
    (empty / "tiny.toml").write_text(TINY)
    made = run(environment, empty, "linepaint-train", "fit", "tiny.toml", "--out", "run").strip()
    assert made == "run/tiny.safetensors"
    write_picture(empty / "paper.png", np.full((64, 64), 255, np.uint8))
    run(environment, empty, "linepaint", "colorize", "paper.png", "-o", "out.png", "--checkpoint", made)
    assert read_picture(empty / "out.png").shape[:2] == (64, 64)
