"""The page in the window's own pixels: crisp where it has to be."""

from dataclasses import replace

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.ui.canvas.level_sheet import LevelSheet
from linepaint.ui.canvas.page_pixels import page_pixels
from linepaint.ui.canvas.tile_cache import TileCache
from linepaint.ui.canvas.view_transform import ViewTransform

VIEW = ViewTransform(60, 40, width=60, height=40, center_x=30, center_y=20)
ALL = Rect(0, 0, 60, 40)


@pytest.fixture
def sheet() -> LevelSheet:
    """A page of noise at full size."""
    noise = np.random.default_rng(3).integers(0, 256, (40, 60), np.uint8)
    cache = TileCache(Document.from_scan(noise))
    cache.refresh(0, ALL, (0, 0), 1e9)
    return cache.sheet(0)


def test_at_100_percent_every_pixel_is_itself(sheet: LevelSheet) -> None:
    np.testing.assert_array_equal(page_pixels(sheet, VIEW, ALL), sheet.pixels)


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0])
def test_at_100_percent_the_screens_pixel_ratio_changes_nothing(sheet: LevelSheet, ratio: float) -> None:
    view = replace(VIEW, width=60 / ratio, height=40 / ratio, device_pixel_ratio=ratio)
    np.testing.assert_array_equal(page_pixels(sheet, view, ALL), sheet.pixels)


@pytest.mark.parametrize(
    ("degrees", "quarter_turns"), [(90.0, -1), (180.0, 2), (270.0, 1)], ids=["right", "over", "left"]
)
def test_a_quarter_turn_loses_nothing(sheet: LevelSheet, degrees: float, quarter_turns: int) -> None:
    view = replace(VIEW, width=60, height=60, rotation_degrees=degrees)
    turned = np.rot90(sheet.pixels, quarter_turns)
    top, left = (60 - turned.shape[0]) // 2, (60 - turned.shape[1]) // 2
    rect = Rect(left, top, turned.shape[1], turned.shape[0])
    np.testing.assert_array_equal(page_pixels(sheet, view, rect), turned)


def test_the_mirror_shows_the_page_the_other_way_round(sheet: LevelSheet) -> None:
    mirrored = page_pixels(sheet, replace(VIEW, mirrored=True), ALL)
    np.testing.assert_array_equal(mirrored, sheet.pixels[:, ::-1])


def test_from_200_percent_on_pixels_are_squares(sheet: LevelSheet) -> None:
    view = replace(VIEW, width=180, height=120, zoom=3.0)
    enlarged = page_pixels(sheet, view, Rect(0, 0, 180, 120))
    np.testing.assert_array_equal(enlarged, sheet.pixels.repeat(3, axis=0).repeat(3, axis=1))


def test_below_that_they_are_smooth(sheet: LevelSheet) -> None:
    view = replace(VIEW, width=90, height=60, zoom=1.5)
    enlarged = page_pixels(sheet, view, Rect(0, 0, 90, 60))
    assert len(np.unique(enlarged[..., 0])) > len(np.unique(sheet.pixels[..., 0])) * 0.9
    assert not np.isin(enlarged[10, :20, 0], sheet.pixels[..., 0][6:8, :15]).all()


def test_a_part_is_the_part_of_the_whole(sheet: LevelSheet) -> None:
    view = replace(VIEW, width=180, height=120, zoom=3.0, rotation_degrees=20.0)
    whole = page_pixels(sheet, view, Rect(0, 0, 180, 120))
    part = Rect(33, 21, 70, 50)
    np.testing.assert_array_equal(page_pixels(sheet, view, part), whole[part.slices])
