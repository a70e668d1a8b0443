"""Other programs that the build runs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .errors import BuildError


def run(command: Sequence[object], *, cwd: Path | None = None, environment: Mapping[str, str] | None = None) -> str:
    """Run a command to its end; what it printed on stdout. Raises BuildError, with what it said, if it fails."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=cwd,
        env={**inherited, **(environment or {})},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise BuildError(f"{Path(words[0]).name} failed with status {done.returncode}:\n{said[-4000:]}")
    return done.stdout


def need(program: str, package: str) -> str:
    """The path of a program that the build cannot do without. Raises BuildError, which names its Debian package."""
    path = shutil.which(program)
    if path is None:
        raise BuildError(f"The build needs {program}; install it (on Debian: sudo apt-get install -y {package}).")
    return path
