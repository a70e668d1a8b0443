"""Hint-AUC: the same hints for the same truth, the largest regions first, and areas that follow from the figures."""

from collections.abc import Callable

import numpy as np
import pytest
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.evaluation.case_files import CaseFile, procedural_cases
from linepaint.trainer.evaluation.hint_auc import RATIOS, evaluate_hint_auc, region_hints
from linepaint.trainer.evaluation.hint_auc.paths import longest_path, medoid
from linepaint.trainer.evaluation.hint_auc.regions import GRID
from linepaint.trainer.evaluation.hint_auc.report import hint_auc_tables
from linepaint.trainer.evaluation.hint_auc.scoring import Score, score, squared_up
from linepaint.trainer.evaluation.painters import Painter, baseline_painter

from linepaint.engine.catalog import Mode

RED, BLUE, GREEN = (200, 40, 60), (40, 90, 220), (30, 160, 80)


@pytest.fixture
def thirds() -> np.ndarray:
    """A truth of three areas, the upper half red, a larger blue and a smaller green one below: uint8 [128, 192, 3]."""
    truth = np.empty((128, 192, 3), np.uint8)
    truth[:64] = RED
    truth[64:, :120], truth[64:, 120:] = BLUE, GREEN
    return truth


def test_each_region_has_a_scribble_in_its_own_colour(thirds: np.ndarray) -> None:
    hints = region_hints(thirds).at(1.0, "scribble", (128, 192))
    on = hints[..., 3] == 255
    assert hints.shape == (128, 192, 4) and not hints[~on].any()
    assert np.abs(hints[on][:, :3].astype(int) - thirds[on]).max() <= 1, "means are rounded down"
    assert {tuple(c) for c in hints[on][:, :3]} == {RED, BLUE, GREEN}


def test_a_dot_is_one_square_on_the_scribble(thirds: np.ndarray) -> None:
    hints = region_hints(thirds)
    count = hints.regions.count
    assert hints.dots.sum() == count and not (hints.dots & ~hints.scribbles).any()
    assert set(hints.regions.labels[hints.dots]) == set(range(count)), "one in each"
    dots = hints.at(1.0, "dot", (GRID * 2, GRID * 2))[..., 3] == 255
    assert dots.sum() == count * 4, "each square becomes two by two pixels"


def test_the_largest_regions_come_first(thirds: np.ndarray) -> None:
    hints = region_hints(thirds)
    count, areas = hints.regions.count, np.bincount(hints.regions.labels.ravel())
    assert not hints.at(0.0, "dot", (GRID, GRID)).any()
    assert not hints.at(0.9 / count, "dot", (GRID, GRID)).any(), "0.9 regions are none"
    for many in range(1, count + 1):
        shown = hints.at((many + 0.5) / count, "dot", (GRID, GRID))[..., 3] > 0
        hinted = hints.regions.labels[shown]
        assert sorted(areas[hinted]) == sorted(areas)[-many:]
    first = hints.at(1.1 / count, "scribble", (GRID, GRID))
    assert {tuple(c) for c in first[first[..., 3] > 0][:, :3]} == {RED}


def test_a_segment_in_two_parts_is_two_regions() -> None:
    truth = np.full((128, 128, 3), 255, np.uint8)
    truth[:, 50:78] = BLUE
    truth[50:78] = BLUE
    regions = region_hints(truth).regions
    assert regions.count == 5, "a cross and four corners"
    assert [tuple(color) for color in regions.colors[regions.order]].count((255, 255, 255)) == 4


def test_the_longest_path_leaves_out_side_branches() -> None:
    region = np.zeros((20, 40), bool)
    region[10, 2:38] = True
    region[4:10, 20] = True
    path = {tuple(place) for place in longest_path(region)}
    assert {(10, 2), (10, 37)} <= path
    assert (4, 20) not in path and len(path) == 36
    assert tuple(medoid(np.array(sorted(path)))) == (10, 19)


def test_the_longest_path_of_a_ring_is_half_of_it() -> None:
    y, x = np.mgrid[:41, :41] - 20
    ring = np.abs(np.hypot(y, x) - 14) < 2
    path = longest_path(ring)
    assert 38 <= len(path) <= 50, "about π · 14 steps"
    assert ring[tuple(path.T)].all()


def test_a_single_pixel_is_its_own_path() -> None:
    region = np.zeros((5, 5), bool)
    region[2, 3] = True
    assert longest_path(region).tolist() == [[2, 3]]


def test_identical_pictures_have_the_best_figures(thirds: np.ndarray) -> None:
    same = squared_up(thirds)
    assert same.shape == (256, 256, 3) and same.dtype == np.float32
    best = score(same, same)
    assert best.mse == 0 and best.psnr == pytest.approx(100) and best.ssim == pytest.approx(1)
    darker = score(same * np.float32(0.5), same)
    assert darker.psnr < 20 and darker.ssim < 1


def test_shrinking_is_antialiased() -> None:
    stripes = np.zeros((512, 512, 3), np.uint8)
    stripes[:, ::2] = 255
    middle = squared_up(stripes)[:, 8:-8]
    assert np.abs(middle - 0.5).max() < 0.2, "no stripes of its own"


def test_the_area_is_taken_by_trapezoids() -> None:
    rising = [Score(0.0, 20 * ratio, ratio) for ratio in RATIOS]
    area = Score.area(RATIOS, rising)
    assert (area.mse, area.psnr, area.ssim) == pytest.approx((0, 10, 0.5))


def test_a_painter_is_measured_at_every_ratio() -> None:
    cases: list[CaseFile] = procedural_cases(1, Mode.LINEART, 64, 0)
    seen: list[int] = []
    painters = [baseline_painter("watershed", Mode.LINEART)]
    auc = evaluate_hint_auc(painters, cases, ("scribble", "dot"), 64, seen.append)
    assert sum(seen) == 2 * len(RATIOS)
    assert [(c.name, c.kind) for c in auc.curves] == [("watershed", "scribble"), ("watershed", "dot")]
    for curve in auc.curves:
        assert curve.scores[0].psnr == auc.curves[0].scores[0].psnr, "without hints all are white"
        assert curve.scores[-1].psnr > curve.scores[0].psnr + 3
    text = hint_auc_tables(auc)
    assert text.count("Hint-AUC") == 2 and "**" in text
    assert auc.as_json()["curves"][0]["hint_auc"].keys() == {"mse", "psnr", "ssim"}


def test_a_folder_of_results_cannot_take_part(painter_of: Callable[..., Painter], cases: list[CaseFile]) -> None:
    folder = painter_of("theirs", lambda case, count: case.color)
    with pytest.raises(TrainingError, match=r"theirs .* leave it out"):
        evaluate_hint_auc([folder], cases, ("dot",), 64)
