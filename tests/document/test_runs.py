"""Tiles packed into runs for undo come back the same, and flat paint packs small."""

import numpy as np
import pytest

from linepaint.document.runs import Runs, packed, unpacked


def flat_tile():
    tile = np.zeros((256, 256, 4), np.uint8)
    tile[40:200, 30:90] = (200, 40, 10, 255)
    tile[100:, 70:] = (10, 40, 200, 128)
    tile.flags.writeable = False
    return tile


def noisy_tile():
    tile = np.random.default_rng(0).integers(0, 256, (256, 256, 4), dtype=np.uint8)
    tile.flags.writeable = False
    return tile


def one_color_tile():
    tile = np.full((256, 256, 4), 7, np.uint8)
    tile.flags.writeable = False
    return tile


@pytest.mark.parametrize("tile", [flat_tile(), noisy_tile(), one_color_tile()], ids=["flat", "noisy", "one"])
def test_tiles_come_back_the_same_and_read_only(tile):
    back = unpacked(packed(tile))
    assert np.array_equal(back, tile)
    assert not back.flags.writeable


def test_flat_paint_packs_to_a_few_percent():
    runs = packed(flat_tile())
    assert isinstance(runs, Runs)
    assert runs.nbytes < flat_tile().nbytes / 25


def test_what_has_no_runs_never_grows():
    assert packed(noisy_tile()).nbytes == noisy_tile().nbytes
