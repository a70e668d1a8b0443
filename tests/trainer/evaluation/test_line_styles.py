"""Other line styles change the lines as their names say, and nothing else; the table compares with one truth."""

import numpy as np
import pytest
from linepaint.trainer.evaluation.case_files import CaseFile
from linepaint.trainer.evaluation.line_styles import LINE_STYLES
from linepaint.trainer.evaluation.painters import Painter, baseline_painter
from linepaint.trainer.evaluation.robustness import evaluate_line_styles, style_tables

from linepaint.engine.catalog import Mode
from linepaint.imaging.opencv import cv2


@pytest.fixture
def lines() -> np.ndarray:
    """A circle and a line across, 4 px wide: uint8 [160, 160]."""
    page = np.full((160, 160), 255, np.uint8)
    cv2.circle(page, (80, 80), 50, 0, 4, cv2.LINE_AA)
    cv2.line(page, (4, 150), (155, 150), 0, 4, cv2.LINE_AA)
    return page


def styled(name: str, lines: np.ndarray, seed: int = 0) -> np.ndarray:
    made = LINE_STYLES[name](lines, np.random.default_rng(seed))
    assert made.dtype == np.uint8 and made.shape == lines.shape
    return made


def inside_and_outside(lines: np.ndarray) -> bool:
    """Whether the circle parts its inside from its outside."""
    _, areas = cv2.connectedComponents((lines >= 200).astype(np.uint8), connectivity=4)
    return bool(areas[80, 80] != areas[10, 10])


@pytest.mark.parametrize("name", LINE_STYLES)
def test_a_style_is_the_same_for_the_same_seed(name: str, lines: np.ndarray) -> None:
    assert np.array_equal(styled(name, lines), styled(name, lines))
    assert np.array_equal(styled(name, lines), lines) == (name == "as drawn")


@pytest.mark.parametrize(("name", "factor"), [("width × 0.5", 0.5), ("width × 2", 2), ("width × 3", 3)])
def test_widths_are_changed_by_their_factor(name: str, factor: float, lines: np.ndarray) -> None:
    def ink(page: np.ndarray) -> float:
        return float((255 - page.astype(float)).sum())

    made = styled(name, lines)
    assert ink(made) / ink(lines) == pytest.approx(factor, rel=0.25)
    assert inside_and_outside(made), "no line breaks"


def test_thinning_keeps_the_finest_lines() -> None:
    page = np.full((120, 120), 255, np.uint8)
    cv2.circle(page, (60, 60), 40, 0, 8, cv2.LINE_AA)
    cv2.circle(page, (60, 60), 20, 0, 1)
    made = styled("width × 0.5", page)
    assert (made[38:43, 60] < 200).any(), "a hair among wide strokes"


def test_gaps_open_what_was_closed(lines: np.ndarray) -> None:
    assert inside_and_outside(lines) and not inside_and_outside(styled("gaps", lines))


@pytest.mark.parametrize("name", ["low contrast", "grey pencil", "JPEG", "sketchy", "noise"])
def test_ink_stays_ink(name: str, lines: np.ndarray) -> None:
    made = styled(name, lines)
    core = cv2.dilate(lines, np.ones((3, 3), np.uint8)) < 30
    assert np.mean(made[core] < 200) > 0.95
    if name in ("low contrast", "grey pencil"):
        assert made[core].mean() > 60


def test_a_screentone_is_dots_on_paper() -> None:
    page = np.full((160, 160), 255, np.uint8)
    page[:, ::40] = 0
    made = styled("screentone", page, seed=3)
    added = (made < 128) & (page == 255)
    assert 0.02 < added.mean() < 0.25
    assert cv2.connectedComponents(added.astype(np.uint8))[0] > 50


def test_results_are_compared_under_the_drawings_own_lines(cases: list[CaseFile]) -> None:
    truths = {case.load().lines.tobytes(): case.load().color for case in cases}
    first = next(iter(truths.values()))
    knows = Painter("knows", lambda case: lambda _: case.color, fill=lambda lines: lambda hints: first)
    robustness = evaluate_line_styles([knows, baseline_painter("flood", Mode.LINEART)], cases, 64, 0)
    mine = [row for row in robustness.rows if row.name == "knows"]
    assert [row.style for row in mine] == list(LINE_STYLES)
    assert {row.psnr for row in mine} == {mine[0].psnr}, "the same colours are the same whatever the lines were"
    flood = {row.style: row for row in robustness.rows if row.name == "flood"}
    assert flood["gaps"].psnr < flood["as drawn"].psnr
    text = style_tables(robustness)
    assert text.count("as drawn") == 3 and "screentone" in text
    assert len(robustness.as_json()["rows"]) == 2 * len(LINE_STYLES)
