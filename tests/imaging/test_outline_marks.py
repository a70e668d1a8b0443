"""A dark dab at an outline stays there; a dab of another colour, or one amid its area, is as good as any."""

import numpy as np
import pytest

from linepaint.imaging.basins import find_basins
from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import Propagation, propagate

SIZE = (200, 300)
LIGHT, SHADED, OTHER = (240, 200, 120), (120, 100, 60), (60, 100, 160)
MIDDLE, EDGE = (100, 150), (5, 150)


def spread(*dabs: tuple[tuple[int, int], tuple[int, int, int]]) -> Propagation:
    """Dabs, (y, x) and colour, in a room with a line along its top."""
    lines = np.full(SIZE, 255, np.uint8)
    lines[0] = 0
    hints = np.zeros((*SIZE, 4), np.uint8)
    for (y, x), color in dabs:
        cv2.circle(hints, (x, y), 3, (*color, 255), -1)
    return propagate(find_basins(lines), hints)


def share_of(color: tuple[int, int, int], at: tuple[int, int], spreading: Propagation) -> float:
    """How far the colour at a place has gone from LIGHT to another."""
    way = np.subtract(color, LIGHT, dtype=float)
    return float((spreading.color[at] - np.array(LIGHT)) @ way / (way @ way))


@pytest.mark.parametrize("at", [(20, 150), (60, 150), (10, 250), (190, 10)])
def test_a_darkened_colour_at_an_outline_does_not_shade_the_area(at: tuple[int, int]) -> None:
    assert share_of(SHADED, at, spread((MIDDLE, LIGHT), (EDGE, SHADED))) < 0.02


def test_it_is_a_mark_still_to_be_painted_where_it_lies() -> None:
    marks = spread((MIDDLE, LIGHT), (EDGE, SHADED)).marks
    assert {tuple(color) for color in marks.color.tolist()} == {LIGHT, SHADED}
    assert EDGE in zip(marks.ys.tolist(), marks.xs.tolist(), strict=True)


def test_another_colour_at_an_outline_spreads_as_far_as_it_has_room() -> None:
    beside = (12, 150)
    assert share_of(OTHER, beside, spread((MIDDLE, LIGHT), (EDGE, OTHER))) > 0.1


def test_a_shadow_amid_the_area_shades_it() -> None:
    spreading = spread(((100, 80), LIGHT), ((100, 220), SHADED))
    assert share_of(SHADED, (100, 260), spreading) > 0.9


def test_a_dark_dab_alone_in_its_area_fills_it() -> None:
    assert (spread((EDGE, SHADED)).color[20:, :] == SHADED).all()
