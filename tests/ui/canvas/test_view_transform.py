"""The view: what is seen where, and what stays put when it changes."""

from dataclasses import replace

import pytest

from linepaint.ui.canvas.view_transform import MAX_ZOOM, MIN_ZOOM, Point, ViewTransform

PAGE = ViewTransform(page_width=1000, page_height=700, width=800, height=600).fitted()

VIEWS = [
    replace(PAGE, zoom=zoom, center_x=311.7, center_y=402.3, rotation_degrees=degrees, mirrored=mirrored)
    for zoom in (0.13, 1.0, 7.0)
    for degrees in (0.0, 33.0, 90.0, 270.0)
    for mirrored in (False, True)
]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("view", VIEWS)
def test_the_way_back_is_the_inverse_of_the_way_there(view: ViewTransform, ratio: float) -> None:
    view = replace(view, device_pixel_ratio=ratio)
    for x, y in ((0, 0), (123.25, 456.75), (-40, 900)):
        seen = view.to_widget(x, y)
        assert view.to_document(seen.x, seen.y) == pytest.approx((x, y), abs=1e-6)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_at_100_percent_a_document_pixel_is_a_pixel_of_the_screen(ratio: float) -> None:
    view = replace(PAGE, device_pixel_ratio=ratio, zoom=1.0, center_x=333.3, center_y=100.1)
    first, second = view.to_widget(10, 20), view.to_widget(11, 21)
    assert (second.x - first.x) * ratio == pytest.approx(1.0)
    assert (first.x * ratio) % 1 == pytest.approx(0.0, abs=1e-6)
    assert (first.y * ratio) % 1 == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("view", VIEWS)
def test_zooming_keeps_what_is_under_the_cursor(view: ViewTransform) -> None:
    under = view.to_document(390, 310)
    for zoom in (view.zoom * 1.25, view.zoom / 1.25):
        now = view.zoomed_about(390, 310, zoom)
        assert now.zoom == pytest.approx(zoom)
        # A page that lies on whole pixels may be off by one of them.
        assert now.to_widget(*under) == pytest.approx((390, 310), abs=1.01)


def test_many_zooms_in_and_out_do_not_drift() -> None:
    view = replace(PAGE, zoom=1.0)
    for _ in range(50):
        view = view.zoomed_about(123, 456, view.zoom * 1.1)
        view = view.zoomed_about(123, 456, view.zoom / 1.1)
    assert (view.center_x, view.center_y) == pytest.approx((PAGE.center_x, PAGE.center_y), abs=1e-6)


def test_zoom_stays_within_its_bounds() -> None:
    assert PAGE.zoomed_about(0, 0, 1e9).zoom == MAX_ZOOM
    assert PAGE.zoomed_about(0, 0, 1e-9).zoom == MIN_ZOOM


@pytest.mark.parametrize("view", VIEWS)
def test_panning_moves_the_page_with_the_hand(view: ViewTransform) -> None:
    before, after = view.to_widget(400, 300), view.panned(17, -9).to_widget(400, 300)
    assert (after.x - before.x, after.y - before.y) == pytest.approx((17, -9), abs=1.01)


def test_the_page_cannot_be_pushed_out_of_sight() -> None:
    for dx, dy in ((1e6, 0), (-1e6, 0), (0, 1e6), (0, -1e6)):
        left, top, right, bottom = PAGE.panned(dx, dy).widget_bounds(0, 0, 1000, 700)
        assert left < PAGE.width and right > 0 and top < PAGE.height and bottom > 0


@pytest.mark.parametrize("mirrored", [False, True])
def test_turning_is_clockwise_as_seen_also_in_the_mirror(mirrored: bool) -> None:
    view = replace(PAGE, mirrored=mirrored)
    right_of_middle = view.to_document(500, 300)
    turned = view.rotated_about(400, 300, 90)
    assert turned.to_widget(*right_of_middle) == pytest.approx((400, 400), abs=1.01)


def test_turning_all_the_way_round_comes_back_upright() -> None:
    view = PAGE
    for _ in range(24):
        view = view.rotated_about(400, 300, 15)
    assert view.rotation_degrees == 0.0
    assert view.is_upright


def test_the_mirror_exchanges_left_and_right_about_the_middle() -> None:
    at = PAGE.to_document(100, 250)
    assert PAGE.mirror_toggled().to_widget(*at) == pytest.approx((700, 250), abs=1.01)


@pytest.mark.parametrize("degrees", [0, 30, 90])
@pytest.mark.parametrize("size", [(1000, 700), (20, 3000), (1, 1)])
def test_a_fitted_page_is_wholly_in_the_window(size: tuple[int, int], degrees: float) -> None:
    view = ViewTransform(*size, width=800, height=600, rotation_degrees=degrees).fitted()
    left, top, right, bottom = view.widget_bounds(0, 0, *size)
    assert left >= 0 and top >= 0 and right <= 800 and bottom <= 600


def test_a_small_page_is_enlarged_by_a_whole_factor() -> None:
    assert ViewTransform(100, 100, width=800, height=600).fitted().zoom == 5


def test_zoom_stops_pass_through_100_percent() -> None:
    view = replace(PAGE, zoom=0.9)
    assert view.next_zoom() == 1.0
    assert replace(view, zoom=1.1).previous_zoom() == 1.0
    assert replace(view, zoom=1.0).next_zoom() == 1.5


def test_a_resized_window_keeps_its_middle() -> None:
    view = PAGE.resized(400, 1000, 1.5)
    assert view.to_document(200, 500) == pytest.approx((PAGE.center_x, PAGE.center_y), abs=1.5)


def test_points_are_plain_pairs() -> None:
    x, y = PAGE.to_widget(0, 0)
    assert Point(x, y) == PAGE.page_corners()[0]
