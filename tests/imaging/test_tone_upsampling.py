"""Small chroma made large: even colour stays even, and a border follows the gray picture's own edge."""

import numpy as np
import pytest

from linepaint.imaging.opencv import cv2
from linepaint.imaging.tone_upsampling import ToneUpsampling

WARM, COOL = np.array([0.3, -0.1, -0.3], np.float32), np.array([-0.3, 0.1, 0.3], np.float32)


@pytest.mark.parametrize(
    ("small", "large"), [((1, 1), (1, 1)), ((1, 1), (9, 7)), ((12, 17), (97, 131)), ((30, 2), (61, 5))]
)
def test_even_chroma_stays_what_it_is(small: tuple[int, int], large: tuple[int, int]) -> None:
    gray = np.random.default_rng(0).integers(0, 256, large, dtype=np.uint8)
    tone = cv2.resize(gray, small[::-1], interpolation=cv2.INTER_AREA).reshape(small)
    upsampling = ToneUpsampling.plan(tone, np.full((*small, 3), WARM))
    assert np.abs(upsampling.rows(gray, 0, large[0]) - WARM).max() < 1e-4


def test_bands_make_the_same_picture_as_the_whole() -> None:
    random = np.random.default_rng(1)
    gray = random.integers(0, 256, (100, 90), dtype=np.uint8)
    upsampling = ToneUpsampling.plan(cv2.resize(gray, (30, 33)), random.random((33, 30, 3), dtype=np.float32))
    bands = [upsampling.rows(gray, first, min(first + 17, 100)) for first in range(0, 100, 17)]
    assert np.array_equal(np.concatenate(bands), upsampling.rows(gray, 0, 100))


def test_a_colour_border_follows_the_gray_edge_more_closely_than_plain_enlarging() -> None:
    gray = np.full((160, 160), 80, np.uint8)
    cv2.line(gray, (0, 0), (160, 120), 80, 1)
    mask = np.zeros_like(gray)
    cv2.fillPoly(mask, [np.array([(0, 20), (160, 110), (160, 160), (0, 160)], np.int32)], 1)
    gray[mask == 1] = 180
    truth = np.where(mask[..., None] == 1, WARM, COOL)
    small = cv2.resize(truth, (20, 20), interpolation=cv2.INTER_AREA)
    tone = cv2.resize(gray, (20, 20), interpolation=cv2.INTER_AREA)
    guided = ToneUpsampling.plan(tone, small).rows(gray, 0, 160)
    plain = cv2.resize(small, (160, 160), interpolation=cv2.INTER_LINEAR)
    assert np.abs(guided - truth).mean() < 0.4 * np.abs(plain - truth).mean()
