"""Colours as eyes tell them apart."""

import numpy as np
import pytest

from linepaint.imaging.color_distance import ciede2000, lab_of, rgb_of


def test_the_published_test_pairs_come_out_right() -> None:
    """Sharma, Wu and Dalal 2005, table 1, pairs 1, 7 and 17."""
    one = np.array([(50, 2.6772, -79.7751), (50, 0, 0), (50, 2.5, 0)])
    other = np.array([(50, 0, -82.7485), (50, -1, 2), (73, 25, -18)])
    assert ciede2000(one, other) == pytest.approx([2.0425, 2.3669, 27.1492], abs=1e-4)


def test_colours_come_back_from_lab_as_they_were() -> None:
    rgb = np.array([(0, 0, 0), (255, 255, 255), (12, 200, 99), (255, 0, 255)], np.uint8)
    assert np.array_equal(rgb_of(lab_of(rgb)), rgb)


def test_what_no_screen_shows_is_clipped_to_what_it_can() -> None:
    assert rgb_of(np.array([(100, 0, 0), (120, 0, 0), (-5, 0, 0)])).tolist() == [[255] * 3, [255] * 3, [0] * 3]
    assert rgb_of(np.array([(60, 120, -150)])).dtype == np.uint8


def test_one_colour_is_compared_with_many() -> None:
    many = lab_of(np.array([(255, 0, 0), (0, 255, 0)]))
    assert ciede2000(many, many[0]).tolist()[0] == 0
    assert ciede2000(many, many[0])[1] > 50
