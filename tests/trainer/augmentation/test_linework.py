"""Another hand's lines are still this drawing's lines, and its paper is still paper."""

from collections.abc import Callable

import numpy as np
import pytest
from linepaint.trainer.data.augmentation import AugmentRecipe, augment_pair, augment_source, linework
from linepaint.trainer.data.augmentation.augment import erase
from linepaint.trainer.data.pictures import Pair
from linepaint.trainer.drawings import draw

from linepaint.imaging.basins import INK_BELOW
from linepaint.imaging.opencv import cv2

HANDS: dict[str, Callable[[np.ndarray, np.random.Generator], np.ndarray]] = {
    name: getattr(linework, name) for name in ("roughen", "wobble", "sketchy", "pencil", "scan")
}


@pytest.fixture(scope="module")
def lines() -> np.ndarray:
    return draw(2, 128).lines


@pytest.mark.parametrize("name", HANDS)
def test_no_ink_where_there_was_none_and_most_of_it_is_left(name: str, lines: np.ndarray) -> None:
    near_ink = cv2.dilate((lines < 200).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    before = lines.copy()
    results = set()
    for seed in range(20):
        changed = HANDS[name](lines, np.random.default_rng(seed))
        assert changed.shape == lines.shape and changed.dtype == np.uint8
        assert (changed[~near_ink] >= INK_BELOW).all(), "paper stays paper for the areas' sake"
        assert (changed < INK_BELOW).sum() > 0.3 * (lines < 128).sum()
        assert np.array_equal(changed, HANDS[name](lines, np.random.default_rng(seed)))
        results.add(changed.tobytes())
    assert len(results) > 10
    assert np.array_equal(lines, before)


@pytest.mark.parametrize("name", HANDS)
def test_a_blank_page_stays_free_of_ink(name: str) -> None:
    blank = np.full((40, 52), 255, np.uint8)
    for seed in range(10):
        assert (HANDS[name](blank, np.random.default_rng(seed)) >= INK_BELOW).all()


def test_sketchy_lines_are_drawn_twice(lines: np.ndarray) -> None:
    twice = [linework.sketchy(lines, np.random.default_rng(seed)) for seed in range(5)]
    assert all((more <= lines).all() and (more < INK_BELOW).sum() > 1.1 * (lines < INK_BELOW).sum() for more in twice)


def test_a_pencil_is_grey_and_grainy() -> None:
    black = np.zeros((32, 32), np.uint8)
    grey = linework.pencil(black, np.random.default_rng(0))
    assert 20 < grey.mean() < 150 and grey.std() > 3


@pytest.mark.parametrize("channels", [(), (3,)])
def test_erasing_leaves_blank_rectangles_and_the_rest_as_it_was(channels: tuple[int, ...]) -> None:
    full = np.full((60, 90, *channels), 7, np.uint8)
    for seed in range(30):
        left = erase(full, np.random.default_rng(seed))
        assert set(np.unique(left)) == {7, 255}
        assert 0 < np.mean(left == 255) <= 3 * 0.25**2
    assert (full == 7).all()


@pytest.mark.parametrize("name", ["rough_lines", "wobble", "sketchy", "pencil", "scan", "blur", "erase"])
def test_each_change_is_made_as_often_as_the_recipe_says(name: str, lines: np.ndarray) -> None:
    off = AugmentRecipe(rough_lines=0)

    def changed(recipe: AugmentRecipe) -> float:
        made = [augment_source(lines, recipe, np.random.default_rng(seed), is_lines=True) for seed in range(80)]
        return float(np.mean([not np.array_equal(one, lines) for one in made]))

    assert changed(off) == 0
    share = changed(AugmentRecipe(**({"rough_lines": 0.0} | {name: 0.5})))
    # Roughening itself leaves some drawings as they are.
    assert (0.2 if name == "rough_lines" else 0.33) < share < 0.67


def test_changes_of_lines_are_not_made_to_pictures() -> None:
    color = draw(3, 64).color
    recipe = AugmentRecipe(rough_lines=1, wobble=1, sketchy=1, pencil=1, scan=1)
    assert np.array_equal(augment_source(color, recipe, np.random.default_rng(0), is_lines=False), color)


def test_the_target_keeps_what_the_source_loses() -> None:
    drawing = draw(4, 96)
    pair = Pair(drawing.color, drawing.lines)
    worse = AugmentRecipe(recolor=0, rough_lines=1, wobble=1, sketchy=1, pencil=1, scan=1, blur=1, erase=1)
    better = AugmentRecipe(recolor=0, rough_lines=0)
    for seed in range(5):
        spoiled, plain = (augment_pair(pair, r, 64, np.random.default_rng(seed)) for r in (worse, better))
        assert np.array_equal(spoiled.color, plain.color)
        assert not np.array_equal(spoiled.lines, plain.lines)


def test_colours_are_left_alone_when_asked() -> None:
    drawing = draw(4, 96)
    pair, recipe = Pair(drawing.color, drawing.lines), AugmentRecipe(recolor=1, palette_swap=1, tone=1)
    kept, plain = (
        augment_pair(pair, r, 64, np.random.default_rng(3), keep_colors=True) for r in (recipe, AugmentRecipe())
    )
    assert np.array_equal(kept.color, plain.color)
