"""The application for macOS has the licences too, which are written after PyInstaller made it."""

from pathlib import Path

import pytest

from installers.macos import application
from installers.macos.application import build_archive
from installers.papers.licences import JSON_PLACE, TEXT_NAME
from installers.product import PRODUCT


def test_papers_go_in_before_it_is_signed_and_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = tmp_path / "linepaint"
    for place in (JSON_PLACE, TEXT_NAME, "LICENSE"):
        (bundle / place).parent.mkdir(parents=True, exist_ok=True)
        (bundle / place).write_text(place)
    resources = tmp_path / f"{PRODUCT.title}.app" / "Contents" / "Resources"
    resources.mkdir(parents=True)
    commands: list[str] = []

    def run(command: list[object]) -> str:
        commands.append(str(command[0]))
        written = {path.relative_to(resources).as_posix() for path in resources.rglob("*") if path.is_file()}
        assert written == {"linepaint/resources/licences.json", TEXT_NAME, "LICENSE"}
        return ""

    monkeypatch.setattr(application, "run", run)
    path = build_archive(bundle, tmp_path, "linepaint-cuda")
    assert path == tmp_path / f"linepaint-cuda-{PRODUCT.version}-macos.zip"
    assert commands == ["codesign", "ditto"]
