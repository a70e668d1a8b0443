"""What is paper around the figure and what is white of the figure, and that it is found fast enough."""

import numpy as np
import pytest

from linepaint.imaging.cutout import EDGE_PX, paper_alpha
from linepaint.imaging.opencv import cv2

SKIN = (230, 180, 150)


def figure(size=400):
    """An antialiased circle of skin with a white eye in it, on white paper."""
    color = np.full((size, size, 3), 255, np.uint8)
    lines = np.full((size, size), 255, np.uint8)
    middle = (size // 2, size // 2)
    cv2.circle(color, middle, size // 4, SKIN, -1)
    cv2.circle(color, middle, size // 10, (255, 255, 255), -1)
    for radius in (size // 4, size // 10):
        cv2.circle(lines, middle, radius, 0, 5, cv2.LINE_AA)
    return color, lines


def test_the_paper_around_is_left_out_and_the_white_inside_stays():
    color, lines = figure()
    alpha = paper_alpha(color, lines)
    assert alpha.dtype == np.uint8 and set(np.unique(alpha)) == {0, 255}
    rows, columns = np.mgrid[:400, :400]
    radius = np.hypot(rows - 200, columns - 200)
    assert not alpha[radius > 105].any()
    assert (alpha[radius < 98] == 255).all()


def test_the_soft_outer_edge_of_a_line_lies_on_paper_even_where_colour_ran_out_under_it():
    color, lines = figure()
    cv2.circle(color, (200, 200), 102, SKIN, -1)
    alpha = paper_alpha(color, lines)
    rows, columns = np.mgrid[:400, :400]
    outer_edge = (np.hypot(rows - 200, columns - 200) > 100) & (lines > 0)
    assert not alpha[outer_edge].any()


def test_paper_enters_through_a_gap_and_not_round_a_corner():
    color, lines = np.full((40, 40, 3), 255, np.uint8), np.full((40, 40), 255, np.uint8)
    cv2.rectangle(lines, (10, 10), (30, 30), 0, 1)
    assert paper_alpha(color, lines)[20, 20] == 255
    lines[10, 10] = 255
    assert paper_alpha(color, lines)[20, 20] == 255
    lines[20, 10] = 255
    assert paper_alpha(color, lines)[20, 20] == 0


@pytest.mark.parametrize(("value", "alpha"), [(247, 255), (248, 0)])
def test_what_is_nearly_white_is_paper(value, alpha):
    color = np.full((20, 20, 3), 255, np.uint8)
    color[..., 1] = value
    assert (paper_alpha(color, np.full((20, 20), 255, np.uint8)) == alpha).all()


@pytest.mark.parametrize(("ink", "alpha"), [(127, 255), (128, 0)])
def test_dark_ink_stops_the_paper_and_light_pencil_does_not(ink, alpha):
    color, lines = np.full((40, 40, 3), 255, np.uint8), np.full((40, 40), 255, np.uint8)
    cv2.rectangle(lines, (10, 10), (30, 30), ink, 2)
    assert paper_alpha(color, lines)[20, 20] == alpha


def test_colour_without_a_line_keeps_its_place():
    color, lines = np.full((40, 40, 3), 255, np.uint8), np.full((40, 40), 255, np.uint8)
    color[10:30, 10:30] = SKIN
    lines[15:25, 5:35] = 200
    assert np.array_equal(paper_alpha(color, lines) == 255, (color != 255).any(axis=2))


def test_a_figure_up_to_the_border_shuts_the_paper_out():
    color, lines = np.full((40, 40, 3), SKIN, np.uint8), np.full((40, 40), 255, np.uint8)
    color[10:30, 10:30] = 255
    assert paper_alpha(color, lines).all()
    color[20, :15] = 255
    assert not paper_alpha(color, lines)[10:30, 10:30].any()


def test_the_paper_is_the_same_wherever_on_the_page_the_figure_lies():
    color, lines = figure()
    there = paper_alpha(color, lines)
    for shift in range(1, 130, 37):
        lower_color = np.pad(color, ((shift, 0), (0, 0), (0, 0)), constant_values=255)
        lower_lines = np.pad(lines, ((shift, 0), (0, 0)), constant_values=255)
        assert np.array_equal(paper_alpha(lower_color, lower_lines)[shift:], there)


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (1, 1), (EDGE_PX, 2)])
def test_small_pages_are_pages_too(shape):
    white = np.full((*shape, 3), 255, np.uint8)
    alpha = paper_alpha(white, np.full(shape, 255, np.uint8))
    assert alpha.shape == shape and not alpha.any()


def test_neither_layer_is_written_to():
    color, lines = figure()
    color.flags.writeable = lines.flags.writeable = False
    paper_alpha(color, lines)
