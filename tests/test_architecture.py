"""The rooms of the house: what importing one really loads, and what the import linter cannot see."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS_WITHOUT_TORCH = ("document", "imaging", "files", "ui")
ROOMS_WITHOUT_QT = ("document", "imaging", "networks", "engine", "files", "trainer")
QT = ("PySide6", "shiboken6", "qtawesome", "qtpy")

IMPORT_ALL = """
import importlib, pkgutil, sys
for room in sys.argv[1].split(","):
    package = importlib.import_module("linepaint." + room)
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def loaded_by(rooms: tuple[str, ...]) -> set[str]:
    """The top-level packages in memory of a new process once every module of these rooms was imported."""
    child = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, ",".join(rooms)], capture_output=True, text=True, timeout=120
    )
    assert child.returncode == 0, child.stderr
    return set(child.stdout.split())


def imports_of(path: Path) -> Iterator[str]:
    """Every absolute module name that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files_of(folder: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob("*.py"))
    assert found, f"{folder} has no Python files"
    return found


def test_documents_files_and_the_window_load_without_torch() -> None:
    assert "torch" not in loaded_by(ROOMS_WITHOUT_TORCH)


def test_everything_below_the_window_loads_without_qt() -> None:
    assert not loaded_by(ROOMS_WITHOUT_QT) & set(QT)


def test_the_document_needs_nothing_but_numpy() -> None:
    allowed = {"linepaint", "numpy"}
    third_party = loaded_by(("document",)) - set(sys.stdlib_module_names) - allowed
    assert not {name for name in third_party if not name.startswith(("_", "sitecustomize"))}


def test_the_product_never_imports_the_trainer() -> None:
    # The linter knows the trainer by the name of its folder, not by the one it is installed under.
    guilty = [
        str(path)
        for path in files_of("linepaint")
        for name in imports_of(path)
        if name == "linepaint.trainer" or name.startswith("linepaint.trainer.")
    ]
    assert not guilty


def test_qts_own_network_module_is_not_used() -> None:
    guilty = [
        str(path)
        for path in files_of("linepaint")
        for name in imports_of(path)
        if name.startswith(("PySide6.QtNetwork", "PySide6.QtWebSockets", "urllib.request"))
    ]
    assert not guilty


ROOMS = sorted(path.parent.name for path in (ROOT / "linepaint").glob("*/__init__.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_place_among_the_layers(room: str) -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "rooms")
    assert f"linepaint.{room}" in layers
