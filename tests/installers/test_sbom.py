"""The bill of materials: valid, complete, and the same for the same bundle."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from installers.papers.sbom import write_sbom
from installers.product import PRODUCT
from tests.installers.frozen_folder import Frozen, make

NAME = f"linepaint-cuda-{PRODUCT.version}-linux-x86_64.cdx.json"


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return make(tmp_path)


def written(frozen: Frozen) -> str:
    path = write_sbom(frozen.bundle, [frozen.site_packages], frozen.bundle.parent / "out", NAME)
    assert path == frozen.bundle.parent / "out" / NAME
    return path.read_text("utf-8")


def entries(bill: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in bill["components"]}


def test_it_keeps_to_the_schema(frozen: Frozen) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(written(frozen)) is None


def test_it_tells_every_component_and_the_bundle_as_the_root(frozen: Frozen) -> None:
    bill = json.loads(written(frozen))
    root = bill["metadata"]["component"]
    assert (root["name"], root["version"], root["type"]) == ("linepaint-cuda", PRODUCT.version, "application")
    assert set(entries(bill)) >= {"linepaint", "Alpha", "bet.a", "FreeType", "CPython", "Checkpoint live"}
    alpha = entries(bill)["Alpha"]
    assert alpha["purl"] == "pkg:pypi/alpha@1.5"
    assert alpha["licenses"] == [{"license": {"id": "MIT"}}]
    assert [part["purl"] for part in alpha["components"]] == ["pkg:cargo/crate@0.3"]


def test_hashes_are_those_of_the_files(frozen: Frozen) -> None:
    checkpoint = entries(json.loads(written(frozen)))["Checkpoint live"]
    weights = frozen.bundle / "_internal/linepaint/resources/checkpoints/live.safetensors"
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    assert checkpoint["hashes"] == [{"alg": "SHA-256", "content": digest}]
    assert checkpoint["type"] == "machine-learning-model"
    told = {each["name"]: each["value"] for each in checkpoint["properties"]}
    assert (told["linepaint:mode"], told["linepaint:steps"]) == ("lineart", "7")
    assert json.loads(told["linepaint:data"])[0]["licence"] == "CC0-1.0"


def test_the_graph_tells_what_needs_what(frozen: Frozen) -> None:
    bill = json.loads(written(frozen))
    reference = {name: entry["bom-ref"] for name, entry in entries(bill).items()}
    graph = {each["ref"]: set(each.get("dependsOn", [])) for each in bill["dependencies"]}
    assert graph[reference["Alpha"]] == {reference["bet.a"], reference["FreeType"]}
    assert graph["bundle"] == set(reference.values())


def test_the_same_bundle_gives_the_same_bytes_and_another_another_number(frozen: Frozen) -> None:
    first = written(frozen)
    assert written(frozen) == first
    assert json.loads(first)["metadata"]["timestamp"].startswith("2023-11-14T22:13:20")
    frozen.add("_internal/alpha/core.so", b"changed")
    assert json.loads(written(frozen))["serialNumber"] != json.loads(first)["serialNumber"]
