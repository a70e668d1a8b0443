"""The windowed program on Windows, typed in a console or started by a double click; Windows itself is imitated."""

import ctypes
import importlib.util
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from installers.places import ROOT

PROGRAMS = ROOT / "installers" / "programs"


@pytest.fixture
def console() -> types.ModuleType:
    """The program's script as a module: what it does about the console, without running the program."""
    spec = importlib.util.spec_from_file_location("paint", PROGRAMS / "paint.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Kernel:
    """kernel32, which notes to which process's console the program was attached."""

    def __init__(self, has_console: bool) -> None:
        self.has_console, self.asked = has_console, []

    def AttachConsole(self, process: int) -> int:
        self.asked.append(process)
        return int(self.has_console)


def on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, has_console: bool) -> Kernel:
    """In a folder where CONIN$ and CONOUT$ are the files that Windows has for a console, if there is one."""
    kernel = Kernel(has_console)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", types.SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.chdir(tmp_path)
    if has_console:
        Path("CONIN$").write_text("typed\n", "utf-8")
        Path("CONOUT$").write_text("", "utf-8")
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    return kernel


def close_all() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()


def test_typed_in_a_console_it_answers_there(
    console: types.ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kernel = on_windows(monkeypatch, tmp_path, has_console=True)

    console.attach()
    print("linepaint 0.5.0 ©")
    # What is printed is seen at once, line by line.
    seen = Path("CONOUT$").read_text("utf-8")
    asked_for = sys.stdin.readline()
    close_all()

    assert kernel.asked == [0xFFFFFFFF], "the console of the parent, which is -1"
    assert seen == "linepaint 0.5.0 ©\n"
    assert asked_for == "typed\n"


@pytest.mark.parametrize("has_console", [False, True], ids=["no console", "a console that cannot be opened"])
def test_without_a_console_printing_goes_nowhere_and_harms_nothing(
    console: types.ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, has_console: bool
) -> None:
    on_windows(monkeypatch, tmp_path, has_console=has_console)
    for path in tmp_path.iterdir():
        path.unlink()
        path.mkdir()  # Opening it fails, as a console does that is gone.

    console.attach()
    print("unseen")
    print("unseen", file=sys.stderr)
    read = sys.stdin.read()
    names = [stream.name for stream in (sys.stdin, sys.stdout, sys.stderr)]
    close_all()

    assert read == ""
    assert names == [os.devnull] * 3


def test_what_is_redirected_stays_so(
    console: types.ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    on_windows(monkeypatch, tmp_path, has_console=True)
    with Path("redirected.txt").open("w", encoding="utf-8") as redirected:
        monkeypatch.setattr(sys, "stdout", redirected)
        console.attach()
        print("a line")
        assert sys.stdout is redirected
        close_all()

    assert Path("redirected.txt").read_text("utf-8") == "a line\n"


def test_where_all_streams_are_there_nothing_is_asked(
    console: types.ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    streams = (sys.stdin, sys.stdout, sys.stderr)
    kernel = on_windows(monkeypatch, tmp_path, has_console=True)
    for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
        monkeypatch.setattr(sys, name, stream)

    console.attach()

    assert kernel.asked == []
    assert (sys.stdin, sys.stdout, sys.stderr) == streams


def test_the_program_survives_without_any_stream() -> None:
    command = "import os, sys; [os.close(n) for n in (0, 1, 2)]; os.execv(sys.executable, sys.argv[1:])"
    program = [sys.executable, str(PROGRAMS / "paint.py"), "--version"]

    done = subprocess.run([sys.executable, "-c", command, *program], cwd="/", check=False, timeout=60)

    assert done.returncode == 0
