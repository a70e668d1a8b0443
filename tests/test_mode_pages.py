"""What is said of the checkpoints for gray pictures and for lines is said of the shipped files, from their figures."""

import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from linepaint.trainer.evaluation.measuring import Figures
from linepaint.trainer.evaluation.protocol import Evaluation, Protocol, Row
from linepaint.trainer.model_card import card_of, model_card

from linepaint.engine.catalog import Mode, find_checkpoint

ROOT = Path(__file__).parent.parent
PAGES = {"grayscale": "grayscale", "scan": "lines"}
LARGEST_SHEET_BYTES = 250_000


@pytest.fixture(scope="module")
def scripts() -> Iterator[None]:
    sys.path.insert(0, str(ROOT / "scripts"))
    yield
    sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def words(scripts: None) -> ModuleType:
    import mode_words

    return mode_words


@pytest.mark.parametrize("name", PAGES)
def test_page_and_card_are_those_of_the_shipped_file(name: str) -> None:
    info = find_checkpoint(name)
    digest = hashlib.sha256(info.path.read_bytes()).hexdigest()
    card = (ROOT / "resources" / "checkpoints" / f"{name}.md").read_text("utf-8")
    page = (ROOT / "docs" / f"{PAGES[name]}.md").read_text("utf-8")
    assert digest in card, "run make modes"
    assert f"`{info.recipe}`" in page and f"{info.steps:,}" in page, "run make modes"


@pytest.mark.parametrize("page", PAGES.values())
def test_nothing_on_a_page_is_left_blank(page: str) -> None:
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    parts = dict(re.findall(r"<!-- (\w+): begin -->(.*?)<!-- \1: end -->", text, re.DOTALL))
    assert set(parts) == {"training", "summary", "weak", "figures"}
    assert all(part.strip() for part in parts.values()), "run make modes"
    sheet = ROOT / "docs" / "pictures" / f"{page}.webp"
    assert sheet.stat().st_size <= LARGEST_SHEET_BYTES


def test_every_source_that_a_shipped_checkpoint_learned_from_is_credited(scripts: None) -> None:
    from checkpoint_credits import CREDITS

    for name in PAGES:
        sources = {entry["source"] for entry in find_checkpoint(name).data if entry["pictures"]}
        assert sources and sources <= set(CREDITS)


def lines_report(ours: Figures, filters: Figures) -> Evaluation:
    rows = (Row("scan", 0, ours, {"procedural_01": ours}), *(Row(n, 0, filters, {}) for n in ("dog", "xdog", "canny")))
    return Evaluation(Protocol(Mode.SCAN, (0,), 384, 0), ("procedural_01",), {}, rows)


def test_being_ahead_is_said_only_where_it_is_so(words: ModuleType) -> None:
    from mode_reports import Report

    good: Figures = {"f_1px": 0.9, "f_2px": 0.95, "shading_drawn": 0.01}
    bad: Figures = {"f_1px": 0.8, "f_2px": 0.85, "shading_drawn": 0.1}
    mixed: Figures = {**good, "shading_drawn": 0.2}
    won, lost, drawn = (
        Report("one drawing", "", False, {1: lines_report(ours, theirs)})
        for ours, theirs in ((good, bad), (bad, good), (mixed, bad))
    )
    assert words.line_summary([won]).splitlines()[-1].split("|")[-2].strip() == "yes"
    assert "**no**" in words.line_summary([lost]) and "**no**" in words.line_summary([drawn])
    assert not [said for said in words.line_weak([won]) if "higher" in said or "less" in said]
    assert "F within 1 px is higher for dog, xdog and canny at × 1." in words.line_weak([lost])[0]
    assert "less shading is drawn for dog, xdog and canny at × 1." in words.line_weak([drawn])[0]


def test_colour_that_is_nearer_without_a_network_is_told(words: ModuleType) -> None:
    from mode_reports import HINTS, Report

    def figures(delta_e: float) -> Figures:
        return {"psnr": 30.0 - delta_e, "delta_e": delta_e, "colorfulness": 20.0, "luma_off": 1}

    rows = [Row("grayscale", count, figures(8.0), {"procedural_01": figures(8.0)}) for count in HINTS]
    rows += [Row("optimization", count, figures(9.0 if count < 16 else 3.0), {}) for count in HINTS]
    found = Evaluation(Protocol(Mode.GRAYSCALE, HINTS, 384, 0), ("procedural_01",), {"colorfulness": 50.0}, tuple(rows))
    report = Report("one drawing", "", False, {1: found})
    said = words.gray_weak([report])
    assert said[0] == "On one drawing ΔE2000 is lower for optimization with 16 hints and with 64 hints."
    assert "is 20, the artists' 50" in said[1]
    assert "1 of 255 levels" in words.gray_summary([report])


def test_a_shipped_card_says_who_made_the_pictures_and_where_it_is_weak() -> None:
    card = card_of(find_checkpoint("scan").path)
    plain = model_card(card)
    shipped = model_card(replace(card, credits="By friends.", figures="F is 1.", weak=("Cats become ink.",)))
    assert "Nobody has measured it yet." in plain and "Nobody has measured it yet." not in shipped
    for said in ("By friends.", "F is 1.", "- Cats become ink."):
        assert said in shipped and said not in plain
