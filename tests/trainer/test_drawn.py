"""Procedural drawings are drawn once and picked many times."""

import numpy as np
from linepaint.trainer.data.drawn import DrawnPictures


def test_the_generator_decides_and_nothing_that_was_picked_before() -> None:
    one, other = DrawnPictures(5, 32), DrawnPictures(5, 32)
    for seed in range(8):
        one.pick(np.random.default_rng(seed))
    for seed in (7, 0, 3):
        first, second = one.pick(np.random.default_rng(seed)), other.pick(np.random.default_rng(seed))
        assert np.array_equal(first.color, second.color) and np.array_equal(first.lines, second.lines)


def test_there_are_as_many_as_asked_for_and_each_is_kept() -> None:
    drawn = DrawnPictures(4, 24)
    random = np.random.default_rng(0)
    picked = {id(drawn.pick(random)) for _ in range(40)}
    assert len(picked) == 4 == len(drawn)


def test_they_are_larger_than_what_is_trained_at_but_not_without_end() -> None:
    assert DrawnPictures(1, 24).pick(np.random.default_rng(0)).lines.shape == (48, 48)
    assert DrawnPictures(1, 512).side == 448
