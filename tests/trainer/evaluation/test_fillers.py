"""What the classical fillers do with two dots in two halves, with a gap, with ink under a hint, and with no hint."""

from collections.abc import Callable

import numpy as np
import pytest
from linepaint.trainer.evaluation.case_files import procedural_cases
from linepaint.trainer.evaluation.fillers import FILLERS

from linepaint.engine.catalog import Mode

RED, BLUE = (200, 40, 60), (40, 90, 220)
AWARE = sorted(set(FILLERS) - {"nearest"})
Halves = tuple[np.ndarray, np.ndarray]


@pytest.fixture
def lopsided() -> np.ndarray:
    """A red dot far left and a blue one just right of the middle: uint8 [64, 64, 4]."""
    hints = np.zeros((64, 64, 4), np.uint8)
    hints[30:34, 4:8] = (*RED, 255)
    hints[30:34, 36:40] = (*BLUE, 255)
    return hints


@pytest.mark.parametrize("name", AWARE)
def test_a_line_stops_the_colour(name: str, halves: Halves, lopsided: np.ndarray) -> None:
    truth, lines = halves
    made = FILLERS[name](lines)(lopsided)
    assert made.dtype == np.uint8 and made.shape == truth.shape
    # A pixel beside the line is its affair.
    for half, color in ((made[:, :29], RED), (made[:, 35:], BLUE)):
        assert np.mean((half == color).all(axis=2)) > 0.99, name


def test_the_nearest_hint_knows_of_no_line(halves: Halves, lopsided: np.ndarray) -> None:
    made = FILLERS["nearest"](halves[1])(lopsided)
    assert tuple(made[32, 12]) == RED and tuple(made[32, 26]) == BLUE, "across the line"


@pytest.mark.parametrize(("name", "leaks"), [("flood", True), ("trapped-ball", False), ("random-walker", False)])
def test_a_gap_is_closed_by_those_that_say_so(name: str, leaks: bool, halves: Halves, two_dots: np.ndarray) -> None:
    lines = halves[1].copy()
    lines[10:12] = 255
    made = FILLERS[name](lines)(two_dots)
    both = {tuple(made[40, 10]), tuple(made[40, 50])}
    assert both == ({RED} if leaks else {RED, BLUE}) or (leaks and len(both) == 1)


@pytest.mark.parametrize("name", FILLERS)
def test_without_hints_all_stays_white(name: str, halves: Halves) -> None:
    assert (FILLERS[name](halves[1])(np.zeros((64, 64, 4), np.uint8)) == 255).all()


@pytest.mark.parametrize("name", FILLERS)
def test_a_hint_for_the_outline_floods_nothing(name: str, halves: Halves, two_dots: np.ndarray) -> None:
    hints = two_dots.copy()
    hints[:, 30:34] = (10, 10, 10, 255)
    made = FILLERS[name](halves[1])(hints)
    assert not (made[:, :29].max(axis=2) < 60).any()


def test_an_area_without_a_hint_stays_white_under_the_paint_bucket(halves: Halves, two_dots: np.ndarray) -> None:
    hints = two_dots.copy()
    hints[:, 32:] = 0
    made = FILLERS["flood"](halves[1])(hints)
    assert (made[:, 34:] == 255).all() and tuple(made[5, 5]) == RED
    trapped = FILLERS["trapped-ball"](halves[1])(hints)
    assert tuple(trapped[32, 60]) == RED, "there is no other colour to take"


@pytest.mark.parametrize("name", FILLERS)
def test_the_same_drawing_is_filled_the_same(name: str, halves: Halves, two_dots: np.ndarray) -> None:
    case = procedural_cases(1, Mode.LINEART, 96, 0)[0].load()
    hints = case.with_hints(8).hints
    fill: Callable[[np.ndarray], np.ndarray] = FILLERS[name](case.lines)
    first = fill(hints)
    fill(np.zeros_like(hints))
    assert np.array_equal(fill(hints), first)
    assert len(np.unique(first.reshape(-1, 3), axis=0)) > 2
