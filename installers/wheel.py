"""The wheel that is frozen: PyInstaller cannot follow the finder of an editable checkout."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from .commands import run
from .places import ROOT

SOURCES = ("linepaint", "trainer", "resources")
PAPERS = ("pyproject.toml", "README.md", "LICENSE")


def build_wheel(folder: Path) -> Path:
    """Build the wheel of the checkout into `folder`; its path. Raises BuildError.

    From a copy of the sources, since setuptools leaves files of its own beside what it builds.
    """
    copy = folder / "sources"
    shutil.rmtree(folder, ignore_errors=True)
    for name in SOURCES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in PAPERS:
        shutil.copy(ROOT / name, copy)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, copy])
    (wheel,) = folder.glob("*.whl")
    return wheel


def unpack_wheel(wheel: Path, folder: Path) -> None:
    """Install a wheel into a folder of its own, without its dependencies. Raises BuildError."""
    shutil.rmtree(folder, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    run([*pip, "--no-deps", "--no-index", "--no-compile", "--target", folder, wheel])
