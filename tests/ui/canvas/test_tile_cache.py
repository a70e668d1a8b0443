"""The tile cache: brought up to date in slices, first what the artist looks at."""

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.ui.canvas.composer import compose, level_size
from linepaint.ui.canvas.tile_cache import SHEETS_LIMIT_BYTES, TileCache

ALL_TIME = 1e9
NO_TIME = 0.0


@pytest.fixture
def page() -> Document:
    """1300 × 1100 pixels, so 5 rows and 6 columns of tiles at full size."""
    document = Document.from_scan(np.full((1100, 1300), 255, np.uint8))
    document.set_color_pixels(np.full((1100, 1300, 3), (200, 100, 50), np.uint8))
    return document


@pytest.fixture
def cache(page: Document) -> TileCache:
    """All of the page composed at full size."""
    cache = TileCache(page)
    cache.refresh(0, page.bounds, (0, 0), ALL_TIME)
    assert cache.is_settled(0, page.bounds)
    return cache


def distance(rect: Rect, x: float, y: float) -> float:
    return float(np.hypot(rect.x + rect.width / 2 - x, rect.y + rect.height / 2 - y))


@pytest.mark.parametrize("level", [0, 1, 2, 5])
def test_a_settled_sheet_shows_the_page(page: Document, level: int) -> None:
    cache = TileCache(page)
    cache.refresh(level, page.bounds, (0, 0), ALL_TIME)
    expected = compose(page, level, Rect(0, 0, *level_size(page, level)))
    np.testing.assert_array_equal(cache.sheet(level).pixels, expected)


def test_out_of_time_it_does_one_tile_and_no_more(page: Document) -> None:
    cache = TileCache(page)
    assert len(cache.refresh(0, page.bounds, (0, 0), NO_TIME)) == 1
    assert not cache.is_settled(0, page.bounds)


def test_new_colours_appear_nearest_the_cursor_first(cache: TileCache, page: Document) -> None:
    cache.mark_stale()
    shown = [cache.refresh(0, page.bounds, (700, 600), NO_TIME)[0] for _ in range(5)]
    distances = [distance(rect, 700, 600) for rect in shown]
    assert distances == sorted(distances)
    assert shown[0].x <= 700 < shown[0].right and shown[0].y <= 600 < shown[0].bottom


def test_far_tiles_get_their_turn_while_previews_keep_coming(cache: TileCache, page: Document) -> None:
    sheet = cache.sheet(0)
    before = sheet.composed_at.copy()
    for _ in range(12):  # Each preview arrives before the page is half done.
        cache.mark_stale()
        for _ in range(12):
            cache.refresh(0, page.bounds, (100, 100), NO_TIME)
    assert (sheet.composed_at > before).all()


def test_only_what_is_in_sight_is_composed(page: Document) -> None:
    cache = TileCache(page)
    in_sight = Rect(300, 300, 100, 100)
    shown = cache.refresh(0, in_sight, (0, 0), ALL_TIME)
    assert shown == [Rect(256, 256, 256, 256)]
    assert cache.is_settled(0, in_sight)
    assert not cache.is_settled(0, page.bounds)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_stroke_is_shown_at_once_and_just_where_it_ran(cache: TileCache, page: Document, level: int) -> None:
    cache.refresh(level, page.bounds, (0, 0), ALL_TIME)
    stroked = Rect(501, 303, 41, 37)
    page.hints.pixels.write(stroked, np.full((37, 41, 4), 255, np.uint8))
    cache.mark_painted(stroked, level)
    (shown,) = cache.refresh(level, page.bounds, (0, 0), NO_TIME)
    assert shown.contains(stroked)
    assert stroked.expanded(1 << level).contains(shown)
    expected = compose(page, level, Rect(0, 0, *level_size(page, level)))
    np.testing.assert_array_equal(cache.sheet(level).pixels, expected)


def test_a_stroke_also_reaches_the_other_levels(cache: TileCache, page: Document) -> None:
    cache.refresh(2, page.bounds, (0, 0), ALL_TIME)
    page.hints.pixels.write(Rect(500, 300, 40, 40), np.full((40, 40, 4), 255, np.uint8))
    cache.mark_painted(Rect(500, 300, 40, 40), 0)
    cache.refresh(0, page.bounds, (0, 0), ALL_TIME)
    assert not cache.is_settled(2, page.bounds)
    cache.refresh(2, page.bounds, (0, 0), ALL_TIME)
    expected = compose(page, 2, Rect(0, 0, *level_size(page, 2)))
    np.testing.assert_array_equal(cache.sheet(2).pixels, expected)


def test_a_change_of_everything_is_brought_in_by_tiles(cache: TileCache, page: Document) -> None:
    page.hints.pixels.write(page.bounds, np.full((1100, 1300, 4), 255, np.uint8))
    cache.mark_painted(page.bounds, 0)
    assert len(cache.refresh(0, page.bounds, (0, 0), NO_TIME)) == 1
    cache.refresh(0, page.bounds, (0, 0), ALL_TIME)
    np.testing.assert_array_equal(cache.sheet(0).pixels, compose(page, 0, page.bounds))


def test_a_level_never_seen_borrows_from_one_that_was(cache: TileCache, page: Document) -> None:
    assert (cache.filled_sheet(1, page.bounds).pixels[..., :3] == (50, 100, 200)).all()


def test_with_nothing_to_borrow_there_is_paper(page: Document) -> None:
    page.paper.color = (1, 2, 3)
    assert (TileCache(page).filled_sheet(0, page.bounds).pixels == (3, 2, 1, 255)).all()


def test_the_level_has_a_pixel_for_every_pixel_of_the_screen(cache: TileCache) -> None:
    assert cache.level_for(8.0) == 0
    assert cache.level_for(1.0) == 0
    assert cache.level_for(0.6) == 0
    assert cache.level_for(0.5) == 1
    assert cache.level_for(0.23) == 2
    assert cache.level_for(1 / 128) == 7


def test_zooming_about_does_not_pile_up_memory() -> None:
    huge = Document.from_scan(np.full((9000, 7000), 255, np.uint8))
    cache = TileCache(huge)
    for level in range(6):
        cache.refresh(level, Rect(0, 0, 200, 200), (0, 0), ALL_TIME)
    assert cache.nbytes <= SHEETS_LIMIT_BYTES
