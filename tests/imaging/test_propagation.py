"""A hint colours its area and no other; what it does not reach surely, it reaches with less confidence."""

import numpy as np
import pytest

from linepaint.imaging.basins import find_basins
from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import Propagation, passage_costs, propagate

RED, BLUE, GREEN = (220, 30, 40), (30, 60, 210), (40, 180, 70)


def two_boxes() -> np.ndarray:
    """Two closed boxes on a page of 120 × 200."""
    lines = np.full((120, 200), 255, np.uint8)
    cv2.rectangle(lines, (20, 20), (90, 100), 0, 3)
    cv2.rectangle(lines, (110, 20), (180, 100), 0, 3)
    return lines


LEFT, RIGHT, OUTSIDE = (60, 55), (60, 145), (5, 5)
"""Places in two_boxes(), (y, x)."""


def no_hints(lines: np.ndarray) -> np.ndarray:
    return np.zeros((*lines.shape, 4), np.uint8)


def dab(hints: np.ndarray, at: tuple[int, int], color: tuple[int, int, int], radius: int = 4) -> np.ndarray:
    cv2.circle(hints, at[::-1], radius, (*color, 255), -1)
    return hints


def spread(lines: np.ndarray, *dabs: tuple[tuple[int, int], tuple[int, int, int]]) -> Propagation:
    hints = no_hints(lines)
    for at, color in dabs:
        dab(hints, at, color)
    return propagate(find_basins(lines), hints)


def test_a_hint_colours_all_of_its_closed_area_with_full_confidence() -> None:
    spreading = spread(two_boxes(), (LEFT, RED), (RIGHT, BLUE), (OUTSIDE, GREEN))
    for y, x, color in ((slice(24, 97), slice(24, 87), RED), (slice(24, 97), slice(114, 177), BLUE)):
        assert (spreading.color[y, x] == color).all()
        assert (spreading.confidence[y, x] == 1).all()
    for y, x in ((2, 197), (117, 2), (60, 100), (117, 197)):
        assert tuple(spreading.color[y, x]) == GREEN, "around the boxes"


def test_areas_without_a_hint_are_guessed_with_little_confidence() -> None:
    spreading = spread(two_boxes(), (LEFT, RED))
    assert spreading.confidence[LEFT] == 1
    assert 0 < spreading.confidence[RIGHT] < 0.1
    assert 0 < spreading.confidence[OUTSIDE] < 0.1


def test_without_hints_the_page_stays_white_and_nothing_is_claimed() -> None:
    spreading = spread(two_boxes())
    assert (spreading.color == 255).all()
    assert not spreading.confidence.any()
    assert spreading.marks.count == 0


def corridor() -> np.ndarray:
    """A wide open passage of 80 × 200 between two lines."""
    lines = np.full((80, 200), 255, np.uint8)
    lines[[0, -1]] = 0
    return lines


def away(color: np.ndarray, from_: tuple[int, int, int]) -> np.ndarray:
    """How far colours are from one, largest channel."""
    return np.abs(color.astype(int) - from_).max(axis=-1)


def test_two_hints_share_their_area_by_nearness() -> None:
    spreading = spread(corridor(), ((40, 30), RED), ((40, 170), BLUE))
    assert away(spreading.color[30:50, 10:50], RED).max() < 12
    assert away(spreading.color[30:50, 150:190], BLUE).max() < 12
    assert (away(spreading.color[10:70, :90], RED) < away(spreading.color[10:70, :90], BLUE)).all()
    assert (away(spreading.color[10:70, 110:], BLUE) < away(spreading.color[10:70, 110:], RED)).all()
    assert (spreading.confidence[10:70] == 1).all()


def test_hints_in_one_area_shade_into_each_other_without_a_step() -> None:
    spreading = spread(corridor(), ((40, 30), (200, 200, 200)), ((40, 170), (100, 100, 100)))
    row = spreading.color[40, 40:160, 0].astype(int)
    assert (np.diff(row) <= 0).all() and np.diff(row).min() > -8


def test_a_hint_amid_its_area_counts_for_more_of_it_than_one_that_hugs_a_line() -> None:
    """A dab beside an outline is as often about the outline; it has its own place and little else."""
    spreading = spread(corridor(), ((40, 100), RED), ((5, 60), BLUE))
    assert away(spreading.color[5, 60], BLUE).max() < 20
    assert away(spreading.color[40:70, 10:190], RED).max() < away(np.array(BLUE), RED) / 20


def test_a_hint_that_hugs_a_line_does_not_colour_a_wide_area_that_a_better_one_is_open_to() -> None:
    """An hourglass: two halls and a waist between them."""
    lines = np.full((160, 300), 255, np.uint8)
    lines[[0, -1]] = 0
    lines[:50, 140:160] = lines[110:, 140:160] = 0
    spreading = spread(lines, ((80, 70), RED), ((152, 230), BLUE))
    assert (away(spreading.color[20:110, 180:290], RED) < away(spreading.color[20:110, 180:290], BLUE)).all()


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_in_which_hints_were_painted_does_not_matter(order: int) -> None:
    dabs = [((40, 30), RED), ((40, 90), GREEN), ((40, 170), BLUE)]
    lines = np.full((80, 200), 255, np.uint8)
    assert np.array_equal(spread(lines, *dabs[::order]).color, spread(lines, *dabs).color)


def test_colour_goes_through_a_gap_but_the_less_surely_the_narrower_it_is() -> None:
    def beyond(door: int) -> float:
        lines = np.full((120, 160), 255, np.uint8)
        lines[:, 79:82] = 0
        lines[60 - door // 2 : 60 + door // 2] = 255
        spreading = spread(lines, ((60, 30), RED))
        assert tuple(spreading.color[60, 130]) == RED
        return float(spreading.confidence[60, 130])

    sure = [beyond(door) for door in (0, 4, 12, 30, 80)]
    assert sure == sorted(sure) and len(set(sure)) == len(sure)


def test_a_hint_beyond_a_gap_loses_against_one_in_the_area_itself() -> None:
    lines = np.full((120, 160), 255, np.uint8)
    lines[:, 79:82] = 0
    lines[57:63] = 255
    spreading = spread(lines, ((60, 70), RED), ((20, 150), BLUE))
    assert tuple(spreading.color[100, 90]) == BLUE
    assert tuple(spreading.color[100, 70]) == RED


def test_a_hint_on_ink_colours_nothing() -> None:
    lines = two_boxes()
    lines[58:63, 110:181] = 0
    hints = no_hints(lines)
    hints[59:62, 130:150] = (*RED, 255)
    assert not propagate(find_basins(lines), hints).confidence.any()


def test_a_stroke_along_a_line_does_not_flood_what_lies_beside_it() -> None:
    lines = two_boxes()
    hints = no_hints(lines)
    cv2.line(hints, (25, 20), (85, 20), (*RED, 255), 5)  # Along the top of the left box, over its edges.
    dab(hints, LEFT, BLUE)
    spreading = propagate(find_basins(lines), hints)
    assert (spreading.color[26:97, 24:87] == BLUE).all()
    assert tuple(spreading.color[OUTSIDE]) == BLUE, "guessed, but not from the stroke on the line"


def test_a_dab_that_touches_a_stroke_along_a_line_is_a_hint_of_its_own() -> None:
    """They are told apart by colour, or the dab would be taken for a part of the line."""
    lines = two_boxes()
    hints = no_hints(lines)
    cv2.line(hints, (25, 20), (85, 20), (*RED, 255), 5)
    dab(hints, (27, 55), BLUE)
    spreading = propagate(find_basins(lines), hints)
    assert (spreading.color[30:97, 24:87] == BLUE).all()


def test_a_winding_stroke_is_one_hint() -> None:
    """What of it lies off the line is part of the stroke that follows the line, however it winds between."""
    lines = two_boxes()
    hints = no_hints(lines)
    path = np.array([(25, 20), (85, 20), (85, 26), (40, 26), (40, 30)], np.int32)
    cv2.polylines(hints, [path], False, (*RED, 255), 3)
    dab(hints, (80, 55), BLUE)
    spreading = propagate(find_basins(lines), hints)
    assert (spreading.color[32:97, 24:87] == BLUE).all()


def test_a_dab_that_fills_a_small_area_counts_although_it_spills_over_the_lines() -> None:
    lines = np.full((120, 200), 255, np.uint8)
    cv2.circle(lines, (100, 60), 5, 0, 2)
    hints = dab(no_hints(lines), (60, 100), RED, radius=6)
    spreading = propagate(find_basins(lines), hints)
    assert tuple(spreading.color[60, 100]) == RED
    assert spreading.confidence[60, 100] == 1


def test_a_hint_must_be_more_solid_than_not() -> None:
    lines = two_boxes()
    faint, solid = no_hints(lines), no_hints(lines)
    faint[LEFT] = (*RED, 127)
    solid[LEFT] = (*RED, 128)
    assert not propagate(find_basins(lines), faint).confidence.any()
    assert propagate(find_basins(lines), solid).confidence[LEFT] == 1


def test_every_pixel_lies_between_the_painted_colours() -> None:
    lines = np.where(np.random.default_rng(5).random((90, 130)) < 0.03, 0, 255).astype(np.uint8)
    spreading = spread(lines, ((20, 20), RED), ((70, 100), BLUE))
    low, high = np.minimum(RED, BLUE), np.maximum(RED, BLUE)
    assert (spreading.color >= low).all() and (spreading.color <= high).all()
    assert spreading.confidence.min() >= 0 and spreading.confidence.max() == 1


def test_values_spread_as_the_colours_do_at_any_size() -> None:
    spreading = spread(two_boxes(), (LEFT, RED), ((40, 60), GREEN), (RIGHT, BLUE))
    assert np.abs(spreading.field(spreading.marks.color, spreading.labels) - spreading.color).max() <= 0.51
    labels = cv2.resize(spreading.labels, (100, 60), interpolation=cv2.INTER_NEAREST)
    small = spreading.field(spreading.marks.color, labels)
    assert np.abs(small - cv2.resize(spreading.color, (100, 60), interpolation=cv2.INTER_NEAREST))[6:].mean() < 6


def test_the_same_hints_give_the_same_bytes() -> None:
    lines = np.where(np.random.default_rng(5).random((90, 130)) < 0.03, 0, 255).astype(np.uint8)
    first, second = (spread(lines, ((20, 20), RED), ((70, 100), BLUE)) for _ in range(2))
    assert np.array_equal(first.color, second.color)
    assert np.array_equal(first.confidence, second.confidence)


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (2, 3)])
def test_the_smallest_drawings_take_a_hint(size: tuple[int, int]) -> None:
    lines = np.full(size, 255, np.uint8)
    hints = no_hints(lines)
    hints[0, 0] = (*RED, 255)
    spreading = propagate(find_basins(lines), hints)
    assert (spreading.color == RED).all() and (spreading.confidence == 1).all()


def test_a_black_page_takes_no_hint() -> None:
    lines = np.zeros((30, 40), np.uint8)
    hints = np.full((30, 40, 4), 255, np.uint8)
    assert not propagate(find_basins(lines), hints).confidence.any()


def test_with_closed_passages_a_hint_colours_its_own_region_and_no_other() -> None:
    lines = np.full((120, 160), 255, np.uint8)
    lines[:, 79:82] = 0
    lines[59:61] = 255  # A gap of two pixels.
    hints = dab(no_hints(lines), (60, 30), RED)
    basins = find_basins(lines)
    leaking, clamped = propagate(basins, hints), propagate(basins, hints, passage_costs(basins, closed_px=4))
    assert tuple(leaking.color[60, 130]) == RED
    assert (clamped.color[5:55, 85:] == 255).all() and not clamped.confidence[5:55, 85:].any()
    assert (clamped.color[5:55, :78] == RED).all() and (clamped.confidence[5:55, :78] == 1).all()
    assert not clamped.field(np.ones((1, 2), np.float32), basins.labels)[5:55, 85:].any()
