"""The environment that a bundle is frozen from: the pinned packages that the programs need, and PyInstaller.

It is kept outside the checkout and named after all that went into it, so that every build, and every checkout, uses it
again until a pin changes. linepaint itself is not in it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import sysconfig
import tempfile
import tomllib
from pathlib import Path

from filelock import FileLock

from .commands import run
from .errors import BuildError
from .places import ROOT, cache
from .variant import Variant, variants

CONSTRAINTS = ROOT / "constraints.txt"
FREEZERS = ("pyinstaller", "pyinstaller-hooks-contrib")
INSTEAD = {"opencv-python": "opencv-python-headless"}
"""The same cv2, without the second Qt that opencv-python brings."""

_FINISHED = "finished"


def pins() -> dict[str, str]:
    """The versions that constraints.txt pins, by name."""
    lines = (line.partition("#")[0].strip() for line in CONSTRAINTS.read_text("utf-8").splitlines())
    return dict(line.split("==") for line in lines if line)


def requirements(variant: Variant) -> list[str]:
    """What pip is asked to install, sorted."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[<>=!~ ;\[]", wish)[0] for wish in project["dependencies"]]
    pinned = {name.lower().replace("_", "-"): version for name, version in pins().items()}
    wanted = [*(INSTEAD.get(name, name) for name in names), *FREEZERS]
    exact = [f"{name}=={pinned[name.lower().replace('_', '-')]}" for name in wanted if name != "torch"]
    return sorted([*exact, variant.torch])


def provide_environment(variant: Variant) -> Path:
    """The folder of the environment for this variant, made now if there is none yet. Raises BuildError."""
    wanted = requirements(variant)
    recipe = "\n".join([*wanted, CONSTRAINTS.read_text("utf-8"), sys.version, sysconfig.get_platform()])
    folder = cache() / f"{variant.name}-{hashlib.sha256(recipe.encode()).hexdigest()[:16]}"
    cache().mkdir(parents=True, exist_ok=True)
    with FileLock(cache() / "lock"):
        if not (folder / _FINISHED).is_file():
            _forget_others(variant, folder)
            _make(folder, wanted)
            _check_torch(folder, variant)
            (folder / _FINISHED).write_text("\n".join(wanted) + "\n", "utf-8")
    return folder


def python_of(environment: Path) -> Path:
    """The Python of an environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def site_packages(environment: Path) -> Path:
    """Where an environment keeps its packages. Raises BuildError."""
    where = "import sysconfig; print(sysconfig.get_path('platlib'))"
    return Path(run([python_of(environment), "-c", where]).strip())


def torch_version() -> str:
    """The version of torch that is pinned."""
    return pins()["torch"]


def variant_named(name: str) -> Variant:
    """The variant of this name, with the pinned torch."""
    return variants(torch_version())[name]


def _make(folder: Path, wanted: list[str]) -> None:
    print(f"Making the environment to freeze from, {folder} …", flush=True)
    run([sys.executable, "-m", "venv", "--clear", folder])
    # The pins, without the ones that are replaced here: torch's variant, and OpenCV's.
    replaced = ("torch==", *(f"{name}==" for name in INSTEAD))
    kept = [line for line in CONSTRAINTS.read_text("utf-8").splitlines() if not line.startswith(replaced)]
    with tempfile.TemporaryDirectory() as scratch:
        constraints = Path(scratch) / "constraints.txt"
        constraints.write_text("\n".join(kept), "utf-8")
        pip = [python_of(folder), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        run([*pip, "--constraint", constraints, *wanted])


def _check_torch(folder: Path, variant: Variant) -> None:
    """That the torch which pip found is the variant's. Raises BuildError."""
    cuda = run([python_of(folder), "-c", "import torch; print(torch.version.cuda or '')"]).strip()
    if bool(cuda) == (variant.name == "cuda"):
        return
    shutil.rmtree(folder)
    if cuda:
        raise BuildError(
            "pip found a torch for CUDA where the variant cpu was asked for; name PyTorch's index of builds for "
            "processors in PIP_EXTRA_INDEX_URL (README.md, under Set-up), or build with LINEPAINT_VARIANT=cuda."
        )
    raise BuildError(
        f"pip found a torch without CUDA for {variant.torch}; name an index that has one in PIP_EXTRA_INDEX_URL."
    )


def _forget_others(variant: Variant, keep: Path) -> None:
    """Environments of other pins are gigabytes that nobody asks for again."""
    for folder in cache().glob(f"{variant.name}-*"):
        if folder != keep:
            shutil.rmtree(folder, ignore_errors=True)
