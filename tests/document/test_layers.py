"""Levels and layers: the scan stays as it came, and what is seen of it is worked out once."""

import numpy as np
import pytest

from linepaint.document.geometry import Rect
from linepaint.document.layers import HintLayer, Levels, LineLayer, apply_levels
from linepaint.document.tiles import TiledImage


def every_grey():
    return np.arange(256, dtype=np.uint8).reshape(16, 16)


def test_default_levels_change_nothing():
    scan = every_grey()
    assert apply_levels(scan, Levels()) is scan
    assert LineLayer(scan).lines is LineLayer(scan).scan


def test_levels_stretch_between_black_and_white():
    seen = apply_levels(every_grey(), Levels(50, 150)).ravel()
    assert not seen[:51].any()
    assert (seen[150:] == 255).all()
    assert seen[100] in (127, 128)
    assert (np.diff(seen.astype(int)) >= 0).all()


@pytest.mark.parametrize(("black", "white"), [(10, 10), (200, 100), (-1, 255), (0, 256)])
def test_impossible_levels_are_refused(black, white):
    with pytest.raises(ValueError, match="Set the black point below the white point"):
        Levels(black, white)


def test_lines_follow_levels_and_leave_the_scan_alone():
    layer = LineLayer(every_grey(), Levels(100, 200))
    first = layer.lines
    assert layer.lines is first
    layer.levels = Levels(0, 128)
    assert layer.lines[8, 0] == 255 and layer.scan[8, 0] == 128
    layer.levels = Levels(100, 200)
    assert np.array_equal(layer.lines, first)


def test_a_part_of_the_lines_is_that_part_whether_the_whole_is_known_or_not():
    layer, rect = LineLayer(every_grey(), Levels(100, 200)), Rect(3, 5, 7, 4)
    before = layer.lines_in(rect)
    assert np.array_equal(before, layer.lines[rect.slices])
    assert np.array_equal(before, layer.lines_in(rect))


@pytest.mark.parametrize("levels", [Levels(), Levels(100, 200)])
def test_snapshots_share_the_lines_whoever_works_them_out(levels):
    layer = LineLayer(every_grey(), levels)
    snapshots = layer.snapshot(), layer.snapshot()
    lines = snapshots[0].lines
    assert lines is layer.lines and lines is snapshots[1].lines


def test_lines_and_scan_cannot_be_written():
    layer = LineLayer(every_grey(), Levels(100, 200))
    for pixels in (layer.scan, layer.lines):
        with pytest.raises(ValueError, match="read-only"):
            pixels[0, 0] = 1


@pytest.mark.parametrize("scan", [np.zeros((4, 4, 3), np.uint8), np.zeros((4, 4), np.float32)])
def test_other_than_grey_8_bit_is_refused(scan):
    with pytest.raises(ValueError, match="8-bit greyscale"):
        LineLayer(scan)


def test_hints_are_seen_through_by_default():
    assert HintLayer(TiledImage(4, 4, 4)).opacity == 0.6
