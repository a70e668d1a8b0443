"""docs/packaging.md names all that is left out, with the figures of a build."""

from installers.left_out import LEFT_OUT
from installers.places import ROOT
from installers.report import BEGINNING, END, tables, with_figures
from installers.sizes import Sizes

SIZES = Sizes(
    unpacked=700_000_000,
    left_out={LEFT_OUT[0].name: 2_000_000, LEFT_OUT[1].name: 40_000_000},
    slimmed={"symbols": 90_000_000},
    packages={"torch": 400_000_000},
    artifacts={"linepaint_1_amd64.deb": 140_000_000, "SHA256SUMS": 200},
    seconds={"freezing": 180.0},
)


def test_figures_replace_those_of_before() -> None:
    page = f"Before.\n{BEGINNING}\nold figures\n{END}After.\n"
    once = with_figures(page, SIZES)
    assert once.startswith("Before.\n") and once.endswith("After.\n")
    assert "old figures" not in once
    assert with_figures(once, SIZES) == once


def test_the_largest_comes_first_and_small_files_are_not_listed() -> None:
    lines = tables(SIZES)
    parts = [line for line in lines if line.startswith("| torch: ")]
    assert parts[0].endswith("| 40.0 |") and parts[1].endswith("| 2.0 |")
    assert "| `linepaint_1_amd64.deb` | 140.0 |" in lines
    assert not any("SHA256SUMS" in line for line in lines)


def test_the_page_tells_of_every_part_that_is_left_out() -> None:
    page = (ROOT / "docs" / "packaging.md").read_text("utf-8")
    on_this_system = [part for part in LEFT_OUT if "Windows" not in part.name]
    assert [part.name for part in on_this_system if f"| {part.name} | {part.why} |" not in page] == []
