"""Rectangles: what is painted, refreshed and cropped."""

import numpy as np
import pytest

from linepaint.document.geometry import Rect


def test_edges_and_slices_name_the_same_pixels():
    picture = np.arange(20).reshape(4, 5)
    rect = Rect(1, 2, 3, 2)
    assert (rect.right, rect.bottom) == (4, 4)
    assert picture[rect.slices].tolist() == [[11, 12, 13], [16, 17, 18]]


def test_fractional_edges_are_covered():
    assert Rect.from_edges(-0.2, 1.0, 2.1, 3.0) == Rect(-1, 1, 4, 2)


@pytest.mark.parametrize("nothing", [Rect.empty(), Rect(5, 5, 0, 3), Rect(5, 5, 3, -1)])
def test_empty_rectangles_hold_nothing_wherever_they_stand(nothing):
    some = Rect(1, 1, 2, 2)
    assert nothing.is_empty
    assert nothing.united(some) == some == some.united(nothing)
    assert nothing.intersected(some) == Rect.empty() == nothing.expanded(4) == nothing.united(nothing)
    assert some.contains(nothing)


def test_union_covers_both_and_intersection_is_what_they_share():
    left, right = Rect(0, 0, 4, 4), Rect(2, 3, 6, 2)
    assert left.united(right) == Rect(0, 0, 8, 5)
    assert left.intersected(right) == Rect(2, 3, 2, 1)
    assert left.intersected(Rect(4, 0, 2, 2)) == Rect.empty()


def test_clipping_and_expanding():
    assert Rect(-3, 2, 10, 10).clipped(5, 6) == Rect(0, 2, 5, 4)
    assert Rect(2, 2, 2, 2).expanded(1) == Rect(1, 1, 4, 4)
    assert Rect(2, 2, 2, 2).expanded(-1).is_empty


def test_contains():
    assert Rect(0, 0, 4, 4).contains(Rect(1, 1, 3, 3))
    assert not Rect(0, 0, 4, 4).contains(Rect(1, 1, 4, 3))
