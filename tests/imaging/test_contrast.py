"""Suggested levels of gray pictures use all tones, and ask for nothing where there is nothing to gain."""

import numpy as np
import pytest

from linepaint.document.layers import Levels, apply_levels
from linepaint.imaging.contrast import stretching_levels


def test_a_faint_picture_is_spread_over_all_tones_whatever_the_dust_says() -> None:
    gray = np.random.default_rng(0).integers(80, 171, (200, 300), dtype=np.uint8)
    gray[0, :20], gray[1, :20] = 0, 255
    levels = stretching_levels(gray)
    assert abs(levels.black - 80) <= 2 and abs(levels.white - 170) <= 2
    stretched = apply_levels(gray, levels)
    assert (stretched == 0).mean() < 0.05 and (stretched == 255).mean() < 0.05


@pytest.mark.parametrize("tones", [[0, 128, 255], [200], [100, 110], [255], [0]])
def test_a_picture_with_all_tones_or_hardly_any_stays_as_it_is(tones: list[int]) -> None:
    gray = np.resize(np.array(tones, np.uint8), (60, 60))
    assert stretching_levels(gray) == Levels()


def test_no_picture_at_all_is_no_reason_to_fail() -> None:
    assert stretching_levels(np.zeros((0, 0), np.uint8)) == Levels()
