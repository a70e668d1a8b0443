"""What the canvas shows, looked at pixel by pixel."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from linepaint.document.commands import SetLayerVisible, SetMode, SetPaperColor
from linepaint.document.document import Document
from linepaint.document.layers import LayerKind
from linepaint.document.mode import DocumentMode
from linepaint.imaging.pyramid import pyramid
from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.canvas.page_painter import mat_color
from linepaint.ui.editor import Editor

from .conftest import Mouse, Pen


def screen(canvas: Canvas, qtbot: QtBot) -> QImage:
    qtbot.waitUntil(lambda: canvas.is_settled, timeout=2000)
    return canvas.grab().toImage()


def shown(canvas: Canvas, image: QImage, x: float, y: float) -> tuple[int, int, int]:
    """The colour on the screen over a document point."""
    point = canvas.view.to_widget(x, y)
    ratio = image.devicePixelRatio()
    color = image.pixelColor(int(point.x * ratio), int(point.y * ratio))
    return color.red(), color.green(), color.blue()


def colors(drawing: Document, color: tuple[int, int, int]) -> np.ndarray:
    return np.full((drawing.height, drawing.width, 3), color, np.uint8)


def test_lines_on_paper(canvas: Canvas, qtbot: QtBot) -> None:
    image = screen(canvas, qtbot)
    assert shown(canvas, image, 22.5, 40.5) == (0, 0, 0)
    assert shown(canvas, image, 60.5, 40.5) == (255, 255, 255)


def test_around_the_page_is_the_mat(canvas: Canvas, qtbot: QtBot) -> None:
    image = screen(canvas, qtbot)
    assert image.pixelColor(2, 2) == mat_color(canvas.palette())
    mat = mat_color(canvas.palette())
    assert mat.red() == mat.green() == mat.blue() < 255


def test_a_new_colour_layer_appears_under_the_lines(canvas: Canvas, drawing: Document, qtbot: QtBot) -> None:
    screen(canvas, qtbot)
    drawing.set_color_pixels(colors(drawing, (90, 160, 200)))
    image = screen(canvas, qtbot)
    assert shown(canvas, image, 60.5, 40.5) == (90, 160, 200)
    assert shown(canvas, image, 22.5, 40.5) == (0, 0, 0)


def test_a_colour_layer_with_its_pyramid_appears_as_well(canvas: Canvas, editor: Editor, qtbot: QtBot) -> None:
    document = Document.from_scan(np.full((2000, 2000), 255, np.uint8))
    editor.set_document(document)
    levels = pyramid(np.full((2000, 2000, 3), (90, 160, 200), np.uint8))
    canvas.set_color_pyramid(levels)
    document.set_color_pixels(levels[0])
    image = screen(canvas, qtbot)
    assert shown(canvas, image, 1000, 1000) == (90, 160, 200)
    assert shown(canvas, image, 1990, 1990) == (90, 160, 200)


def test_a_stroke_shows_while_it_is_drawn(canvas: Canvas, editor: Editor, mouse: Mouse, qtbot: QtBot) -> None:
    editor.set_foreground((0, 0, 255))
    mouse.press((40, 40))
    mouse.move((80, 40))
    assert shown(canvas, screen(canvas, qtbot), 60.5, 40.5) == (102, 102, 255)
    mouse.release((80, 40))
    editor.undo()
    assert shown(canvas, screen(canvas, qtbot), 60.5, 40.5) == (255, 255, 255)


def test_layers_and_paper_follow_their_commands(canvas: Canvas, editor: Editor, qtbot: QtBot) -> None:
    editor.perform(SetLayerVisible(LayerKind.LINES, False))
    assert shown(canvas, screen(canvas, qtbot), 22.5, 40.5) == (255, 255, 255)
    editor.perform(SetPaperColor((250, 240, 220)))
    assert shown(canvas, screen(canvas, qtbot), 22.5, 40.5) == (250, 240, 220)


def test_another_mode_is_seen_at_once_and_undone(
    canvas: Canvas, drawing: Document, editor: Editor, qtbot: QtBot
) -> None:
    drawing.set_color_pixels(colors(drawing, (90, 160, 200)))
    screen(canvas, qtbot)
    editor.perform(SetMode(DocumentMode.GRAYSCALE))
    image = screen(canvas, qtbot)
    assert [shown(canvas, image, x, 40.5) for x in (22.5, 60.5)] == [(0, 0, 0), (255, 255, 255)]
    drawing.set_color_pixels(colors(drawing, (90, 160, 200)))
    image = screen(canvas, qtbot)
    assert [shown(canvas, image, x, 40.5) for x in (22.5, 60.5)] == [(90, 160, 200), (90, 160, 200)]
    editor.undo()
    drawing.set_color_pixels(colors(drawing, (90, 160, 200)))
    image = screen(canvas, qtbot)
    assert [shown(canvas, image, x, 40.5) for x in (22.5, 60.5)] == [(0, 0, 0), (90, 160, 200)]


@pytest.mark.parametrize("degrees", [0, 20, 90])
@pytest.mark.parametrize("zoom", [0.3, 1.0, 1.4, 3.0])
def test_the_page_is_seen_where_the_view_says(
    canvas: Canvas, drawing: Document, qtbot: QtBot, zoom: float, degrees: float
) -> None:
    left = colors(drawing, (200, 30, 30))
    left[:, 60:] = (30, 30, 200)
    drawing.set_color_pixels(left)
    drawing.lines.visible = False
    canvas.zoom_to(zoom)
    canvas.rotate(degrees)
    image = screen(canvas, qtbot)
    assert shown(canvas, image, 55, 45) == (200, 30, 30)
    assert shown(canvas, image, 65, 45) == (30, 30, 200)


def test_at_800_percent_pixels_have_hard_edges(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.zoom_to(8.0)
    image = screen(canvas, qtbot)
    edge = canvas.view.to_widget(24, 40.5)
    across = [image.pixelColor(round(edge.x) + dx, int(edge.y)).red() for dx in (-2, -1, 0, 1)]
    assert across == [0, 0, 255, 255]


def test_the_brushs_outline_has_the_brushs_size(canvas: Canvas, editor: Editor, mouse: Mouse, qtbot: QtBot) -> None:
    mouse.move((60, 45))
    editor.set_brush_size(10)
    image = screen(canvas, qtbot)
    center = mouse.at((60, 45))
    row = [image.pixelColor(center.x() + dx, center.y()).red() for dx in range(40)]
    assert min(range(40), key=row.__getitem__) == pytest.approx(20, abs=1)
    editor.set_tool("hand")
    image = screen(canvas, qtbot)
    assert image.pixelColor(center.x() + 20, center.y()).red() == 255


def test_a_hovering_pen_shows_the_outline_too(canvas: Canvas, editor: Editor, pen: Pen, qtbot: QtBot) -> None:
    editor.set_brush_size(10)
    pen.hover((60, 45))
    image = screen(canvas, qtbot)
    point = canvas.view.to_widget(60, 45)
    ring = [image.pixelColor(int(point.x) + dx, int(point.y)).red() for dx in (19, 20, 21)]
    assert min(ring) < 150


def test_the_colour_under_the_cursor_is_told(canvas: Canvas, drawing: Document, mouse: Mouse, qtbot: QtBot) -> None:
    drawing.set_color_pixels(colors(drawing, (90, 160, 200)))
    with qtbot.waitSignal(canvas.cursorMoved, timeout=1000) as told:
        mouse.move((60.5, 40.5))
    assert told.args == [60, 40, (90, 160, 200)]
    with qtbot.waitSignal(canvas.cursorMoved, timeout=1000) as told:
        mouse.move((-3.5, 40.5))
    assert told.args == [-4, 40, None]
    assert canvas.color_at(QPointF(mouse.at((60.5, 40.5)))) == (90, 160, 200)


def test_without_a_drawing_it_says_how_to_begin(canvas: Canvas, editor: Editor, qtbot: QtBot) -> None:
    editor.set_document(Document.empty())
    image = canvas.grab().toImage()
    mat = mat_color(canvas.palette())
    middle = {image.pixelColor(x, y).rgb() for x in range(120, 480, 2) for y in range(180, 290, 2)}
    assert len(middle) > 5  # Text and a symbol on the mat.
    assert image.pixelColor(3, 3) == mat


def test_the_mat_follows_the_theme(canvas: Canvas, qtbot: QtBot) -> None:
    palette = canvas.palette()
    palette.setColor(palette.ColorRole.Window, QColor(40, 40, 44))
    canvas.setPalette(palette)
    image = screen(canvas, qtbot)
    assert image.pixelColor(2, 2).lightness() < 40


def test_a_drop_on_the_canvas_is_left_to_the_window(canvas: Canvas) -> None:
    assert not canvas.acceptDrops()
