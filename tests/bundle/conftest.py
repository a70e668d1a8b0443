"""What the tests of the built programs share: where they were built, and an artist's machine to run them on.

`make bundle-test` runs them. LINEPAINT_BUNDLE names another folder of programs than dist/VARIANT/linepaint.
"""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from installers.places import DIST
from installers.product import PRODUCT
from installers.variant import chosen_name
from tests.bundle.artists_machine import Artist, listing, without_network


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say so if the network was not cut off."""
    if not without_network():
        terminalreporter.write_line("The programs ran WITH the network: this system lets nobody take it away.")


def bundle_folder() -> Path:
    """Where the programs should be."""
    named = os.environ.get("LINEPAINT_BUNDLE")
    return Path(named).resolve() if named else DIST / chosen_name() / PRODUCT.name


@pytest.fixture(scope="session")
def variant() -> str:
    """Which variant is tested: cpu or cuda."""
    return chosen_name()


@pytest.fixture(scope="session")
def bundle() -> Iterator[Path]:
    """The folder of the two programs. In the end, no test may have changed anything in it."""
    folder = bundle_folder()
    missing = [program.name for program in PRODUCT.programs if not (folder / program.name).is_file()]
    if missing:
        pytest.fail(f"There is no {missing[0]} in {folder}; build it with make bundle.", pytrace=False)
    before = listing(folder)
    yield folder
    after = listing(folder)
    changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    assert changed == [], "a program wrote to its own folder, which an artist may not be allowed to"


@pytest.fixture(scope="session")
def artifacts(bundle: Path) -> Path:
    """The folder of the packages, which holds `bundle`."""
    return bundle.parent


@pytest.fixture
def artist() -> Iterator[Artist]:
    """An artist with nothing but empty folders; they are gone after the test, which must leave nothing running."""
    with tempfile.TemporaryDirectory(prefix="artist-") as folder:
        artist = Artist.in_folder(Path(folder).resolve())
        yield artist
        left = artist.processes()
        for number in left:
            os.kill(number, signal.SIGKILL)
        assert left == {}, "these outlived the program that started them"
