"""What is in the folder of the programs: all that they are made of, and not more than it was made small to be."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from installers.places import ROOT
from installers.product import PRODUCT
from installers.sizes import MEGABYTE, folder_bytes
from installers.slimming import PACKAGES
from installers.slimming.elf import elf_files, needed, run_paths

LARGEST_MEGABYTES = 750
FOLDERS = {"linepaint": "linepaint", "trainer": "linepaint/trainer", "resources": "linepaint/resources"}
"""Folders of the checkout, and where they are in the bundle."""
OURS = ("libQt6", "libicu", "libtorch", "libpython")
"""How libraries begin that come with the packages, beside those with a hash in their names."""


def test_it_is_small_enough(bundle: Path, variant: str) -> None:
    if variant == "cuda":
        pytest.skip("NVIDIA's libraries alone are larger.")
    assert folder_bytes(bundle) / MEGABYTE <= LARGEST_MEGABYTES


def test_both_programs_share_one_folder(bundle: Path) -> None:
    names = {path.name for path in bundle.iterdir()}
    assert names == {*(program.name for program in PRODUCT.programs), PACKAGES, "LICENSE", "THIRD-PARTY.txt"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_module_and_every_file_is_there(bundle: Path, folder: str) -> None:
    place = bundle / PACKAGES / FOLDERS[folder]
    wanted = [path.relative_to(ROOT / folder) for path in (ROOT / folder).rglob("*") if path.is_file()]
    wanted = [path for path in wanted if "__pycache__" not in path.parts]
    missing = [
        path
        for path in wanted
        if not (place / path.with_suffix({".py": ".pyc"}.get(path.suffix, path.suffix))).exists()
    ]
    assert len(wanted) > 5
    assert missing == []


def test_no_source_of_ours_and_no_metadata_of_a_checkout_is_there(bundle: Path) -> None:
    packages = bundle / PACKAGES
    assert not list((packages / "linepaint").rglob("*.py"))
    assert [path.name for path in packages.glob("linepaint-*.dist-info")] == [f"linepaint-{PRODUCT.version}.dist-info"]
    assert not list(packages.rglob("direct_url.json"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ELF files are Linux's")
def test_every_library_that_was_brought_along_is_found(bundle: Path) -> None:
    """Libraries with a hash in their names can only come from the folder itself."""
    packages = bundle / PACKAGES
    there = {path.name for path in packages.rglob("*.so*")}
    wanted = {name for path in elf_files(packages) for name in needed(path)}
    vendored = {name for name in wanted if re.search(r"-[0-9a-f]{8}\b", name) or name.startswith(OURS)}
    assert len(vendored) > 20
    assert sorted(vendored - there) == []
    assert not [path for path in packages.rglob("*") if path.is_symlink() and not path.exists()]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ELF files are Linux's")
def test_no_library_looks_into_folders_of_the_machine_that_built_it(bundle: Path) -> None:
    places = {place for path in elf_files(bundle) for text in run_paths(path) for place in text.split(":")}
    assert {place for place in places if not place.startswith("$ORIGIN")} == set()
