"""The steps of the brush size: every size can be reached, and each press of a key does something."""

from linepaint.ui.tools.brush_sizes import (
    MAX_BRUSH_PX,
    MIN_BRUSH_PX,
    next_size,
    previous_size,
    size_for_document,
)


def test_growing_and_shrinking_reach_both_ends() -> None:
    size, steps = MIN_BRUSH_PX, 0
    while size < MAX_BRUSH_PX:
        assert next_size(size) > size
        size, steps = next_size(size), steps + 1
    assert steps < 50
    while size > MIN_BRUSH_PX:
        assert previous_size(size) < size
        size = previous_size(size)
    assert previous_size(MIN_BRUSH_PX) == MIN_BRUSH_PX
    assert next_size(MAX_BRUSH_PX) == MAX_BRUSH_PX


def test_the_first_brush_suits_the_drawing() -> None:
    assert size_for_document(1, 1) >= 4
    assert 10 <= size_for_document(1024, 1024) <= 30
    assert 50 <= size_for_document(4096, 4096) <= 100
