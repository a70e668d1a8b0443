"""Set-up: two commands on a bare machine, and plain words where something cannot be had."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from linepaint.files.pictures import read_picture, write_picture

ROOT = Path(__file__).parent.parent
SCRIPTS = ROOT / "scripts"
sys.path.insert(0, str(SCRIPTS))
try:
    import check
    import open_or_colorize
    import set_up
    import system_libraries
finally:
    sys.path.remove(str(SCRIPTS))

LDD = """
\tlinux-vdso.so.1 (0x00007ffd3a9f2000)
\tlibxcb-cursor.so.0 => not found
\tlibQt6Gui.so.6 => /venv/libQt6Gui.so.6 (0x00007f0e0a000000)
\tlibEGL.so.1 => not found
\tlibxcb-cursor.so.0 => not found
"""

AddProgram = Callable[[str, str], None]


@pytest.fixture
def add_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AddProgram:
    """Adds shell scripts to a PATH that has nothing else on it."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def add(name: str, script: str) -> None:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    return add


@pytest.fixture
def as_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


@pytest.fixture
def as_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)


@pytest.fixture
def bare_system(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A system without a library that Qt needs; empty the list to provide it."""
    lacking = ["libxcb-cursor.so.0"]
    monkeypatch.setattr(system_libraries, "missing", lambda _packages: list(lacking))
    return lacking


# --- libraries of the system ------------------------------------------------------------------------


def test_every_missing_library_is_named_once() -> None:
    assert system_libraries.not_found(LDD) == ["libxcb-cursor.so.0", "libEGL.so.1"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the loader of Linux")
def test_the_libraries_of_this_machine_are_there_since_these_tests_run() -> None:
    import PySide6

    folder = Path(str(PySide6.__file__)).parent.parent
    assert [name for name in system_libraries.LOADED if not (folder / name).exists()] == []
    assert system_libraries.missing(folder) == []


def test_without_permission_the_one_command_is_named(
    bare_system: list[str], add_program: AddProgram, as_user: None, tmp_path: Path
) -> None:
    add_program("apt-get", "exit 1")
    add_program("sudo", "exit 1")
    with pytest.raises(set_up.SetUpError) as raised:
        set_up.provide_libraries(tmp_path)
    commands = [line for line in str(raised.value).splitlines() if "apt-get" in line]
    assert len(commands) == 1
    assert commands[0].strip().startswith("sudo apt-get update && sudo apt-get install -y")
    assert "libxcb-cursor0" in commands[0]
    assert "libxcb-cursor.so.0" in str(raised.value)


def test_where_there_is_no_apt_the_libraries_are_named(
    bare_system: list[str], add_program: AddProgram, as_root: None, tmp_path: Path
) -> None:
    with pytest.raises(set_up.SetUpError, match=r"libxcb-cursor\.so\.0") as raised:
        set_up.provide_libraries(tmp_path)
    assert "apt-get" not in str(raised.value)


@pytest.mark.parametrize("user", [0, 1000], ids=["as root", "with sudo"])
def test_with_permission_they_are_installed_without_a_question(
    user: int, add_program: AddProgram, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    log = tmp_path / "log"
    add_program("apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {log}')
    add_program("true", "exit 0")
    add_program("Xvfb", "exit 0")
    if user:
        # Like the real one, takes NAME=VALUE before the command.
        add_program("sudo", 'shift; case "$1" in *=*) export "$1"; shift;; esac; exec "$@"')
    monkeypatch.setattr(system_libraries, "missing", lambda _: [] if log.exists() else ["libEGL.so.1"])
    set_up.provide_libraries(tmp_path)
    update, install = log.read_text().splitlines()
    assert update.startswith("noninteractive update")
    assert install.startswith("noninteractive install -y")
    assert "libegl1" in install


def test_a_failing_apt_ends_with_the_command_too(
    bare_system: list[str], add_program: AddProgram, as_root: None, tmp_path: Path
) -> None:
    add_program("apt-get", "exit 100")
    with pytest.raises(set_up.SetUpError, match="apt-get install"):
        set_up.provide_libraries(tmp_path)


def test_without_a_virtual_screen_set_up_goes_on_and_says_what_is_skipped(
    bare_system: list[str], add_program: AddProgram, as_user: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare_system.clear()
    add_program("apt-get", "exit 1")
    set_up.provide_libraries(tmp_path)
    said = capsys.readouterr().out
    assert "Xvfb" in said
    assert "skipped" in said


def test_a_python_without_venv_says_which_package_to_install(
    add_program: AddProgram, as_user: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    add_program("apt-get", "exit 1")
    monkeypatch.setattr(set_up.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(set_up.SetUpError, match=rf"sudo apt-get install .*python3\.{sys.version_info.minor}-venv"):
        set_up.make_environment(tmp_path / ".venv")
    assert not (tmp_path / ".venv").exists()


# --- once and no more -------------------------------------------------------------------------------


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what decides about set-up, and the steps replaced by notes of their names in `steps`."""
    for name in set_up.INPUTS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    steps = tmp_path / "steps"
    steps.touch()

    def noting(name: str) -> Callable[..., None]:
        def note(*_: object) -> None:
            with steps.open("a") as file:
                file.write(f"{name}\n")

        return note

    (tmp_path / ".venv").mkdir()
    for name in ("make_environment", "install", "provide_libraries"):
        monkeypatch.setattr(set_up, name, noting(name))
    monkeypatch.setattr(set_up, "is_usable", lambda folder: folder.is_dir())
    monkeypatch.setattr(set_up, "site_packages", lambda folder: folder)
    return tmp_path


def test_a_second_time_there_is_nothing_to_do(checkout: Path) -> None:
    set_up.set_up(checkout)
    assert (checkout / "steps").read_text().split() == ["make_environment", "install", "provide_libraries"]
    set_up.set_up(checkout)
    assert len((checkout / "steps").read_text().split()) == 3


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_requirement_is_noticed(name: str, checkout: Path) -> None:
    set_up.set_up(checkout)
    with (checkout / name).open("a") as file:
        file.write("# changed\n")
    set_up.set_up(checkout)
    assert len((checkout / "steps").read_text().split()) == 6


def test_a_failed_set_up_is_tried_again(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> None:
        raise set_up.SetUpError("no library")

    with monkeypatch.context() as failing:
        failing.setattr(set_up, "provide_libraries", fail)
        with pytest.raises(set_up.SetUpError):
            set_up.set_up(checkout)
    set_up.set_up(checkout)
    assert (checkout / "steps").read_text().split()[-1] == "provide_libraries"


def test_an_environment_that_was_moved_is_made_anew(tmp_path: Path) -> None:
    made = tmp_path / "made" / ".venv"
    command = [sys.executable, "-m", "venv", "--without-pip", str(made)]
    subprocess.run(command, check=True, timeout=60)
    assert not set_up.is_usable(made), "it has no pip"
    for name in ("pip", "pip.py"):
        # Stands for pip: the program, and what Python imports.
        path = set_up.program_of(made, "pip") if name == "pip" else set_up.site_packages(made) / name
        path.write_text(f"#!{set_up.python_of(made)}\n", encoding="utf-8")
    assert set_up.is_usable(made)
    made.parent.rename(tmp_path / "moved")
    assert not set_up.is_usable(tmp_path / "moved" / ".venv")


# --- make -------------------------------------------------------------------------------------------


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("target", ["setup", "run", "test", "bench", "screenshots", "self-test"])
def test_make_knows_and_explains_its_targets(target: str) -> None:
    assert make("--dry-run", target).returncode == 0
    assert f"make {target} " in make("help").stdout


def test_continuous_integration_runs_what_a_person_runs() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec make test"


def test_all_checks_run_and_one_failure_fails_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    python = Path(sys.executable).name
    checks = tuple(check.Check(name, python, ("-c", f"exit({status})")) for name, status in (("one", 1), ("two", 0)))
    monkeypatch.setattr(check, "CHECKS", checks)
    assert check.main([]) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in said[-3:-1]] == [["FAILED", "one"], ["passed", "two"]]
    assert "Failed: one" in said[-1]
    monkeypatch.setattr(check, "CHECKS", checks[1:])
    assert check.main([]) == 0


def test_the_checks_are_those_that_a_change_must_pass() -> None:
    assert [step.program for step in check.CHECKS] == ["ruff", "ruff", "mypy", "lint-imports", "pytest"]


# --- make run without a screen -------------------------------------------------------------------------


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
@pytest.mark.parametrize("platform", ["offscreen", "minimal:enable_fonts"])
def test_a_platform_nobody_sees_is_no_screen(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert not open_or_colorize.can_show_windows()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about X servers")
def test_a_display_that_does_not_answer_is_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":9871")
    assert not open_or_colorize.can_show_windows()


def test_without_a_screen_the_drawing_is_coloured_and_the_picture_named(tmp_path: Path) -> None:
    lines = np.full((96, 128, 3), 255, np.uint8)
    lines[20:76, 30:33] = lines[20:76, 90:93] = lines[20:23, 30:93] = lines[73:76, 30:93] = 0
    write_picture(tmp_path / "box.png", lines)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.run(
        [sys.executable, str(SCRIPTS / "open_or_colorize.py"), "box.png"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert child.returncode == 0, child.stderr
    picture = tmp_path / "coloured-box.png"
    assert "no screen" in child.stdout
    assert str(picture) in child.stdout
    assert read_picture(picture).shape == (96, 128, 3)
