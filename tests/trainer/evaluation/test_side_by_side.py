"""Which picture a sheet shows where."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from linepaint.trainer.evaluation.case_files import CaseFile, picture_cases
from linepaint.trainer.evaluation.contest import Contest
from linepaint.trainer.evaluation.painters import Painter, folder_painter
from linepaint.trainer.evaluation.side_by_side import given_picture, side_by_side

from linepaint.engine.catalog import Mode
from linepaint.imaging.opencv import cv2

CELL = 64


@pytest.fixture
def contest(cases: list[CaseFile], copyist: Painter, painter_of: Callable[..., Painter]) -> Contest:
    """The truth itself beside a painter whose grey says how many hints it was given."""
    counter = painter_of("counter", lambda case, count: np.full_like(case.color, count))
    return Contest(Mode.LINEART, (copyist, counter), tuple(cases), (0, 4), 64, 0)


def test_several_painters_stand_across_and_hints_down(contest: Contest) -> None:
    sheet = side_by_side(contest, CELL)
    assert sheet.columns == ("line art, hints", "copyist", "counter", "truth")
    assert [group.title for group in sheet.groups] == ["friends one", "friends two"]
    rows = sheet.groups[1].rows
    assert [row.label for row in rows] == ["no hints", "4 hints"]
    truth = contest.cases[1].load().color
    for row, count in zip(rows, (0, 4), strict=True):
        _, copied, counted, shown = row.cells
        assert copied is not None and np.array_equal(copied, truth)
        assert counted is not None and (counted == count).all()
        assert shown is not None and np.array_equal(shown, truth)


def test_one_painter_stands_alone_with_hints_across(contest: Contest) -> None:
    alone = dataclasses.replace(contest, painters=contest.painters[1:])
    sheet = side_by_side(alone, CELL)
    assert sheet.columns == ("no hints", "4 hints", "truth")
    given, made = sheet.groups[0].rows
    assert (given.label, made.label) == ("given", "counter")
    assert [int(cell.max()) for cell in made.cells[:2] if cell is not None] == [0, 4]
    assert given.cells[2] is None
    bare = side_by_side(alone, CELL, inputs=False)
    assert [row.label for row in bare.groups[0].rows] == ["counter"]


def test_columns_can_be_chosen(contest: Contest) -> None:
    sheet = side_by_side(contest, CELL, "hints")
    assert [row.label for row in sheet.groups[0].rows] == ["given", "copyist", "counter"]


def test_a_result_that_is_not_there_leaves_its_place_empty(contest: Contest, tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    for name in ("friends_one", "friends_two"):
        cv2.imwrite(str(tmp_path / "results" / f"{name}.png"), np.zeros((64, 64, 3), np.uint8))
    sheet = side_by_side(dataclasses.replace(contest, painters=(folder_painter("f", tmp_path / "results"),)), CELL)
    _, made = sheet.groups[0].rows
    assert made.cells[0] is not None and made.cells[1] is None


def test_scan_shows_the_picture_and_the_artists_lines(picture_folder: Path, painter_of: Callable[..., Painter]) -> None:
    cases = tuple(picture_cases([picture_folder], Mode.SCAN, 64, 0))
    tracer = painter_of("tracer", lambda case, _: case.lines)
    sheet = side_by_side(Contest(Mode.SCAN, (tracer,), cases, (0,), 64, 0), CELL)
    assert sheet.columns == ("picture", "tracer", "the artist's lines")
    picture, made, lines = sheet.groups[0].rows[0].cells
    case = cases[0].load()
    assert picture is not None and np.array_equal(picture, case.color)
    assert made is not None and lines is not None and np.array_equal(made, lines)


def test_hints_are_seen_on_what_was_given(cases: list[CaseFile]) -> None:
    case = cases[0].load()
    bare, hinted = given_picture(case, 0, CELL), given_picture(case, 8, CELL)
    assert np.array_equal(bare, cv2.cvtColor(case.lines, cv2.COLOR_GRAY2RGB))
    hints = case.with_hints(8).hints
    on = hints[..., 3] > 0
    assert np.array_equal(hinted[on], hints[on][:, :3])
    assert given_picture(case, 8, 32).shape == (32, 32, 3)
