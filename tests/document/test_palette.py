"""Palettes are values: each change makes a new one and leaves the old as it was."""

import pytest

from linepaint.document.palette import DEFAULT_PALETTE, Palette, Swatch

RED, GREEN, BLUE = Swatch((255, 0, 0), "red"), Swatch((0, 255, 0), "green"), Swatch((0, 0, 255), "blue")
RGB = Palette("rgb", (RED, GREEN, BLUE))


def test_changes_make_new_palettes():
    grey = Swatch((9, 9, 9))
    assert RGB.with_added(grey).swatches == (RED, GREEN, BLUE, grey)
    assert RGB.without(1).swatches == (RED, BLUE)
    assert RGB.renamed("mine") == Palette("mine", RGB.swatches)
    assert RGB.with_swatch(1, grey).swatches == (RED, grey, BLUE)
    assert RGB.swatches == (RED, GREEN, BLUE)


@pytest.mark.parametrize(
    ("index", "new_index", "order"),
    [
        (0, 2, (GREEN, BLUE, RED)),
        (2, 0, (BLUE, RED, GREEN)),
        (0, 1, (GREEN, RED, BLUE)),
        (1, 1, RGB.swatches),
    ],
)
def test_a_moved_swatch_stands_where_it_was_put(index, new_index, order):
    assert RGB.moved(index, new_index).swatches == order


@pytest.mark.parametrize("index", [-1, 3])
def test_swatches_that_are_not_there(index):
    for change in (lambda: RGB.without(index), lambda: RGB.moved(index, 0), lambda: RGB.moved(0, index)):
        with pytest.raises(IndexError, match="has no swatch"):
            change()


def test_the_default_palette_is_24_different_named_colours():
    assert len(DEFAULT_PALETTE.swatches) == 24
    assert len({swatch.color for swatch in DEFAULT_PALETTE.swatches}) == 24
    assert len({swatch.name for swatch in DEFAULT_PALETTE.swatches} - {""}) == 24
    assert all(0 <= channel <= 255 for swatch in DEFAULT_PALETTE.swatches for channel in swatch.color)
