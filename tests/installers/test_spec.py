"""build.spec run with stand-ins for PyInstaller's parts, as it would be on Linux, Windows and macOS."""

import plistlib
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from installers import places
from installers.macos.info_plist import info_plist
from installers.places import ROOT
from installers.product import PRODUCT

PART = ("linepaint/part.so", "/nowhere/part.so", "BINARY")


class Recorded:
    """What a part of PyInstaller was called with."""

    def __init__(self, *parts: Any, **settings: Any) -> None:
        self.parts, self.settings = parts, settings


class Analysis(Recorded):
    """As PyInstaller's: its own scripts come before ours."""

    def __init__(self, scripts: list[str], **settings: Any) -> None:
        super().__init__(scripts, **settings)
        self.scripts = [("pyi_rth_inspect", "/hooks/rth.py", "PYSOURCE")]
        self.scripts += [(Path(script).stem, script, "PYSOURCE") for script in scripts]
        self.pure = [("linepaint", "/nowhere/linepaint/__init__.py", "PYMODULE")]
        self.binaries, self.datas = [PART], []


class Run:
    """One run of the specification; what it made, in order."""

    def __init__(self, platform: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made: list[tuple[str, Recorded]] = []
        self.report = folder / "left-out.json"
        hooks = types.ModuleType("PyInstaller.utils.hooks")
        hooks.collect_submodules = lambda name: [f"{name}.cli"]  # type: ignore[attr-defined]
        hooks.collect_data_files = lambda name: [(f"/nowhere/{name}/data", name)]  # type: ignore[attr-defined]
        hooks.copy_metadata = lambda name: [(f"/nowhere/{name}.dist-info", ".")]  # type: ignore[attr-defined]
        for name in ("PyInstaller", "PyInstaller.utils"):
            monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
        monkeypatch.setitem(sys.modules, "PyInstaller.utils.hooks", hooks)
        monkeypatch.setattr(sys, "path", [*sys.path])
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.setattr(places, "BUILD", folder)
        monkeypatch.setenv("LINEPAINT_LEFT_OUT", str(self.report))
        parts = {name: self._recorder(name, Recorded) for name in ("PYZ", "EXE", "COLLECT", "BUNDLE")}
        names = {"SPECPATH": str(ROOT), "Analysis": self._recorder("Analysis", Analysis), **parts}
        exec(compile((ROOT / "build.spec").read_text("utf-8"), "build.spec", "exec"), names)

    def _recorder(self, name: str, kind: type[Recorded]) -> Any:
        def record(*parts: Any, **settings: Any) -> Recorded:
            made = kind(*parts, **settings)
            self.made.append((name, made))
            return made

        return record

    def all_of(self, name: str) -> list[Any]:
        return [made for kind, made in self.made if kind == name]


@pytest.fixture(params=["linux", "win32", "darwin"])
def run(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    return Run(request.param, tmp_path, monkeypatch)


def on(platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    return Run(platform, tmp_path, monkeypatch)


def test_two_programs_share_one_folder(run: Run) -> None:
    (analysis,) = run.all_of("Analysis")
    (collect,) = run.all_of("COLLECT")
    window, console = run.all_of("EXE")

    assert (window.settings["name"], window.settings["console"]) == ("linepaint", False)
    assert (console.settings["name"], console.settings["console"]) == ("linepaint-train", True)
    assert collect.parts[:2] == (window, console)
    assert any(part is analysis.binaries for part in collect.parts)
    assert any(part is analysis.datas for part in collect.parts)
    assert collect.settings["name"] == PRODUCT.name
    # Modules lie in the folder once, and not in each program.
    assert all(program.settings["exclude_binaries"] is True for program in (window, console))
    assert analysis.settings["noarchive"] is True


def test_each_program_runs_its_own_script_after_those_of_pyinstaller(run: Run) -> None:
    (analysis,) = run.all_of("Analysis")

    assert all(Path(script).is_file() for script in analysis.parts[0])
    scripts = [[name for name, *_ in program.parts[1]] for program in run.all_of("EXE")]
    assert scripts == [["pyi_rth_inspect", "paint"], ["pyi_rth_inspect", "train"]]


def test_checkpoints_samples_and_icons_come_along(run: Run) -> None:
    (analysis,) = run.all_of("Analysis")

    assert ("/nowhere/linepaint/data", "linepaint") in analysis.settings["datas"]
    assert "linepaint.cli" in analysis.settings["hiddenimports"]


def test_what_was_left_out_is_reported(run: Run) -> None:
    assert run.report.read_text("utf-8").startswith("{")


def test_on_windows_each_program_has_an_icon_and_says_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in on("win32", tmp_path, monkeypatch).all_of("EXE"):
        assert program.settings["icon"] == str(tmp_path / "icons" / "linepaint.ico")
        resource = Path(program.settings["version"]).read_text("utf-8")
        assert f"'{PRODUCT.version}'" in resource
        assert resource.startswith("# UTF-8\nVSVersionInfo(")


def test_on_macos_there_is_an_application_with_our_properties(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = on("darwin", tmp_path, monkeypatch)
    (application,) = run.all_of("BUNDLE")

    assert application.parts == tuple(run.all_of("COLLECT"))
    assert application.settings["name"] == "linepaint.app"
    assert application.settings["bundle_identifier"] == PRODUCT.identifier
    assert application.settings["icon"] == str(tmp_path / "icons" / "linepaint.icns")
    assert application.settings["info_plist"] == info_plist()
    assert plistlib.loads(plistlib.dumps(application.settings["info_plist"]))["CFBundleExecutable"] == "linepaint"


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_only_macos_has_an_application(platform: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert on(platform, tmp_path, monkeypatch).all_of("BUNDLE") == []


def test_on_linux_programs_have_neither_icon_nor_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for program in on("linux", tmp_path, monkeypatch).all_of("EXE"):
        assert program.settings["icon"] is None
        assert program.settings["version"] is None
