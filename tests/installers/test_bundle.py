"""A build: done once, whole or not at all, and told of in figures."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from installers import bundle
from installers.bundle import STAMP, build, fingerprint, main
from installers.environment import variant_named
from installers.errors import BuildError
from installers.sizes import Sizes, folder_bytes, package_bytes, read_sizes, write_sizes

CPU = variant_named("cpu")


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A build whose slow steps are played; the names of those that ran."""
    ran: list[str] = []
    monkeypatch.setattr(bundle, "BUILD", tmp_path / "build")
    monkeypatch.setattr(bundle, "DIST", tmp_path / "dist")
    monkeypatch.setattr(bundle, "provide_environment", lambda variant: tmp_path / "environment")
    monkeypatch.setattr(bundle, "site_packages", lambda environment: environment / "site-packages")
    monkeypatch.setattr(bundle, "build_wheel", lambda folder: folder / "linepaint.whl")
    monkeypatch.setattr(bundle, "unpack_wheel", lambda wheel, folder: None)

    def freeze(python: Path, work: Path, out: Path) -> dict[str, int]:
        ran.append("freeze")
        module = out / "linepaint" / "_internal" / "torch" / "lib.so"
        module.parent.mkdir(parents=True)
        module.write_bytes(bytes(1000))
        return {"tests": 10}

    def slim(folder: Path, sources: Sequence[Path]) -> dict[str, int]:
        ran.append("slim")
        return {"strip": 20}

    def package(folder: Path, out: Path, name: str) -> Path:
        ran.append(f"package {name}")
        (out / f"{name}.deb").write_bytes(bytes(300))
        return out / f"{name}.deb"

    monkeypatch.setattr(bundle, "freeze", freeze)
    monkeypatch.setattr(bundle, "slim", slim)
    monkeypatch.setattr(bundle, "packagers", lambda: [package])
    monkeypatch.setattr(bundle.licences, "collect", lambda folder, sources: [])
    monkeypatch.setattr(bundle.licences, "write_notices", lambda notices, folder: [])
    monkeypatch.setattr(bundle.sbom, "write_sbom", lambda folder, sources, out, name: (out / name).write_text("{}"))
    return ran


def test_a_build_is_complete_and_says_how_large_it_is(steps: list[str]) -> None:
    out = build(CPU)
    assert steps == ["freeze", "slim", "package linepaint"]
    names = {path.name for path in out.iterdir()}
    assert {"linepaint", "linepaint.deb", "SHA256SUMS", "sizes.json", STAMP} <= names
    assert any(name.endswith(".cdx.json") for name in names)
    sizes = read_sizes(out / "sizes.json")
    assert (sizes.left_out, sizes.slimmed) == ({"tests": 10}, {"strip": 20})
    assert sizes.unpacked == 1000 + (out / "linepaint" / "LICENSE").stat().st_size
    assert sizes.artifacts["linepaint.deb"] == 300
    assert sizes.packages == {"torch": 1000}
    assert "freezing" in sizes.seconds


def test_nothing_is_built_where_nothing_changed(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    out = build(CPU)
    assert build(CPU) == out
    assert steps.count("freeze") == 1
    monkeypatch.setattr(bundle, "fingerprint", lambda variant: "something changed\n")
    build(CPU)
    assert steps.count("freeze") == 2


def test_a_build_that_fails_leaves_the_last_one(
    steps: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = build(CPU)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}

    def fail(folder: Path, sources: Sequence[Path]) -> dict[str, int]:
        raise BuildError("The library is broken; install another.")

    monkeypatch.setattr(bundle, "slim", fail)
    monkeypatch.setattr(bundle, "fingerprint", lambda variant: "something changed\n")
    assert main() == 1
    assert capsys.readouterr().err == "\nmake: The library is broken; install another.\n"
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small checkout, of the folders and files that decide what is built."""
    for name in bundle.INPUTS:
        place = tmp_path / name
        if "." in name or name == "LICENSE":
            place.write_text(name)
        else:
            place.mkdir()
            (place / "module.py").write_text(name)
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "trainer" / "module.py").write_text("changed"),
        lambda root: (root / "resources" / "live.safetensors").write_bytes(b"weights"),
        lambda root: (root / "constraints.txt").write_text("torch==3"),
        lambda root: (root / "linepaint" / "module.py").rename(root / "linepaint" / "other.py"),
    ],
)
def test_whatever_goes_into_a_bundle_counts(checkout: Path, change: Callable[[Path], object]) -> None:
    before = fingerprint(CPU)
    assert fingerprint(CPU) == before
    change(checkout)
    assert fingerprint(CPU) != before


def test_what_does_not_go_into_it_does_not(checkout: Path) -> None:
    before = fingerprint(CPU)
    (checkout / "linepaint" / "__pycache__").mkdir()
    (checkout / "linepaint" / "__pycache__" / "module.pyc").write_bytes(b"code")
    (checkout / "notes.md").write_text("notes")
    assert fingerprint(CPU) == before
    assert fingerprint(variant_named("cuda")) != before


def test_sizes_count_each_file_once(tmp_path: Path) -> None:
    folder = tmp_path / "_internal"
    (folder / "torch").mkdir(parents=True)
    (folder / "torch" / "a.so").write_bytes(bytes(100))
    (folder / "torch" / "twin.so").hardlink_to(folder / "torch" / "a.so")
    (folder / "libc.so").symlink_to("torch/a.so")
    (folder / "small").write_bytes(bytes(10))
    assert folder_bytes(folder) == 110
    assert list(package_bytes(folder)) == ["torch", "small"]
    sizes = Sizes(110, {"a": 1}, {}, package_bytes(folder), {"x.deb": 5}, {"step": 0.5})
    write_sizes(sizes, tmp_path / "sizes.json")
    assert read_sizes(tmp_path / "sizes.json") == sizes
    assert json.loads((tmp_path / "sizes.json").read_text())["unpacked"] == 110
