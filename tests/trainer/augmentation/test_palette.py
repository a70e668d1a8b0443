"""Other colours, the same picture: paper stays white, ink black, shading and outlines where they were."""

from collections.abc import Callable

import numpy as np
import pytest
from linepaint.trainer.data.augmentation import AugmentRecipe, augment_colors, palette_swap, recolor, shift_tone
from linepaint.trainer.data.pictures import Pair
from linepaint.trainer.drawings import draw

from linepaint.imaging.opencv import cv2

CHANGES: dict[str, Callable[[Pair, np.random.Generator], np.ndarray]] = {
    "recolor": lambda pair, random: recolor(pair.color, random),
    "tone": lambda pair, random: shift_tone(pair.color, random),
    "swap": lambda pair, random: palette_swap(pair.color, pair.lines, random),
}


@pytest.fixture
def three_areas(flat_picture: Callable[..., tuple[np.ndarray, np.ndarray]]) -> Pair:
    """A red disc and a blue strip on white paper, with their lines."""
    color, lines = flat_picture(96)
    color[(color == (250, 240, 200)).all(axis=2)] = 255
    return Pair(color, lines)


@pytest.mark.parametrize("name", CHANGES)
def test_white_and_black_stay(name: str) -> None:
    drawing = draw(2, (120, 90))
    pair = Pair(drawing.color, drawing.lines)
    before = pair.color.copy()
    for seed in range(10):
        changed = CHANGES[name](pair, np.random.default_rng(seed))
        for level in (0, 255):
            assert (changed[(pair.color == level).all(axis=2)] == level).all()
        assert changed.dtype == np.uint8 and changed.shape == pair.color.shape
        assert np.array_equal(changed, CHANGES[name](pair, np.random.default_rng(seed)))
    assert np.array_equal(pair.color, before), "the picture in memory is left alone"


def test_areas_trade_colours(three_areas: Pair) -> None:
    """The disc and the strip take each other's hue, whatever the seed; there is no other colour to take."""
    for seed in range(6):
        swapped = palette_swap(three_areas.color, three_areas.lines, np.random.default_rng(seed))
        disc, strip = swapped[48, 48].astype(int), swapped[3, 48].astype(int)
        assert disc.argmax() == 2 and strip.argmax() == 0
        assert (swapped[60, 5] != three_areas.color[60, 5]).sum() == 0, "white has no colour to trade"


def test_areas_of_one_colour_keep_alike() -> None:
    """Four patches parted by lines, two and two alike: so they are afterwards."""
    color = np.zeros((40, 80, 3), np.uint8)
    lines = np.full((40, 80), 255, np.uint8)
    for number, rgb in enumerate(((200, 40, 40), (40, 60, 210), (206, 44, 38), (38, 62, 205))):
        color[:, 20 * number : 20 * number + 20] = rgb
    lines[:, 19::20] = 0
    color[lines == 0] = 0
    for seed in range(6):
        swapped = palette_swap(color, lines, np.random.default_rng(seed)).astype(int)
        patches = [swapped[20, x] for x in (9, 29, 49, 69)]
        assert np.abs(patches[0] - patches[2]).max() < 25 and np.abs(patches[1] - patches[3]).max() < 25
        assert np.abs(patches[0] - patches[1]).max() > 90


def test_shading_stays_where_it_was() -> None:
    """In an area, light and dark keep their order, so a swapped picture still looks drawn."""
    color = np.full((40, 80, 3), 255, np.uint8)
    ramp = np.linspace(0.4, 1.0, 40)[:, None, None]
    color[:, :39] = (ramp * (220, 60, 30)).astype(np.uint8)
    color[:, 41:] = (ramp * (40, 80, 220)).astype(np.uint8)
    lines = np.full((40, 80), 255, np.uint8)
    lines[:, 39:41] = 0
    for seed in range(4):
        swapped = palette_swap(color, lines, np.random.default_rng(seed))
        for x in (20, 60):
            assert (np.diff(swapped[2:-2, x].max(axis=1).astype(int)) >= 0).all()


@pytest.mark.parametrize("side", [16, 64])
def test_pictures_without_colours_to_trade_stay(side: int) -> None:
    grey = np.repeat(np.random.default_rng(0).integers(0, 256, (side, side, 1), np.uint8), 3, axis=2)
    for lines in (np.full((side, side), 255, np.uint8), np.zeros((side, side), np.uint8)):
        assert np.array_equal(palette_swap(grey, lines, np.random.default_rng(0)), grey)


def test_colours_change_as_often_as_the_recipe_says(three_areas: Pair) -> None:
    def changed(recipe: AugmentRecipe) -> float:
        made = [augment_colors(three_areas, recipe, np.random.default_rng(seed)) for seed in range(150)]
        assert all(pair.lines is three_areas.lines for pair in made)
        return float(np.mean([not np.array_equal(pair.color, three_areas.color) for pair in made]))

    none = AugmentRecipe(recolor=0)
    assert changed(none) == 0
    for name in ("recolor", "palette_swap", "tone"):
        recipe = AugmentRecipe(**({"recolor": 0.0} | {name: 0.3}))
        assert changed(recipe) == pytest.approx(0.3, abs=0.11)


def test_tone_moves_the_middle_both_ways() -> None:
    middle = np.full((4, 4, 3), 128, np.uint8)
    levels = [int(shift_tone(middle, np.random.default_rng(seed))[0, 0, 0]) for seed in range(30)]
    assert min(levels) < 110 and max(levels) > 140


def test_colours_and_outlines_stay_aligned() -> None:
    """A swap must not smear: where the picture had an edge it still has one, and lines stay dark."""
    drawing = draw(5, 128)
    ink = drawing.lines < 60
    for seed in range(5):
        swapped = palette_swap(drawing.color, drawing.lines, np.random.default_rng(seed))
        dark = cv2.cvtColor(swapped, cv2.COLOR_RGB2GRAY)[ink]
        assert dark.mean() < cv2.cvtColor(drawing.color, cv2.COLOR_RGB2GRAY)[ink].mean() + 15
