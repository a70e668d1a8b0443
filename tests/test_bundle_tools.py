"""What building and testing the bundle needs beside Python is installed where that may be, and named where not."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The script, as on a Linux machine that lacks lintian."""
    monkeypatch.syspath_prepend(SCRIPTS)
    import bundle_tools

    there = set(bundle_tools.PROGRAMS) - {"lintian"}
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
    bundle_tools.there = there
    yield bundle_tools
    sys.modules.pop("bundle_tools")


def test_nothing_is_done_where_all_is_there(tools: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    tools.there.add("lintian")
    assert tools.main() == 0
    assert capsys.readouterr() == ("", "")


def test_what_is_missing_is_installed(tools: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def install(packages: list[str], prefix: list[str]) -> None:
        asked.extend(packages)
        tools.there.add("lintian")

    monkeypatch.setattr(tools.system_libraries, "apt_prefix", list)
    monkeypatch.setattr(tools.system_libraries, "apt_install", install)
    assert tools.main() == 0
    assert asked == ["lintian"]


def test_a_person_who_may_not_install_is_told_what_to_type(
    tools: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tools.system_libraries, "apt_prefix", lambda: None)
    monkeypatch.setattr(tools.system_libraries, "has_apt", lambda: True)
    assert tools.main() == 1
    said = capsys.readouterr().err
    assert "needs lintian; type" in said
    assert "apt-get install -y --no-install-recommends lintian" in said
