"""What a session takes over from one stroke to the next changes how long a preview takes, never what it looks like."""

import numpy as np
import pytest

from linepaint.engine import Colorizer
from linepaint.imaging.opencv import cv2

COLORS = ((220, 30, 40), (40, 180, 70), (30, 60, 210), (240, 220, 40))


def growing_hints(lines: np.ndarray, count: int) -> list[np.ndarray]:
    """Hints after one dab, after two, and so on, several of them in each area."""
    random, hints, steps = np.random.default_rng(2), np.zeros((*lines.shape, 4), np.uint8), []
    for i in range(count):
        x, y = (int(random.integers(8, side - 8)) for side in (lines.shape[1], lines.shape[0]))
        cv2.circle(hints, (x, y), int(random.integers(4, 9)), (*COLORS[i % len(COLORS)], 255), -1)
        steps.append(hints.copy())
    return steps


@pytest.fixture(params=[1, 4], ids=["small", "larger than the structure"])
def lines(request: pytest.FixtureRequest, drawing: np.ndarray) -> np.ndarray:
    return cv2.resize(drawing, None, fx=request.param, fy=request.param, interpolation=cv2.INTER_LINEAR)


@pytest.mark.parametrize("draft", [False, True])
def test_the_same_hints_give_the_same_bytes_whatever_was_painted_before(
    scatterbrain: Colorizer, lines: np.ndarray, draft: bool
) -> None:
    steps = growing_hints(lines, 9)
    painted = scatterbrain.open(lines)
    for hints in (*steps, steps[2], np.zeros_like(steps[0]), steps[5], steps[6]):
        painted.preview(hints, draft=not draft)
        picture = painted.preview(hints, draft=draft)
    assert np.array_equal(picture, scatterbrain.open(lines).preview(steps[6], draft=draft))


def test_hints_painted_on_in_place_are_seen(scatterbrain: Colorizer, lines: np.ndarray) -> None:
    """The caller may keep one array of hints and paint into it."""
    steps = growing_hints(lines, 5)
    hints, session = steps[0].copy(), scatterbrain.open(lines)
    session.preview(hints)
    hints[:] = steps[4]
    assert np.array_equal(session.preview(hints), scatterbrain.open(lines).preview(steps[4]))


def test_a_colour_layer_that_was_handed_out_may_be_painted_over(scatterbrain: Colorizer, lines: np.ndarray) -> None:
    first, second = growing_hints(lines, 2)
    session = scatterbrain.open(lines)
    session.color_layer(first)[:] = 0
    assert np.array_equal(session.color_layer(second), scatterbrain.open(lines).color_layer(second))
