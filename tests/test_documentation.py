"""The pages: what they point at is there, and what is written from the code is up to date."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "resources").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
LARGEST_PICTURE_BYTES, LARGEST_PICTURES_BYTES = 300_000, 1_200_000


def anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith("https://"):
            continue
        target, _, anchor = link.partition("#")
        path = page.parent / target if target else page
        assert path.exists(), link
        assert not anchor or anchor in anchors(path), link


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in folder.glob("0*.md")}


def test_the_page_of_keys_is_what_the_application_does() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import list_keys
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    assert list_keys.PAGE.read_text(encoding="utf-8") == list_keys.page(), "run make docs"


def test_the_pictures_are_quick_to_load() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").glob("*.png")}
    assert sizes
    assert {name for name, size in sizes.items() if size > LARGEST_PICTURE_BYTES} == set()
    assert sum(sizes.values()) <= LARGEST_PICTURES_BYTES


@pytest.mark.parametrize("promise", re.findall(r"`(tests/[^`]+)`", (ROOT / "docs/architecture.md").read_text("utf-8")))
def test_every_test_that_the_architecture_names_exists(promise: str) -> None:
    assert (ROOT / promise).exists()
