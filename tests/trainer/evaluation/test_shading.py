"""What counts as shading drawn as lines: ink along colour borders where the artist has none."""

import numpy as np
import pytest
from linepaint.trainer.evaluation import metrics
from linepaint.trainer.evaluation.case_files import CaseFile, procedural_cases
from linepaint.trainer.evaluation.cases import Case, enlarged
from linepaint.trainer.evaluation.measuring import measure_lines, summarise_lines
from linepaint.trainer.evaluation.shading import Shading, borders_off_ink, shading_drawn

from linepaint.engine.catalog import Mode

SIDE = 60


@pytest.fixture
def shaded() -> Case:
    """A cel shadow's border down the middle, without a line, and a line of ink far to the left of it."""
    color = np.full((SIDE, SIDE, 3), (240, 200, 160), np.uint8)
    color[:, SIDE // 2 :] = (180, 130, 110)
    lines = np.full((SIDE, SIDE), 255, np.uint8)
    lines[:, 10:12] = 0
    color[lines == 0] = 0
    return Case("shaded", color, lines, True, Mode.SCAN)


def with_line(lines: np.ndarray, x: int) -> np.ndarray:
    more = lines.copy()
    more[:, x] = 0
    return more


def test_borders_are_where_colours_meet_and_not_the_sides_of_a_line(shaded: Case) -> None:
    borders = borders_off_ink(metrics.lab(shaded.color), shaded.lines)
    assert set(np.nonzero(borders)[1]) == {SIDE // 2 - 1, SIDE // 2}


def test_soft_shading_has_no_border() -> None:
    ramp = np.repeat(np.linspace(90, 220, SIDE).astype(np.uint8)[None, :, None], SIDE, axis=0).repeat(3, axis=2)
    paper = np.full((SIDE, SIDE), 255, np.uint8)
    borders = borders_off_ink(metrics.lab(ramp), paper)
    assert not borders.any()
    assert shading_drawn(with_line(paper, 30), paper, borders).share is None


@pytest.mark.parametrize(("x", "share"), [(None, 0.0), (SIDE // 2, 1.0), (SIDE // 2 + 1, 0.5), (SIDE // 2 + 9, 0.0)])
def test_only_ink_along_the_border_draws_it(shaded: Case, x: int | None, share: float) -> None:
    made = shaded.lines if x is None else with_line(shaded.lines, x)
    assert measure_lines(shaded, made).alone()["shading_drawn"] == share


def test_ink_on_the_artists_own_draws_no_shading(shaded: Case) -> None:
    beside = Case("beside", shaded.color, with_line(shaded.lines, SIDE // 2 - 4), True, Mode.SCAN)
    widened = with_line(beside.lines, SIDE // 2 - 3)
    assert measure_lines(beside, widened).alone()["shading_drawn"] == 0, "a wider line, not another one"


def test_shares_are_pooled_over_a_set(shaded: Case) -> None:
    assert (Shading(1, 2) + Shading(0, 2)).share == 0.25
    made = [measure_lines(shaded, lines) for lines in (shaded.lines, with_line(shaded.lines, SIDE // 2))]
    assert summarise_lines(made)["shading_drawn"] == 0.5


@pytest.mark.parametrize("times", [2, 4])
def test_an_enlarged_picture_is_measured_in_its_own_pixels(shaded: Case, times: int) -> None:
    large = enlarged(shaded, times)
    assert large.color.shape == (SIDE * times, SIDE * times, 3)
    away = np.roll(large.lines, 2 * times, axis=1)
    figures = measure_lines(large, away).alone()
    assert figures["f_2px"] == 1 and (figures["f_1px"] or 0) < 0.7
    drawn = large.lines.copy()
    drawn[:, SIDE // 2 * times : SIDE // 2 * times + times] = 0
    assert (measure_lines(large, drawn).alone()["shading_drawn"] or 0) > 0.8


def test_drawings_of_our_own_have_borders_without_lines() -> None:
    file: CaseFile = procedural_cases(1, Mode.SCAN, 128, 0, enlarge=2)[0]
    case = file.load()
    assert case.color.shape == (256, 256, 3) and case.borders.any()
