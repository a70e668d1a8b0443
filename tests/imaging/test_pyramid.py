"""Pyramids: every pixel of a level is the mean of just the pixels under it, at any size."""

import numpy as np
import pytest

from linepaint.imaging.pyramid import halved, pyramid


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((1024, 512), [(1024, 512), (512, 256), (256, 128)]),
        ((1000, 301), [(1000, 301), (500, 151), (250, 76)]),
        ((257, 1), [(257, 1), (129, 1)]),
        ((256, 256), [(256, 256)]),
        ((1, 1), [(1, 1)]),
        ((0, 0), [(0, 0)]),
    ],
)
def test_levels_halve_until_they_are_small(size, sizes):
    levels = pyramid(np.zeros((*size, 3), np.uint8))
    assert [level.shape[:2] for level in levels] == sizes
    assert all(level.shape[2] == 3 and level.dtype == np.uint8 for level in levels)


def test_level_0_is_the_picture_itself():
    pixels = np.zeros((600, 600), np.uint8)
    assert pyramid(pixels)[0] is pixels


def test_pixels_are_means_of_what_lies_under_them():
    pixels = np.random.default_rng(0).integers(0, 256, (64, 96, 3), dtype=np.uint8)
    expected = pixels.reshape(32, 2, 48, 2, 3).mean(axis=(1, 3))
    assert np.abs(halved(pixels) - expected).max() <= 0.5


def test_an_odd_edge_counts_double_so_that_levels_stay_aligned():
    pixels = np.array([[10, 30, 100], [20, 40, 200], [0, 2, 50]], np.uint8)
    assert halved(pixels).tolist() == [[25, 150], [1, 50]]


def test_a_part_of_a_level_can_be_made_from_its_part_of_the_picture():
    pixels = np.random.default_rng(1).integers(0, 256, (1001, 777, 3), dtype=np.uint8)
    whole = pyramid(pixels, 100)
    part = pyramid(pixels[256:768, 128:640], 128)
    assert np.array_equal(part[2], whole[2][64:192, 32:160])


def test_grey_pictures_stay_two_dimensional():
    assert [level.shape for level in pyramid(np.zeros((500, 300), np.uint8))] == [(500, 300), (250, 150)]
