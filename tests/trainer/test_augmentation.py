"""Augmentation changes a picture as another crop, hand or palette would, and by its seed alone."""

from collections.abc import Callable

import numpy as np
import pytest
from linepaint.trainer.data.augmentation import crop, recolor, roughen
from linepaint.trainer.data.pictures import Pair
from linepaint.trainer.drawings import draw

from linepaint.imaging.opencv import cv2

Change = Callable[[Pair, np.random.Generator], Pair]


def drawn(height: int = 120, width: int = 90) -> Pair:
    drawing = draw(2, (height, width))
    return Pair(drawing.color, drawing.lines)


def seeded(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


CHANGES: dict[str, Change] = {
    "crop": lambda pair, random: crop(pair, 64, random),
    "recolor": lambda pair, random: Pair(recolor(pair.color, random), pair.lines),
    "roughen": lambda pair, random: Pair(pair.color, roughen(pair.lines, random)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_seed_decides_and_the_original_is_left_alone(name: str) -> None:
    """Pictures stay in memory for the whole run; a change to one would pile up."""
    pair = drawn()
    before = Pair(pair.color.copy(), pair.lines.copy())
    made = [CHANGES[name](pair, seeded(seed)) for seed in range(30)]
    again = [CHANGES[name](pair, seeded(seed)) for seed in range(30)]
    for one, other in zip(made, again, strict=True):
        assert np.array_equal(one.color, other.color) and np.array_equal(one.lines, other.lines)
        assert one.color.dtype == one.lines.dtype == np.uint8
    assert len({one.color.tobytes() + one.lines.tobytes() for one in made}) > 10
    assert np.array_equal(pair.color, before.color) and np.array_equal(pair.lines, before.lines)


@pytest.mark.parametrize("size", [(120, 90), (40, 200), (33, 33)])
def test_a_crop_is_a_square_of_the_size_asked_for(size: tuple[int, int]) -> None:
    pair = drawn(*size)
    for seed in range(10):
        cropped = crop(pair, 64, seeded(seed))
        assert cropped.lines.shape == (64, 64) and cropped.color.shape == (64, 64, 3)


def test_what_a_crop_adds_around_a_picture_is_paper() -> None:
    dark = Pair(np.full((20, 200, 3), 60, np.uint8), np.zeros((20, 200), np.uint8))
    for seed in range(10):
        cropped = crop(dark, 64, seeded(seed))
        for edge in (0, -1):
            assert (cropped.lines[edge] == 255).all() and (cropped.color[edge] == 255).all()


def test_colours_and_lines_are_cropped_alike() -> None:
    color, lines = np.full((100, 100, 3), 255, np.uint8), np.full((100, 100), 255, np.uint8)
    cv2.circle(lines, (40, 55), 20, 0, 3)
    color[lines == 0] = 0
    for seed in range(20):
        cropped = crop(Pair(color, lines), 64, seeded(seed))
        assert np.abs(cropped.color.astype(int) - cropped.lines[..., None]).max() <= 1


def test_other_hues_keep_white_grey_and_black() -> None:
    greys = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    for seed in range(10):
        assert np.array_equal(recolor(greys, seeded(seed)), greys)


def test_other_hues_are_as_bright_as_the_old_ones() -> None:
    pair = drawn()
    for seed in range(10):
        shifted = recolor(pair.color, seeded(seed))
        assert np.abs(shifted.max(axis=2).astype(int) - pair.color.max(axis=2)).max() <= 2


def test_rough_lines_are_still_this_drawings_lines() -> None:
    pair = drawn()
    near_ink = cv2.dilate((pair.lines < 200).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    for seed in range(30):
        rough = roughen(pair.lines, seeded(seed))
        assert rough.shape == pair.lines.shape
        assert (rough[~near_ink] > 250).all(), "no ink where there was none"
        assert (rough < 200).sum() > 0.3 * (pair.lines < 128).sum()


def test_a_blank_page_can_be_roughened() -> None:
    blank = np.full((40, 40), 255, np.uint8)
    assert all((roughen(blank, seeded(seed)) == 255).all() for seed in range(20))
