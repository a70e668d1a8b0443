"""A finished picture in coloured ink, in shadow, as a JPEG: its lines are the same, and its paper stays lighter."""

from collections.abc import Callable

import numpy as np
import pytest
from linepaint.trainer.data.augmentation import AugmentRecipe, augment_finish, finish
from linepaint.trainer.data.pictures import Pair
from linepaint.trainer.drawings import draw

from linepaint.imaging.opencv import cv2

CHANGES: dict[str, Callable[[Pair, np.random.Generator], np.ndarray]] = {
    "ink_tint": finish.tint_ink,
    "shadows": finish.shade,
    "jpeg": lambda pair, random: finish.compress(pair.color, random),
}
SEEDS = range(12)


def random(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def pair() -> Pair:
    drawing = draw(2, (96, 70), "shapes")
    drawing.color.flags.writeable = drawing.lines.flags.writeable = False
    return Pair(drawing.color, drawing.lines)


@pytest.fixture(scope="module")
def page() -> Pair:
    """A black frame on light paper."""
    lines = np.full((64, 80), 255, np.uint8)
    cv2.rectangle(lines, (12, 12), (67, 51), 0, 3)
    color = np.full((64, 80, 3), (240, 220, 200), np.uint8)
    color[lines == 0] = 0
    return Pair(color, lines)


@pytest.mark.parametrize("name", CHANGES)
def test_a_seed_repeats_a_change_and_another_varies_it(name: str, pair: Pair) -> None:
    made = [CHANGES[name](pair, random(seed)) for seed in SEEDS]
    assert all(one.shape == pair.color.shape and one.dtype == np.uint8 for one in made)
    assert all(np.array_equal(one, CHANGES[name](pair, random(seed))) for seed, one in zip(SEEDS, made, strict=True))
    assert len({one.tobytes() for one in made}) > 8


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("size", [(16, 16), (17, 120), (1, 1)])
def test_any_size_will_do(name: str, size: tuple[int, int]) -> None:
    blank = Pair(np.full((*size, 3), 200, np.uint8), np.full(size, 255, np.uint8))
    assert all(CHANGES[name](blank, random(seed)).shape == (*size, 3) for seed in SEEDS)


def test_other_ink_is_still_ink_and_touches_nothing_else(page: Pair) -> None:
    ink = page.lines == 0
    tints = []
    for seed in SEEDS:
        tinted = finish.tint_ink(page, random(seed))
        assert np.array_equal(tinted[~ink], page.color[~ink])
        assert np.ptp(tinted[ink], axis=0).max() == 0, "one ink for the whole picture"
        assert tinted[ink].mean() <= finish.LIGHTEST_INK, "dark beside the paper"
        tints.append(tinted[ink][0].astype(int))
    assert np.ptp(tints, axis=0).min() > 20, "of many colours"


def test_half_a_pixel_of_ink_is_half_tinted() -> None:
    """An antialiased edge stays smooth."""
    lines = np.array([[0, 64, 128, 192, 255]], np.uint8)
    tinted = finish.tint_ink(Pair(np.repeat(lines[..., None], 3, axis=2), lines), random(1)).astype(float)
    shift = (tinted - lines[..., None])[0]
    assert np.abs(shift - shift[0] * (1 - lines[0, :, None] / 255)).max() <= 1


def test_in_shadow_a_pixel_is_darker_and_ink_stays_black(page: Pair) -> None:
    ink, differs = page.lines == 0, []
    for seed in SEEDS:
        shaded = finish.shade(page, random(seed))
        assert not shaded[ink].any(), "no light falls on ink"
        assert shaded[~ink].min() >= 200 * (finish.SHADOW[0] - finish.TINT) - 1, "no shadow is as dark as ink"
        differs.append(np.abs(shaded.astype(int) - page.color).max())
    assert np.median(differs) > 20


def test_shadows_are_soft_or_have_a_hard_edge() -> None:
    """Of both kinds some: the steepest step from pixel to pixel, as a share of the whole range of light."""
    flat = Pair(np.full((128, 128, 3), 230, np.uint8), np.full((128, 128), 255, np.uint8))
    steepness = []
    for seed in range(40):
        light = finish.shade(flat, random(seed)).astype(float).mean(axis=2)
        if np.ptp(light) > 20:
            steepness.append(max(np.abs(np.diff(light, axis=axis)).max() for axis in (0, 1)) / np.ptp(light))
    assert min(steepness) < 0.12 and max(steepness) > 0.3


def test_jpeg_leaves_the_picture_what_it_was(page: Pair) -> None:
    for seed in SEEDS:
        coded = finish.compress(page.color, random(seed))
        off = np.abs(coded.astype(int) - page.color).mean()
        assert 0 < off < 12
        assert coded[page.lines == 0].mean() < 80 and coded[page.lines == 255].mean() > 180


@pytest.mark.parametrize("recipe", [AugmentRecipe(ink_tint=1, shadows=1, jpeg=1), AugmentRecipe(shadows=0.5, jpeg=0.5)])
def test_the_lines_stay_as_they_are(recipe: AugmentRecipe, pair: Pair) -> None:
    """They are what is to be learned; the pair in memory is not written to."""
    color, lines = pair.color.copy(), pair.lines.copy()
    for seed in SEEDS:
        made = augment_finish(pair, recipe, random(seed))
        assert np.array_equal(made.lines, lines)
        assert np.array_equal(made.color, augment_finish(pair, recipe, random(seed)).color)
    assert np.array_equal(pair.color, color) and np.array_equal(pair.lines, lines)


def test_without_a_share_nothing_changes(pair: Pair) -> None:
    """Which is so for every recipe that does not ask for it."""
    assert all(np.array_equal(augment_finish(pair, AugmentRecipe(), random(seed)).color, pair.color) for seed in SEEDS)


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_made_as_often_as_the_recipe_says(name: str, pair: Pair) -> None:
    def changed(share: float) -> float:
        made = [augment_finish(pair, AugmentRecipe(**{name: share}), random(seed)).color for seed in range(80)]
        return float(np.mean([not np.array_equal(one, pair.color) for one in made]))

    assert changed(0) == 0
    assert 0.33 < changed(0.5) < 0.67
    assert changed(1) > 0.95
