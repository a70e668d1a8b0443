"""How derived lines are compared with the artist's own, and the filters that they are compared beside."""

import numpy as np
import pytest
from linepaint.trainer.drawings import draw
from linepaint.trainer.evaluation.cases import Case, enlarged
from linepaint.trainer.evaluation.ink import match_ink
from linepaint.trainer.evaluation.line_filters import FILTERS

from linepaint.engine.catalog import Mode

PAPER = np.full((40, 40), 255, np.uint8)


def stroke(column: int) -> np.ndarray:
    lines = PAPER.copy()
    lines[:, column] = 0
    return lines


@pytest.mark.parametrize(("away", "within_1", "within_2"), [(0, 1, 1), (1, 1, 1), (2, 0, 1), (3, 0, 0)])
def test_a_stroke_counts_up_to_the_tolerance(away: int, within_1: float, within_2: float) -> None:
    made, truth = stroke(20 + away), stroke(20)
    assert match_ink(made, truth, 1).f_score == within_1
    assert match_ink(made, truth, 2).f_score == within_2


def test_precision_falls_with_invented_ink_and_recall_with_missed_ink() -> None:
    both = np.minimum(stroke(10), stroke(30))
    invented, missed = match_ink(both, stroke(10), 1), match_ink(stroke(10), both, 1)
    assert (invented.precision, invented.recall) == (0.5, 1)
    assert (missed.precision, missed.recall) == (1, 0.5)
    assert invented.f_score == missed.f_score == pytest.approx(2 / 3)


def test_an_empty_page() -> None:
    assert match_ink(PAPER, PAPER, 1).f_score == 1
    assert match_ink(PAPER, stroke(5), 1).f_score == 0
    assert match_ink(stroke(5), PAPER, 1).f_score == 0


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_finds_a_dark_line_on_a_coloured_page(name: str) -> None:
    truth = np.minimum(stroke(19), stroke(20))
    picture = np.full((40, 40, 3), (240, 220, 150), np.uint8)
    picture[truth == 0] = 20
    made = FILTERS[name](picture)
    assert made.shape == (40, 40) and made.dtype == np.uint8
    assert match_ink(made, truth, 2).f_score > 0.9
    blank = FILTERS[name](np.full((40, 40, 3), (240, 220, 150), np.uint8))
    assert (blank == 255).all(), "a plain page has no lines"


@pytest.mark.parametrize("name", FILTERS)
def test_filters_draw_a_larger_picture_alike(name: str) -> None:
    drawing = draw(7, 384)
    small = FILTERS[name](drawing.color)
    twice = enlarged(Case("large", drawing.color, drawing.lines, True, Mode.SCAN), 2)
    large = FILTERS[name](twice.color)
    scores = match_ink(small, drawing.lines, 2).f_score, match_ink(large, twice.lines, 4).f_score
    assert scores[1] == pytest.approx(scores[0], abs=0.06), "they are not put at a disadvantage by size"
