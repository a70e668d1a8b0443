"""The mix of marks is the one asked for, and each kind does what its name says."""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from linepaint.trainer.hints import HintRecipe, Mark, Page, Paint, Shape, draw_mark, simulate_hints

from linepaint.imaging.basins import find_basins
from linepaint.imaging.opencv import cv2

DRAWS = 400
THIN = (0.008, 0.009)


@pytest.fixture
def page(flat_picture: Callable[..., tuple[np.ndarray, np.ndarray]]) -> Page:
    color, lines = flat_picture(128)
    return Page(color, find_basins(lines))


@pytest.fixture
def corridor() -> Page:
    """A long slanted corridor on an empty page."""
    color = np.full((128, 128, 3), 255, np.uint8)
    lines = np.full((128, 128), 255, np.uint8)
    box = cv2.boxPoints(((64, 64), (100, 20), 30)).astype(np.int32)
    cv2.fillPoly(color, [box], (90, 160, 60))
    cv2.polylines(lines, [box], True, 0, 2)
    color[lines == 0] = 0
    return Page(color, find_basins(lines))


def marks_of(page: Page, recipe: HintRecipe, count: int = DRAWS) -> list[Mark]:
    random = np.random.default_rng(7)
    return [draw_mark(page, recipe, random) for _ in range(count)]


def hints_of(page: Page, recipe: HintRecipe, seed: int, count: int = 1) -> np.ndarray:
    return simulate_hints(page.color, page.basins, recipe, np.random.default_rng(seed), count)


def areas_under(page: Page, mark: Mark) -> set[int]:
    return {page.area_at(at) for at in mark.path if not page.basins.ink[at[1], at[0]]}


def crosses_ink(page: Page, mark: Mark) -> bool:
    line = np.zeros(page.basins.ink.shape, np.uint8)
    cv2.polylines(line, [np.array(mark.path, np.int32)], False, 1)
    return bool((line.astype(bool) & page.basins.ink).any())


def test_shapes_and_paints_come_out_as_the_recipe_says(page: Page) -> None:
    recipe = HintRecipe(dots=0.3, region_strokes=0.5, sampled=0.25, wrong_color=0.1)
    marks = marks_of(page, recipe, 1000)
    shapes, paints = Counter(m.shape for m in marks), Counter(m.paint for m in marks)
    assert shapes[Shape.DOT] / 1000 == pytest.approx(0.3, abs=0.05)
    assert shapes[Shape.REGION] / 1000 == pytest.approx(0.5, abs=0.05)
    assert paints[Paint.SAMPLED] / 1000 == pytest.approx(0.25, abs=0.05)
    assert paints[Paint.WRONG] / 1000 == pytest.approx(0.1, abs=0.03)


@pytest.mark.parametrize("slip", ["overshoot", "misplaced"])
def test_careless_strokes_are_as_frequent_as_the_recipe_says(page: Page, slip: str) -> None:
    marks = marks_of(page, HintRecipe(dots=0.5, **{slip: 0.4}))
    flag = {"overshoot": "overshoots", "misplaced": "misplaced"}[slip]
    strokes = [m for m in marks if m.shape is not Shape.DOT]
    assert np.mean([getattr(m, flag) for m in strokes]) == pytest.approx(0.4, abs=0.09)
    assert not any(getattr(m, flag) for m in marks if m.shape is Shape.DOT), "a dot runs nowhere"


def test_dots_are_one_point_and_brushes_are_as_wide_as_asked(page: Page) -> None:
    marks = marks_of(page, HintRecipe(dots=1.0, radius=(0.02, 0.06)))
    assert all(m.path == [m.home] for m in marks)
    radii = {m.radius for m in marks}
    assert min(radii) == round(0.02 * 128) and max(radii) == round(0.06 * 128)


@pytest.mark.parametrize("region_strokes", [0.0, 1.0])
def test_careful_strokes_stay_in_their_area(page: Page, region_strokes: float) -> None:
    for mark in marks_of(page, HintRecipe(dots=0.0, region_strokes=region_strokes)):
        assert areas_under(page, mark) == {page.area_at(mark.home)}
        assert mark.home in mark.path
        assert not any(page.basins.ink[y, x] for x, y in mark.path)


def test_strokes_along_a_region_follow_its_longer_extent(corridor: Page) -> None:
    """In a corridor at 30 degrees they run along it, where a free stroke runs anywhere."""

    def alignment(recipe: HintRecipe) -> float:
        inside = corridor.area_at((64, 64))
        along = np.array([np.cos(np.pi / 6), np.sin(np.pi / 6)])
        found = []
        for mark in marks_of(corridor, recipe):
            run = np.subtract(mark.path[-1], mark.path[0])
            if corridor.area_at(mark.home) == inside and np.hypot(*run) >= 10:
                found.append(abs(run @ along) / np.hypot(*run))
        assert len(found) > 10
        return float(np.median(found))

    assert alignment(HintRecipe(dots=0.0, region_strokes=1.0)) > 0.95
    assert alignment(HintRecipe(dots=0.0, region_strokes=0.0)) < 0.95, "or the test shows nothing"


def test_overshooting_strokes_end_behind_a_line_and_misplaced_ones_begin_there(page: Page) -> None:
    """Where a line is near; far from any there is none to run over."""
    for slip, end in (("overshoot", -1), ("misplaced", 0)):
        behind = [
            page.area_at(mark.path[end]) != page.area_at(mark.home) and crosses_ink(page, mark)
            for mark in marks_of(page, HintRecipe(dots=0.0, **{slip: 1.0}))
            if page.area_at(mark.home) == page.area_at((64, 64))
        ]
        assert len(behind) > 50
        assert np.mean(behind) > 0.6


def test_a_careless_stroke_still_has_its_own_areas_colour(page: Page) -> None:
    recipe = HintRecipe(dots=0.0, overshoot=1.0, misplaced=1.0, radius=THIN)
    for seed in range(40):
        hints = hints_of(page, recipe, seed)
        home = draw_mark(page, recipe, np.random.default_rng(seed)).home
        painted = np.unique(hints[hints[..., 3] > 0][:, :3], axis=0)
        assert painted.tolist() == [page.color[home[1], home[0]].tolist()]


def test_wrong_colours_are_clearly_others(page: Page) -> None:
    recipe = HintRecipe(dots=1.0, wrong_color=1.0, radius=THIN)
    for seed in range(40):
        hints = hints_of(page, recipe, seed)
        on = hints[..., 3] > 0
        own = page.color[on & ~page.basins.ink].astype(int)
        assert np.abs(hints[on][0, :3] - np.median(own, axis=0)).max() > 40


def test_a_one_coloured_picture_has_wrong_colours_too() -> None:
    color, lines = np.full((48, 48, 3), (10, 200, 90), np.uint8), np.full((48, 48), 255, np.uint8)
    lines[20] = 0
    one = Page(color, find_basins(lines))
    for seed in range(10):
        hints = hints_of(one, HintRecipe(dots=1.0, wrong_color=1.0), seed)
        assert np.abs(hints[hints[..., 3] > 0][0, :3].astype(int) - color[0, 0]).min() > 40


def test_sampled_strokes_take_the_pictures_colours_along_their_way() -> None:
    ramp = np.repeat(np.linspace(0, 255, 96, dtype=np.uint8)[None, :, None], 96, axis=0).repeat(3, axis=2)
    lines = np.full((96, 96), 255, np.uint8)
    lines[-1] = 0
    shaded = Page(ramp, find_basins(lines))
    for seed in range(15):
        hints = hints_of(shaded, HintRecipe(dots=1.0, sampled=1.0, radius=(0.08, 0.1)), seed)
        on = (hints[..., 3] > 0) & ~shaded.basins.ink
        assert len(np.unique(hints[on][:, 0])) > 3, "not the one colour of an ordinary mark"
        assert np.abs(hints[on][:, :3].astype(int) - ramp[on]).max() <= 32


def test_jitter_changes_the_colour_of_a_mark_as_a_whole(page: Page) -> None:
    plain, noisy = (HintRecipe(dots=1.0, radius=THIN, jitter=jitter) for jitter in (0.0, 0.05))
    off = []
    for seed in range(150):
        hints, exact = hints_of(page, noisy, seed), hints_of(page, plain, seed)
        on = hints[..., 3] > 0
        assert len(np.unique(hints[on], axis=0)) == 1
        off.append(hints[on][0, :3].astype(float) - exact[on][0, :3])
    middle = [value for value in np.ravel(off) if abs(value) < 60]
    assert 4 < np.std(middle) < 16


def test_more_hints_begin_with_the_same_ones(page: Page) -> None:
    """Figures by the number of hints compare like with like only if 2 n hints hold the first n."""
    recipe = HintRecipe(
        region_strokes=0.3, overshoot=0.3, misplaced=0.2, sampled=0.2, wrong_color=0.1, jitter=0.02, radius=(0.01, 0.05)
    )
    few = hints_of(page, recipe, 3, count=0)
    for count in (1, 2, 4, 8, 16, 32, 64):
        more = hints_of(page, recipe, 3, count=count)
        old = few[..., 3] > 0
        assert np.array_equal(more[old], few[old])
        assert (more[..., 3] > 0).sum() > old.sum()
        few = more


def test_a_blank_page_can_be_hinted() -> None:
    white = np.full((40, 40, 3), 255, np.uint8)
    blank = Page(white, find_basins(white[..., 0]))
    recipe = HintRecipe(dots=0.2, region_strokes=0.4, overshoot=1.0, misplaced=1.0, sampled=0.5)
    for seed in range(20):
        hints = hints_of(blank, recipe, seed, count=5)
        assert (hints[hints[..., 3] > 0] == 255).all()
