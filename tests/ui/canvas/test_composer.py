"""What is composed for the screen agrees with the document, at full size and smaller."""

import numpy as np
import pytest

from linepaint.document.commands import SetMode
from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.mode import DocumentMode
from linepaint.imaging.compositing import composite_document
from linepaint.imaging.pyramid import pyramid
from linepaint.imaging.strokes import Brush, Stroke, StrokePoint
from linepaint.ui.canvas.composer import compose, level_size, seen_color


@pytest.fixture
def page() -> Document:
    """517 × 389 pixels, so that no level divides it evenly; lines, a colour layer and a thick hint."""
    rng = np.random.default_rng(5)
    scan = np.full((389, 517), 255, np.uint8)
    scan[::40, :] = 0
    scan[:, ::50] = 60
    document = Document.from_scan(scan)
    coarse = rng.integers(60, 255, (10, 12, 3), np.uint8)
    document.set_color_pixels(np.kron(coarse, np.ones((40, 45, 1), np.uint8))[:389, :517].copy())
    stroke = Stroke(document.hints.pixels, Brush(60, (250, 20, 20)))
    stroke.begin(StrokePoint(100, 100))
    stroke.extend(StrokePoint(420, 300))
    return document


def rgb(pixels: np.ndarray) -> np.ndarray:
    assert (pixels[..., 3] == 255).all()
    return pixels[..., 2::-1]


def test_at_full_size_the_screen_shows_the_very_composite(page: Document) -> None:
    rect = Rect(90, 80, 256, 200)
    np.testing.assert_array_equal(rgb(compose(page, 0, rect)), composite_document(page, rect))


@pytest.mark.parametrize("opacity", [1.0, 0.4])
def test_of_a_gray_document_the_screen_shows_the_very_composite(page: Document, opacity: float) -> None:
    colors = page.color.pixels
    SetMode(DocumentMode.GRAYSCALE).apply(page)
    rect = Rect(90, 80, 256, 200)
    np.testing.assert_array_equal(rgb(compose(page, 0, rect)), composite_document(page, rect))
    page.set_color_pixels(colors)
    page.color.opacity = opacity
    np.testing.assert_array_equal(rgb(compose(page, 0, rect)), composite_document(page, rect))
    small = rgb(compose(page, 1, Rect(0, 0, *level_size(page, 1))))
    assert np.abs(small.astype(int) - pyramid(composite_document(page), 1)[1].astype(int)).mean() < 4


@pytest.mark.parametrize("level", [0, 1])
def test_a_gray_picture_is_seen_without_paper_and_covers_the_checkerboard(page: Document, level: int) -> None:
    SetMode(DocumentMode.GRAYSCALE).apply(page)
    page.paper.visible = page.hints.visible = False
    pixels = rgb(compose(page, level, Rect(0, 0, 128, 128)))
    page.paper.visible = True
    np.testing.assert_array_equal(pixels, rgb(compose(page, level, Rect(0, 0, 128, 128))))
    assert (pixels[10 >> level, 20 >> level] == 255).all() and pixels.min() < 128


@pytest.mark.parametrize("level", [1, 2, 3])
def test_smaller_levels_look_like_the_composite_made_smaller(page: Document, level: int) -> None:
    page.hints.opacity = 1.0
    width, height = level_size(page, level)
    small = rgb(compose(page, level, Rect(0, 0, width, height)))
    exact = pyramid(composite_document(page), 1)[level]
    assert small.shape == exact.shape
    difference = np.abs(small.astype(int) - exact.astype(int))
    assert difference.mean() < 4


def test_hints_made_smaller_keep_their_colour_to_the_edge(page: Document) -> None:
    page.lines.visible = page.color.visible = False
    page.hints.opacity = 1.0
    pixels = rgb(compose(page, 2, Rect(0, 0, *level_size(page, 2)))).astype(int)
    # Red on white: green and blue go down together and red stays; a dark fringe would pull red down.
    assert pixels[..., 0].min() >= 245
    np.testing.assert_allclose(pixels[..., 1], pixels[..., 2], atol=3)


def test_a_part_composed_alone_is_the_part_of_the_whole(page: Document) -> None:
    whole = compose(page, 1, Rect(0, 0, *level_size(page, 1)))
    part = Rect(37, 21, 100, 90)
    np.testing.assert_array_equal(compose(page, 1, part), whole[part.slices])


def test_a_pyramid_made_elsewhere_shows_the_same(page: Document) -> None:
    assert page.color.pixels is not None
    rect = Rect(8, 8, 100, 64)
    ready = compose(page, 2, rect, pyramid(page.color.pixels))
    own = compose(page, 2, rect)
    assert np.abs(ready.astype(int) - own.astype(int)).max() <= 2


def test_a_pyramid_of_an_older_colour_layer_is_not_used(page: Document) -> None:
    older = [np.zeros((389, 517, 3), np.uint8), np.zeros((195, 259, 3), np.uint8)]
    rect = Rect(0, 0, 64, 64)
    np.testing.assert_array_equal(compose(page, 1, rect, older), compose(page, 1, rect))


def test_without_paper_a_checkerboard_shows_through(page: Document) -> None:
    page.paper.visible = page.color.visible = page.lines.visible = page.hints.visible = False
    pixels = rgb(compose(page, 0, Rect(0, 0, 128, 128)))
    assert len(np.unique(pixels)) == 2


def test_hidden_layers_leave_the_paper(page: Document) -> None:
    page.color.visible = page.lines.visible = page.hints.visible = False
    page.paper.color = (10, 20, 30)
    assert (rgb(compose(page, 1, Rect(0, 0, 50, 50))) == (10, 20, 30)).all()


def test_the_colour_seen_is_the_composites(page: Document) -> None:
    assert seen_color(page, 200, 170) == tuple(composite_document(page)[170, 200].tolist())
    assert seen_color(page, -1, 5) is None
    assert seen_color(page, 517, 5) is None
    assert seen_color(Document.empty(), 0, 0) is None
