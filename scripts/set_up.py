"""Sets up what `make` needs: .venv with the pinned packages, and the libraries of the system that Qt loads.

    python3 scripts/set_up.py

Run by any Python from 3.11 on, with nothing installed. Does nothing when nothing changed since it last succeeded.
What it cannot do itself it says in one sentence, with the command to type.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import system_libraries

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
STAMP_NAME = "set-up"
INPUTS = ("pyproject.toml", "constraints.txt", "scripts/set_up.py", "scripts/system_libraries.py")
"""What decides, below the checkout, what is set up."""


class SetUpError(Exception):
    """Set-up cannot go on; the text says why and what to do, ready to be printed."""


def main() -> int:
    """Set up; the exit status."""
    try:
        set_up(ROOT)
    except SetUpError as error:
        print(f"\nmake: {error}", file=sys.stderr)
        return 1
    return 0


def set_up(root: Path) -> None:
    """Bring .venv below the checkout `root` up to date. Raises SetUpError."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetUpError(f"linepaint needs Python 3.11 or newer, not {sys.version.split()[0]}.")
    folder = root / ".venv"
    stamp, wanted = folder / STAMP_NAME, fingerprint(root)
    if stamp.is_file() and stamp.read_text("utf-8") == wanted and is_usable(folder):
        return
    stamp.unlink(missing_ok=True)
    make_environment(folder)
    install(root, folder)
    provide_libraries(site_packages(folder))
    stamp.write_text(wanted, "utf-8")


def fingerprint(root: Path) -> str:
    """A text that differs whenever set-up has something to do: for other inputs, another Python, another place."""
    digest = hashlib.sha256(f"{root}\n{sys.version_info[:2]}\n{sysconfig.get_platform()}".encode())
    for name in INPUTS:
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


# --- the environment -----------------------------------------------------------------------------


def make_environment(folder: Path) -> None:
    """Make the virtual environment, unless a usable one is there. Raises SetUpError."""
    if is_usable(folder):
        return
    if importlib.util.find_spec("ensurepip") is None:
        provide_ensurepip()
    print(f"Making {folder.name} with Python {sys.version.split()[0]} …", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=False).returncode:
        raise SetUpError(f"{folder} could not be made; the lines above say why.")


def is_usable(folder: Path) -> bool:
    """Whether an environment's Python starts, is new enough, has pip, and was made in this place."""
    test = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        # Programs name their Python by its full path, so those of a folder that was moved or copied start no more.
        is_at_home = str(folder) in program_of(folder, "pip").read_text("utf-8", errors="replace")
        starts = subprocess.run([python_of(folder), "-c", test], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
    return is_at_home and starts


def provide_ensurepip() -> None:
    """Debian keeps what `python -m venv` needs in a package of its own. Raises SetUpError where it cannot be had."""
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    prefix = system_libraries.apt_prefix()
    if prefix is not None:
        try:
            system_libraries.apt_install([package], prefix)
        except system_libraries.AptFailed:
            prefix = None
    if prefix is None:
        how = (
            f"type\n\n    {system_libraries.command_to_type([package])}\n\nand then make again."
            if system_libraries.has_apt()
            else f"install {package}, or whatever your system calls Python's venv and ensurepip, and make again."
        )
        raise SetUpError(f"This Python cannot make virtual environments, because ensurepip is missing; {how}")


def install(root: Path, folder: Path) -> None:
    """Install the pinned packages, and linepaint itself so that edits of the checkout count. Raises SetUpError."""
    print("Installing the packages that constraints.txt pins (torch is large; the first time takes minutes) …")
    sys.stdout.flush()
    # Building in the environment itself, for that one is pinned and pip's throw-away ones are not.
    for wanted in (["setuptools"], ["--no-build-isolation", "--editable", ".[dev]"]):
        pip = [python_of(folder), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        command = [*pip, "--constraint", "constraints.txt", *wanted]
        if subprocess.run(command, cwd=root, env=_without_user_packages(), check=False).returncode:
            raise SetUpError(
                "pip could not install the packages; the lines above say why. Is there a connection to a package "
                "index? README.md, under Set-up, says how to name another one."
            )


def python_of(folder: Path) -> str:
    """The Python of an environment."""
    return str(program_of(folder, "python"))


def program_of(folder: Path, name: str) -> Path:
    """A program of an environment."""
    return folder / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)


def site_packages(folder: Path) -> Path:
    """Where an environment keeps its packages."""
    command = [python_of(folder), "-c", "import sysconfig; print(sysconfig.get_path('platlib'))"]
    return Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())


def _without_user_packages() -> dict[str, str]:
    """The process environment, less what would let packages from outside .venv pass for installed."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


# --- the libraries of the system -------------------------------------------------------------------


def provide_libraries(packages: Path) -> None:
    """See that what the installed packages load is there. Raises SetUpError where it cannot be had."""
    lacking = system_libraries.missing(packages)
    if not lacking and system_libraries.can_test_windows():
        return
    prefix = system_libraries.apt_prefix()
    if prefix is not None:
        what = ", ".join(lacking) or "Xvfb, for the tests"
        print(f"Missing from this system: {what}. Installing with apt-get …", flush=True)
        try:
            system_libraries.apt_install(system_libraries.PACKAGES, prefix)
        except system_libraries.AptFailed:
            print("apt-get failed; the lines above say why.", file=sys.stderr)
        lacking = system_libraries.missing(packages)
    if lacking:
        raise SetUpError(_how_to_get(lacking))
    if not system_libraries.can_test_windows():
        print("Xvfb is not installed, so the tests that need an X server will be skipped.")
        if system_libraries.has_apt():
            print(f"To have them too: {system_libraries.command_to_type(system_libraries.TEST_PACKAGES)}")


def _how_to_get(lacking: list[str]) -> str:
    named = ", ".join(lacking)
    if system_libraries.has_apt():
        command = system_libraries.command_to_type(system_libraries.PACKAGES)
        return f"Qt needs what this system lacks ({named}); type\n\n    {command}\n\nand then make again."
    return f"Qt needs what this system lacks; install it with the system's package manager and make again: {named}."


if __name__ == "__main__":
    sys.exit(main())
