"""What you paint is what you get, and what you did not touch stays as it was."""

import numpy as np

from linepaint.imaging.anchoring import anchor, mean_error, tone_error
from linepaint.imaging.basins import find_basins
from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import Propagation, propagate

SIZE = (60, 80)


def page(value: float = 0.4) -> np.ndarray:
    """A network's colouring with shading in it: brighter from left to right."""
    ramp = np.linspace(0, 0.2, SIZE[1], dtype=np.float32)
    return np.broadcast_to((value + ramp)[None, :, None], (*SIZE, 3)).copy()


def hinted(y: slice, x: slice, color: tuple[float, float, float]) -> tuple[np.ndarray, np.ndarray]:
    """wanted and mask of one hint."""
    wanted, mask = np.zeros((*SIZE, 3), np.float32), np.zeros(SIZE, bool)
    wanted[y, x], mask[y, x] = color, True
    return wanted, mask


def spread(*dabs: tuple[slice, slice, tuple[int, int, int]], wall: bool = False) -> Propagation:
    """Dabs spread over an empty page, or over one with a wall down its middle."""
    lines = np.full(SIZE, 255, np.uint8)
    if wall:
        lines[:, 39:41] = 0
    hints = np.zeros((*SIZE, 4), np.uint8)
    for y, x, color in dabs:
        hints[y, x] = (*color, 255)
    return propagate(find_basins(lines), hints)


def test_under_a_hint_the_colour_is_the_hints_own() -> None:
    wanted, mask = hinted(slice(10, 20), slice(10, 20), (0.9, 0.1, 0.2))
    other, there = hinted(slice(30, 36), slice(60, 66), (0.1, 0.8, 0.3))
    obedient = anchor(page(), wanted + other, mask | there)
    assert np.array_equal(obedient[mask], wanted[mask])
    assert np.array_equal(obedient[there], other[there])


def test_a_hint_on_its_own_changes_its_own_place_only() -> None:
    wanted, mask = hinted(slice(28, 32), slice(38, 42), (0.9, 0.1, 0.2))
    before = page()
    after = anchor(before, wanted, mask)
    assert np.array_equal(after[:, :20], before[:, :20])
    assert np.array_equal(after[:, 60:], before[:, 60:])


def test_there_is_no_hard_edge_around_a_hint() -> None:
    wanted, mask = hinted(slice(20, 40), slice(30, 50), (0.9, 0.1, 0.2))
    after = anchor(page(), wanted, mask)
    assert np.abs(np.diff(after[30], axis=0)).max() < 0.4 * np.abs(wanted[30, 40] - page()[30, 40]).max()


def test_without_hints_the_network_has_its_way() -> None:
    wanted, mask = np.zeros((*SIZE, 3), np.float32), np.zeros(SIZE, bool)
    assert np.array_equal(anchor(page(), wanted, mask), page())


def test_the_area_follows_the_hint_and_keeps_its_shading() -> None:
    spreading = spread((slice(28, 32), slice(38, 42), (204, 51, 102)))
    error = tone_error(page(), spreading, spreading.labels)
    assert np.ptp(error, axis=(0, 1)).max() < 1e-5, "one tone for the whole area, so its shading stays"
    assert np.abs(page()[30, 40] + error[30, 40] - (0.8, 0.2, 0.4)).max() < 0.02


def test_an_error_stays_on_its_side_of_a_line() -> None:
    """The left half is as the hint wants it, the right half is not."""
    left = slice(28, 32), slice(8, 12), (110, 110, 110)
    right = slice(28, 32), slice(68, 72), (255, 0, 0)
    spreading = spread(left, right, wall=True)
    error = tone_error(page(), spreading, spreading.labels)
    assert np.abs(error[:, :38]).max() < 0.02
    assert (np.abs(error[:, 42:]) > 0.3).all()


def test_it_works_at_the_networks_size_too() -> None:
    spreading = spread((slice(28, 32), slice(8, 12), (204, 51, 102)), (slice(10, 14), slice(60, 64), (30, 160, 90)))
    small = cv2.resize(page(), (40, 30), interpolation=cv2.INTER_AREA)
    labels = cv2.resize(spreading.labels, (40, 30), interpolation=cv2.INTER_NEAREST)
    fine = tone_error(page(), spreading, spreading.labels)
    coarse = tone_error(small, spreading, labels)
    assert np.abs(cv2.resize(fine, (40, 30), interpolation=cv2.INTER_AREA) - coarse).max() < 0.12


def test_without_marks_there_is_no_error() -> None:
    spreading = spread()
    assert not tone_error(page(), spreading, spreading.labels).any()


def test_where_no_hint_colour_was_spread_there_is_no_error() -> None:
    wanted, mask = hinted(slice(28, 32), slice(8, 12), (0.9, 0.1, 0.2))
    source = np.zeros(SIZE, np.int32)
    source[:, 40:] = -1
    error = mean_error(page(), wanted, mask, source)
    assert not error[:, 40:].any()
    assert np.abs(page()[30, 10] + error[30, 10] - (0.9, 0.1, 0.2)).max() < 0.02
