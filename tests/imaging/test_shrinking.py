"""Hints made smaller keep their colours, and nothing depends on what was shrunk before."""

import numpy as np
import pytest

from linepaint.imaging.opencv import cv2
from linepaint.imaging.shrinking import KnownBlocks, shrink_hints

SIZES = [((512, 384), (192, 144)), ((300, 420), (100, 140)), ((523, 397), (192, 146)), ((1024, 1024), (768, 768))]
"""From and to: with a common measure, by a whole number, without one, and as a page of 1024 pixels is."""


def hints(size: tuple[int, int], seed: int = 0) -> np.ndarray:
    """Dabs of two colours, faint at random, with leftover colour where there is no hint."""
    random, page = np.random.default_rng(seed), np.zeros((*size, 4), np.uint8)
    page[::17, ::5, :3] = 99
    for i in range(12):
        x, y = (int(random.integers(0, side)) for side in size[::-1])
        color = (220, 30, 40) if i % 2 else (40, 90, 200)
        cv2.circle(page, (x, y), int(random.integers(3, 12)), (*color, int(random.integers(100, 256))), -1)
    return page


def shrunk_at_once(page: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Without blocks: the mean colour of the hinted pixels wherever they cover a quarter."""
    solid = np.where(page[..., 3] >= 128, np.uint8(255), np.uint8(0))
    cover = cv2.resize(solid, size[::-1], interpolation=cv2.INTER_AREA)
    mixed = cv2.resize(cv2.bitwise_and(page, cv2.merge([solid] * 4)), size[::-1], interpolation=cv2.INTER_AREA)
    color = np.clip(np.rint(mixed[..., :3] / np.maximum(cover, 1)[..., None].astype(np.float32) * 255), 0, 255)
    here = (cover >= 64)[..., None]
    return np.concatenate([np.where(here, color, 0), np.where(here, 255, 0)], axis=2).astype(np.uint8)


@pytest.mark.parametrize(("large", "small"), SIZES)
def test_block_by_block_comes_what_comes_all_at_once(large: tuple[int, int], small: tuple[int, int]) -> None:
    page = hints(large)
    made, wanted = shrink_hints(page, small), shrunk_at_once(page, small)
    assert np.array_equal(made[..., 3], wanted[..., 3]) and made[..., 3].any()
    assert np.abs(made.astype(int) - wanted).max() <= 1


@pytest.mark.parametrize(("large", "small"), SIZES)
def test_what_is_known_of_earlier_hints_changes_nothing(large: tuple[int, int], small: tuple[int, int]) -> None:
    known = KnownBlocks()
    for seed in (1, 2):
        shrink_hints(hints(large, seed), small, known)
    page = hints(large, 1)
    page[:9, :9] = (1, 2, 3, 255)
    assert np.array_equal(shrink_hints(page, small, known), shrink_hints(page, small))


def test_known_blocks_are_found_again_and_blank_ones_forgotten() -> None:
    page, known = hints((512, 512)), KnownBlocks()
    shrink_hints(page, (256, 256), known)
    before = dict(known)
    page[:20, :20] = (1, 2, 3, 255)
    shrink_hints(page, (256, 256), known)
    assert sum(known[place] is not block for place, block in before.items()) <= 1
    shrink_hints(np.zeros_like(page), (256, 256), known)
    assert not known


def test_hints_of_the_wanted_size_are_left_alone() -> None:
    page = hints((40, 60))
    assert np.array_equal(shrink_hints(page, (40, 60)), page)
