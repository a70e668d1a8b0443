"""Colourfulness without hints is compared by its distribution, not by its mean alone."""

from collections.abc import Callable

import numpy as np
import pytest
from linepaint.trainer.evaluation.case_files import CaseFile, procedural_cases
from linepaint.trainer.evaluation.liveliness import Liveliness, evaluate_liveliness, liveliness_table
from linepaint.trainer.evaluation.painters import Painter

from linepaint.engine.catalog import Mode
from linepaint.imaging.opencv import cv2


def test_the_same_mean_can_be_far_from_the_truth() -> None:
    truth = Liveliness("truth", np.array([50.0, 50, 50, 50]))
    away = Liveliness("either", np.array([0.0, 0, 100, 100])).away(truth)
    assert away[0] == 0 and max(map(abs, away)) == pytest.approx(1)


def test_grey_is_far_and_the_truth_itself_is_not(copyist: Painter, painter_of: Callable[..., Painter]) -> None:
    cases: list[CaseFile] = procedural_cases(4, Mode.LINEART, 64, 0)
    grey = painter_of("grey", lambda case, count: cv2.cvtColor(case.lines, cv2.COLOR_GRAY2RGB))
    report = evaluate_liveliness([copyist, grey], cases, 64)
    plain = report.as_json()
    assert set(plain["rows"][0]["away"].values()) == {0}
    assert plain["rows"][1]["away"]["mean"] == pytest.approx(-1)
    lines = liveliness_table(report).splitlines()
    assert lines[2].split("|")[-2].strip() == "0 %" and lines[3].split("|")[-2].strip() == "100 %"
    assert lines[4].split("|")[1].strip() == "*truth*"
