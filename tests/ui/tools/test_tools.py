"""The tools in the artist's hand: dot, eyedropper, sizing the brush, and the keys that lend them."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from linepaint.document.document import Document
from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.editor import Editor

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def canvas(editor: Editor, drawing: Document, qtbot: QtBot) -> Canvas:
    """The drawing, left half blue and right half green, at 400 %."""
    color = np.full((90, 120, 3), (60, 120, 210), np.uint8)
    color[:, 60:] = (70, 170, 80)
    drawing.set_color_pixels(color)
    canvas = Canvas(editor)
    qtbot.addWidget(canvas)
    canvas.resize(600, 440)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.setFocus()
    return canvas


def at(canvas: Canvas, x: float, y: float) -> QPoint:
    point = canvas.view.to_widget(x, y)
    return QPoint(round(point.x), round(point.y))


def test_the_dot_tool_puts_one_dot_of_the_brushs_size(canvas: Canvas, editor: Editor) -> None:
    editor.set_tool("dot")
    editor.set_brush_size(10)
    QTest.mousePress(canvas, LEFT, NONE, at(canvas, 40, 45))
    QTest.mouseMove(canvas, at(canvas, 80, 45))
    QTest.mouseRelease(canvas, LEFT, NONE, at(canvas, 80, 45))
    alpha = editor.document.hints.pixels.read()[..., 3]
    ys, xs = np.nonzero(alpha > 127)
    assert (xs.min(), xs.max() + 1, ys.min(), ys.max() + 1) == (35, 45, 40, 50)
    assert editor.history.undo_text == "Place dot"
    editor.undo()
    assert editor.document.hints.pixels.is_blank


def test_the_eyedropper_takes_what_is_seen_and_changes_nothing_else(canvas: Canvas, editor: Editor) -> None:
    palette = editor.document.palette
    editor.set_tool("eyedropper")
    QTest.mouseClick(canvas, LEFT, NONE, at(canvas, 40.5, 45.5))
    assert editor.foreground == (60, 120, 210)
    assert editor.background == (255, 255, 255)
    assert editor.document.palette is palette
    assert not editor.history.can_undo


def test_dragging_the_eyedropper_goes_on_picking_and_escape_takes_it_back(canvas: Canvas, editor: Editor) -> None:
    before = editor.foreground
    editor.set_tool("eyedropper")
    QTest.mousePress(canvas, LEFT, NONE, at(canvas, 40.5, 45.5))
    QTest.mouseMove(canvas, at(canvas, 80.5, 45.5))
    assert editor.foreground == (70, 170, 80)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert editor.foreground == before


def test_the_eyedropper_beside_the_page_picks_nothing(canvas: Canvas, editor: Editor) -> None:
    before = editor.foreground
    editor.set_tool("eyedropper")
    QTest.mouseClick(canvas, LEFT, NONE, at(canvas, -5, 45))
    assert editor.foreground == before


def test_holding_alt_lends_the_eyedropper(canvas: Canvas, editor: Editor) -> None:
    QTest.keyPress(canvas, Qt.Key.Key_Alt)
    assert editor.tool == "eyedropper" and editor.chosen_tool == "hint-brush"
    QTest.mouseClick(canvas, LEFT, ALT, at(canvas, 40.5, 45.5))
    QTest.keyRelease(canvas, Qt.Key.Key_Alt)
    assert editor.foreground == (60, 120, 210)
    assert editor.tool == "hint-brush"
    assert editor.document.hints.pixels.is_blank


def test_alt_works_though_the_key_went_down_elsewhere(canvas: Canvas, editor: Editor) -> None:
    canvas.clearFocus()
    QTest.mouseClick(canvas, LEFT, ALT, at(canvas, 80.5, 45.5))
    assert editor.foreground == (70, 170, 80)
    assert editor.document.hints.pixels.is_blank


def test_alt_in_the_middle_of_a_stroke_leaves_the_stroke_alone(canvas: Canvas, editor: Editor) -> None:
    before = editor.foreground
    QTest.mousePress(canvas, LEFT, NONE, at(canvas, 40, 45))
    QTest.keyPress(canvas, Qt.Key.Key_Alt)
    QTest.mouseMove(canvas, at(canvas, 80, 45))
    QTest.mouseRelease(canvas, LEFT, ALT, at(canvas, 80, 45))
    QTest.keyRelease(canvas, Qt.Key.Key_Alt)
    assert editor.document.hints.pixels.read()[45, 60, 3] == 255
    assert editor.foreground == before


def test_shift_and_drag_sizes_the_brush_so_that_its_edge_follows(canvas: Canvas, editor: Editor) -> None:
    editor.set_brush_size(10)
    start = at(canvas, 60, 45)
    QTest.mousePress(canvas, LEFT, SHIFT, start)
    QTest.mouseMove(canvas, start + QPoint(40, 0))
    QTest.mouseRelease(canvas, LEFT, SHIFT, start + QPoint(40, 0))
    # 40 pixels of the screen are 10 of the page, to either side.
    assert editor.brush_size == 30
    assert editor.document.hints.pixels.is_blank
    QTest.mousePress(canvas, LEFT, SHIFT, start)
    QTest.mouseMove(canvas, start - QPoint(500, 0))
    assert editor.brush_size == 1
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert editor.brush_size == 30
