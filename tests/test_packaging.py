"""The wheel: it holds all that the program needs and nothing else, and it works apart from the checkout."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = {"linepaint": "linepaint", "trainer": "linepaint.trainer", "resources": "linepaint.resources"}
"""Folders of the checkout, and the packages they are installed as."""

RUN_FROM_WHEEL = """
import sys
from pathlib import Path
import linepaint
from linepaint.engine.catalog import shipped_checkpoints
from linepaint.trainer.recipe_file import load_recipe, shipped_recipes
from linepaint.ui.samples import sample_paths
assert Path(linepaint.__file__).is_relative_to(sys.argv[1]), linepaint.__file__
for found in ([info.name for info in shipped_checkpoints()], shipped_recipes(), [p.stem for p in sample_paths()]):
    print(*found)
for name in shipped_recipes():
    load_recipe(name)
"""


def test_every_package_is_listed() -> None:
    # The list is kept by hand, because setuptools cannot find packages whose folders have other names.
    found = set()
    for folder, package in FOLDERS.items():
        for path in (ROOT / folder).rglob("*.py"):
            found.add(".".join((package, *path.parent.relative_to(ROOT / folder).parts)))
    assert set(SETTINGS["tool"]["setuptools"]["packages"]) == found


def test_every_dependency_is_pinned() -> None:
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {line.partition("==")[0].lower().replace("_", "-") for line in constraints}
    project = SETTINGS["project"]
    wanted = [*SETTINGS["build-system"]["requires"], *project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=!~ ;\[]", wish)[0].lower().replace("_", "-") for wish in wanted}
    assert names - pins == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources: setuptools leaves its own files beside what it builds."""
    folder = tmp_path_factory.mktemp("wheel")
    sources = folder / "sources"
    for name in FOLDERS:
        shutil.copytree(ROOT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, sources)
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    built = subprocess.run(
        [*pip, "--wheel-dir", str(folder), str(sources)], capture_output=True, text=True, timeout=120
    )
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_owns_one_import_name(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"linepaint"}


def test_the_wheel_holds_every_module(names: set[str]) -> None:
    missing = [
        path
        for folder, package in FOLDERS.items()
        for path in (ROOT / folder).rglob("*.py")
        if f"{package.replace('.', '/')}/{path.relative_to(ROOT / folder).as_posix()}" not in names
    ]
    assert missing == []


def test_the_wheel_holds_every_resource(names: set[str]) -> None:
    wanted = {
        f"linepaint/resources/{path.relative_to(ROOT / 'resources').as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    wanted |= {f"linepaint/trainer/recipes/{path.name}" for path in (ROOT / "trainer" / "recipes").glob("*.toml")}
    assert wanted - names == set()
    for kind in ("/samples/girl-with-flowers.ora", "/icons/linepaint.svg", "/checkpoints/live.safetensors"):
        assert any(name.endswith(kind) for name in names), kind


def test_every_checkpoint_comes_with_its_model_card(names: set[str]) -> None:
    checkpoints = [name for name in names if name.endswith(".safetensors")]
    assert checkpoints
    assert {name.replace(".safetensors", ".md") for name in checkpoints} - names == set()


def test_the_wheel_works_apart_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    child = subprocess.run(
        [sys.executable, "-c", RUN_FROM_WHEEL, str(tmp_path)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert child.returncode == 0, child.stderr
    checkpoints, recipes, samples = child.stdout.splitlines()
    assert "live" in checkpoints.split()
    assert "live" in recipes.split()
    assert "girl-with-flowers" in samples.split()
