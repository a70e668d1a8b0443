"""Imitated hints: as many as asked for, in the open, in the artist's own colours."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pytest
from linepaint.trainer.drawings import draw
from linepaint.trainer.hints import HintRecipe, simulate_hints

from linepaint.imaging.basins import Basins, find_basins
from linepaint.imaging.opencv import cv2

Flat = tuple[np.ndarray, Basins]


@pytest.fixture
def flat(flat_picture: Callable[..., tuple[np.ndarray, np.ndarray]]) -> Flat:
    color, lines = flat_picture(128)
    return color, find_basins(lines)


def hints_of(flat: Flat, recipe: HintRecipe, seed: int, count: int | None = None) -> np.ndarray:
    return simulate_hints(*flat, recipe, np.random.default_rng(seed), count)


def patches(hints: np.ndarray) -> int:
    return int(cv2.connectedComponents((hints[..., 3] > 0).astype(np.uint8))[0]) - 1


def test_the_share_without_any_hint_is_as_the_recipe_says(flat: Flat) -> None:
    recipe = HintRecipe(none=0.3)
    bare = np.mean([not hints_of(flat, recipe, seed).any() for seed in range(200)])
    assert bare == pytest.approx(0.3, abs=0.1)
    assert not any(hints_of(flat, HintRecipe(none=1.0), seed).any() for seed in range(10))
    assert all(hints_of(flat, HintRecipe(none=0.0), seed).any() for seed in range(10))


def test_there_are_never_more_than_the_recipe_allows(flat: Flat) -> None:
    recipe = HintRecipe(none=0.0, most=5, radius=(0.008, 0.01))
    counts = [patches(hints_of(flat, recipe, seed)) for seed in range(120)]
    assert max(counts) == 5 and min(counts) == 1
    assert np.median(counts) <= 3, "few are more usual than many"


def test_a_number_that_is_asked_for_is_given(flat: Flat) -> None:
    recipe = HintRecipe(none=1.0, dots=1.0, radius=(0.008, 0.01))
    assert not hints_of(flat, recipe, 0, count=0).any()
    assert patches(hints_of(flat, recipe, 0, count=1)) == 1
    assert 6 <= patches(hints_of(flat, recipe, 0, count=8)) <= 8


def test_colours_are_the_pictures_own_under_the_mark(flat: Flat) -> None:
    color, basins = flat
    for seed in range(25):
        hints = hints_of(flat, HintRecipe(none=0.0), seed, count=1)
        marked = (hints[..., 3] > 0) & ~basins.ink
        assert set(np.unique(hints[..., 3])) == {0, 255}
        painted = np.unique(hints[hints[..., 3] > 0][:, :3], axis=0)
        assert len(painted) == 1 and painted.any(), "never the black of the ink"
        assert (color[marked] == painted[0]).all(axis=1).mean() > 0.5


def test_strokes_stay_where_the_colour_is_the_same(flat: Flat) -> None:
    """A walk ends at ink: what spills over is the width of the brush."""
    color, basins = flat
    recipe = HintRecipe(dots=0.0, radius=(0.008, 0.009))
    spilt = marked = 0
    for seed in range(40):
        hints = hints_of(flat, recipe, seed, count=1)
        on = (hints[..., 3] > 0) & ~basins.ink
        marked += int(on.sum())
        spilt += int((color[on] != hints[on][:, :3]).any(axis=1).sum())
    assert spilt < 0.02 * marked


def test_strokes_are_longer_than_dots(flat: Flat) -> None:
    recipe = HintRecipe(radius=(0.01, 0.011))
    covered = {
        dots: np.mean(
            [np.count_nonzero(hints_of(flat, dataclasses.replace(recipe, dots=dots), s, 1)) for s in range(20)]
        )
        for dots in (0.0, 1.0)
    }
    assert covered[0.0] > 1.5 * covered[1.0]


def test_small_areas_get_their_share(flat: Flat) -> None:
    """The strip at the top is an eighth of the page, the disc a fifth; by area alone they would be passed over."""
    tops = sum(bool(hints_of(flat, HintRecipe(dots=1.0), seed, count=1)[:14].any()) for seed in range(150))
    assert tops / 150 > 0.18


def test_a_page_without_paper_gets_none() -> None:
    black = np.zeros((64, 64), np.uint8)
    color = np.zeros((64, 64, 3), np.uint8)
    assert not simulate_hints(color, find_basins(black), HintRecipe(none=0), np.random.default_rng(0)).any()


def test_the_same_seed_gives_the_same_hints() -> None:
    drawing = draw(4, 96)
    flat = drawing.color, find_basins(drawing.lines)
    assert np.array_equal(hints_of(flat, HintRecipe(), 5, 9), hints_of(flat, HintRecipe(), 5, 9))
    assert not np.array_equal(hints_of(flat, HintRecipe(), 5, 9), hints_of(flat, HintRecipe(), 6, 9))
