"""The papers that go with the programs: licences, bill of materials, checksums. They tell of all that was built."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from installers.environment import INSTEAD
from installers.papers.compatibility import doubt
from installers.papers.licences import JSON_PLACE, TEXT_NAME
from linepaint.credits import Notice, from_json, normalized

NO_ARTIFACTS = {"SHA256SUMS", "sizes.json", "built-from"}
"""What the build keeps beside the artifacts for itself."""

DOUBTFUL = {"Intel oneMKL"}
"""What docs/packaging.md tells a person to decide on before publishing."""


@pytest.fixture(scope="module")
def notices(bundle: Path) -> list[Notice]:
    return from_json((bundle / JSON_PLACE).read_text("utf-8"))


@pytest.fixture(scope="module")
def bill(artifacts: Path) -> dict[str, Any]:
    (path,) = artifacts.glob("*.cdx.json")
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def modules_in(bundle: Path) -> set[str]:
    """The top-level names that can be imported from a bundle, without Python's own and linepaint."""
    names = set()
    for path in (bundle / "_internal").iterdir():
        is_package = path.is_dir() and not path.name.endswith((".dist-info", ".libs"))
        # Of a package of which only fonts are there, the fonts are told.
        if (is_package and any(file.suffix != ".ttf" for file in path.rglob("*.*"))) or path.suffix == ".pyc":
            names.add(path.name.partition(".")[0])
    return {name for name in names - sys.stdlib_module_names - {"linepaint"} if not name.startswith(("_", "python3"))}


@cache
def installed_modules() -> Mapping[str, list[str]]:
    """By each module that can be imported here, the distributions that bring it."""
    return packages_distributions()


def distributions_of(module: str) -> set[str]:
    """The normalized names of the distributions that bring a module, as they are called in a bundle."""
    found = {normalized(name) for name in installed_modules().get(module, [])}
    return {normalized(INSTEAD.get(name, name)) for name in found}


def test_every_package_in_the_folder_is_told(bundle: Path, notices: list[Notice]) -> None:
    told = {normalized(notice.name) for notice in notices if notice.kind == "package"}
    untold = {module: names for module in modules_in(bundle) if not (names := distributions_of(module)) & told}
    assert untold == {}


def test_no_package_is_told_that_is_not_in_the_folder(bundle: Path, notices: list[Notice]) -> None:
    held = {name for module in modules_in(bundle) for name in distributions_of(module)}
    told = {normalized(notice.name) for notice in notices if notice.kind == "package"}
    # NVIDIA's packages for the cuda variant hold libraries only, in a folder that they share.
    assert {name for name in told - held if not name.startswith("nvidia-")} == set()


def test_every_part_comes_with_the_text_of_its_licence(notices: list[Notice]) -> None:
    assert len(notices) > 40
    assert [notice.name for notice in notices if not notice.texts or min(map(len, notice.texts)) < 100] == []


def test_qt_is_told_under_the_lgpl_with_what_the_lgpl_asks_for(bundle: Path, notices: list[Notice]) -> None:
    qt = next(notice for notice in notices if notice.name == "Qt")
    assert qt.licence == "LGPL-3.0-only"
    assert any("GNU LESSER GENERAL PUBLIC LICENSE" in text for text in qt.texts)
    assert "put others" in qt.note
    assert qt.origin.startswith("https://")
    assert list((bundle / "_internal/PySide6/Qt/lib").glob("libQt6Core.so*"))


def test_nothing_is_doubtful_but_what_is_known_to_be(variant: str, notices: list[Notice]) -> None:
    doubtful = {notice.name for notice in notices if doubt(notice.licence)}
    if variant == "cuda":
        doubtful = {name for name in doubtful if not normalized(name).startswith(("nvidia-", "cuda-"))}
    assert doubtful <= DOUBTFUL


def test_people_can_read_the_licences_without_the_program(bundle: Path, notices: list[Notice]) -> None:
    text = (bundle / TEXT_NAME).read_text("utf-8")
    assert [notice.name for notice in notices if f"{notice.name} {notice.version}".strip() not in text] == []
    assert "GNU GENERAL PUBLIC LICENSE" in (bundle / "LICENSE").read_text("utf-8")


def test_the_bill_tells_the_same_parts_as_the_licences(bill: dict[str, Any], notices: list[Notice]) -> None:
    listed = sorted((entry["name"], entry.get("version", "")) for entry in bill["components"])
    assert listed == sorted((notice.name, notice.version) for notice in notices)


def test_the_bill_keeps_to_its_schema(artifacts: Path) -> None:
    (path,) = artifacts.glob("*.cdx.json")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(path.read_text("utf-8")) is None


def test_the_bill_counts_every_file_of_the_folder(bundle: Path, bill: dict[str, Any]) -> None:
    counted = sum(
        int(told["value"])
        for entry in bill["components"]
        for told in entry["properties"]
        if told["name"] == "linepaint:files"
    )
    assert counted == sum(path.is_file() and not path.is_symlink() for path in bundle.rglob("*"))


def test_the_bill_has_the_checkpoints_with_their_hashes(bundle: Path, bill: dict[str, Any]) -> None:
    models = {entry["name"]: entry for entry in bill["components"] if entry["type"] == "machine-learning-model"}
    files = sorted((bundle / "_internal/linepaint/resources/checkpoints").glob("*.safetensors"))
    assert sorted(models) == [f"Checkpoint {path.stem}" for path in files]
    for path in files:
        listed = subprocess.run(["sha256sum", path], capture_output=True, text=True, check=True).stdout
        assert models[f"Checkpoint {path.stem}"]["hashes"][0]["content"] == listed.split()[0]


def test_what_the_bill_says_is_needed_is_in_it(bill: dict[str, Any]) -> None:
    references = {entry["bom-ref"] for entry in bill["components"]}
    graph = {entry["ref"]: entry.get("dependsOn", []) for entry in bill["dependencies"]}
    assert {wish for wishes in graph.values() for wish in wishes} <= references
    assert references <= set(graph)
    torch = next(entry["bom-ref"] for entry in bill["components"] if entry["name"] == "torch")
    assert graph[torch] != []


def test_the_checksums_are_right_and_cover_every_artifact(artifacts: Path) -> None:
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(check, cwd=artifacts, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    listed = {line[66:] for line in (artifacts / "SHA256SUMS").read_text("utf-8").splitlines()}
    assert listed == {path.name for path in artifacts.iterdir() if path.is_file()} - NO_ARTIFACTS
