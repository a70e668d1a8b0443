"""Derived lines: the artist's ink is found where it is, and nothing else turns black."""

import numpy as np
import pytest
from linepaint.trainer.prepare.fdog import pen_lines
from linepaint.trainer.prepare.flow import smooth_along, tangent_flow

from linepaint.imaging.opencv import cv2


def canvas(color: tuple[int, int, int] = (240, 225, 200), size: int = 320) -> np.ndarray:
    return np.full((size, size, 3), color, np.uint8)


@pytest.mark.parametrize("color", [(255, 255, 255), (90, 60, 40), (20, 20, 24), (0, 0, 0)])
def test_a_flat_picture_gives_a_blank_page(color: tuple[int, int, int]) -> None:
    assert (pen_lines(canvas(color)).lines == 255).all()


def test_a_gradient_gives_a_blank_page() -> None:
    ramp = np.linspace(20, 250, 320).astype(np.uint8)
    assert (pen_lines(np.dstack([np.tile(ramp, (320, 1))] * 3)).lines > 230).all()


@pytest.mark.parametrize("width", [1, 2, 4, 8])
def test_a_drawn_line_is_found_within_a_pixel(width: int) -> None:
    color, truth = canvas(), np.full((320, 320), 255, np.uint8)
    for picture, ink in ((color, (30, 20, 10)), (truth, 0)):
        cv2.ellipse(picture, (160, 160), (110, 70), 20, 0, 360, ink, width, cv2.LINE_AA)
    found, drawn = pen_lines(color).lines < 128, truth < 128
    around = np.ones((3, 3), np.uint8)
    assert cv2.dilate(found.astype(np.uint8), around)[drawn].mean() > 0.99, "all of it"
    assert cv2.dilate(drawn.astype(np.uint8), around)[found].mean() > 0.99, "and nothing else"


def test_lines_on_dark_skin_are_drawn_and_the_skin_is_not() -> None:
    color = canvas()
    cv2.circle(color, (160, 160), 100, (84, 54, 38), -1)
    cv2.circle(color, (160, 160), 100, (12, 8, 6), 3)
    cv2.line(color, (120, 180), (200, 180), (12, 8, 6), 3)
    lines = pen_lines(color).lines
    assert lines[180, 130:190].max() < 60, "the mouth"
    assert lines[100:170, 110:210].min() > 200, "the face"


@pytest.mark.parametrize("tone", [(24, 24, 28), (40, 30, 70), (6, 6, 8)])
def test_dark_cloth_stays_paper_within_its_outline(tone: tuple[int, int, int]) -> None:
    color = canvas()
    cv2.rectangle(color, (80, 80), (240, 240), tone, -1)
    lines = pen_lines(color).lines
    assert lines[95:226, 95:226].min() > 200, "not filled"
    assert lines[130:190, 78:88].min(axis=1).max() < 128, "but bounded, since nobody inked it"


def test_thin_dark_things_without_ink_are_not_filled() -> None:
    color = canvas((235, 215, 180))
    cv2.line(color, (60, 160), (260, 160), (105, 70, 50), 14)  # An arm.
    assert pen_lines(color).lines[158:163, 90:230].min() > 200


def test_a_brush_stroke_is_one_and_not_two_lines() -> None:
    color = canvas()
    cv2.line(color, (60, 160), (260, 160), (5, 5, 5), 12)
    assert pen_lines(color).lines[156:165, 80:240].max() < 60


def test_in_an_inked_picture_areas_that_meet_without_ink_get_none() -> None:
    color = canvas()
    color[:, 160:] = (200, 120, 90)
    for radius in (40, 70, 100):
        cv2.circle(color, (160, 160), radius, (0, 0, 0), 3)
    drawn = pen_lines(color)
    assert drawn.inked > 0.6
    assert drawn.lines[:40, 150:170].min() > 128


def test_without_ink_the_edges_are_drawn() -> None:
    color = canvas()
    cv2.circle(color, (160, 160), 90, (190, 60, 60), -1)
    drawn = pen_lines(color)
    assert drawn.inked < 0.2
    ring = np.zeros((320, 320), np.uint8)
    cv2.circle(ring, (160, 160), 90, 1, 5)
    assert ((drawn.lines < 160) & (ring > 0)).sum() > 300
    assert drawn.lines[ring == 0].min() > 200


def test_the_flow_follows_a_line_and_smoothing_along_it_closes_a_gap() -> None:
    gray = np.ones((64, 64), np.float32)
    cv2.line(gray, (0, 0), (63, 63), 0, 3)
    flow = tangent_flow(gray, 2.0)
    on_line = flow[np.arange(10, 54), np.arange(10, 54)]
    assert np.abs(np.abs(on_line @ np.array([0.7071, 0.7071])) - 1).max() < 0.01
    broken = 1 - gray
    broken[30:33, 30:33] = 0
    closed = smooth_along(broken[..., None], flow, 3.0)[..., 0]
    assert broken[31, 31] == 0 and closed[31, 31] > 0.4
    assert closed[10, 50] < 0.01, "no ink is carried across"
