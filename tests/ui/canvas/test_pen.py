"""A drawing tablet's pen: pressure, the eraser end, and no stroke painted twice."""

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.canvas.input import PEN_ECHO_SECONDS
from linepaint.ui.editor import Editor

from .conftest import Mouse, Pen


def alpha(editor: Editor) -> np.ndarray:
    return editor.document.hints.pixels.read()[..., 3]


def thickness(editor: Editor, x: int) -> int:
    return int(np.count_nonzero(alpha(editor)[:, x] > 127))


def test_the_harder_it_presses_the_thicker_the_stroke(editor: Editor, pen: Pen) -> None:
    editor.set_brush_size(20)
    pen.press((20, 45), 0.2)
    pen.move((60, 45), 0.2)
    pen.move((61, 45), 0.9)
    pen.move((100, 45), 0.9)
    pen.release((100, 45))
    assert thickness(editor, 40) == pytest.approx(4, abs=1)
    assert thickness(editor, 80) == pytest.approx(18, abs=1)


def test_lifting_the_pen_does_not_thin_the_end(editor: Editor, pen: Pen) -> None:
    editor.set_brush_size(20)
    pen.drag([(20, 45), (60, 45), (100, 45)], pressure=0.8)
    assert thickness(editor, 100) == pytest.approx(16, abs=1)


def test_without_pressure_a_stroke_has_the_brushs_size(editor: Editor, pen: Pen) -> None:
    editor.set_brush_size(20)
    editor.set_pressure_enabled(False)
    pen.drag([(20, 45), (100, 45)], pressure=0.1)
    assert thickness(editor, 60) == pytest.approx(20, abs=1)


def test_a_dot_lands_on_the_fraction_of_a_pixel_that_the_pen_reports(editor: Editor, pen: Pen) -> None:
    pen.drag([(30.25, 40.75)])
    weights = alpha(editor).astype(float)
    ys, xs = np.mgrid[0:90, 0:120] + 0.5
    center = (xs * weights).sum() / weights.sum(), (ys * weights).sum() / weights.sum()
    assert center == pytest.approx((30.25, 40.75), abs=0.1)


def test_every_reported_position_counts(editor: Editor, canvas: Canvas, pen: Pen) -> None:
    pen.drag([(20, 20), (60, 60), (100, 20)])
    assert alpha(editor)[59, 60] == 255
    for attribute in (
        Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents,
        Qt.ApplicationAttribute.AA_CompressTabletEvents,
    ):
        assert not QCoreApplication.testAttribute(attribute)


def test_the_eraser_end_erases_and_the_tip_paints_again(editor: Editor, pen: Pen, eraser_end: Pen) -> None:
    pen.drag([(20, 45), (100, 45)])
    eraser_end.drag([(60, 30), (60, 60)])
    assert alpha(editor)[45, 60] == 0 and alpha(editor)[45, 30] == 255
    assert editor.chosen_tool == "hint-brush"
    pen.drag([(60, 45), (61, 45)])
    assert alpha(editor)[45, 60] == 255
    assert editor.tool == "hint-brush"


def test_the_hovering_eraser_end_shows_that_it_erases(editor: Editor, pen: Pen, eraser_end: Pen) -> None:
    eraser_end.hover((60, 40))
    assert editor.tool == "hint-eraser"
    pen.hover((60, 40))
    assert editor.tool == "hint-brush"


def test_pen_events_that_paint_are_accepted_so_that_no_mouse_copy_follows(pen: Pen) -> None:
    assert pen.press((30, 40))
    assert pen.move((50, 40))
    assert pen.release((50, 40))
    assert not pen.hover((60, 40))


def test_a_mouse_copy_during_the_stroke_paints_nothing(editor: Editor, pen: Pen, mouse: Mouse) -> None:
    pen.press((20, 20), 0.5)
    mouse.press((90, 80))
    pen.move((60, 20), 0.5)
    mouse.move((100, 80))
    mouse.release((100, 80))
    assert editor.is_painting
    pen.release((60, 20))
    assert not alpha(editor)[60:].any()
    editor.undo()
    assert not alpha(editor).any() and not editor.history.can_undo


def test_a_mouse_copy_after_the_stroke_paints_nothing(editor: Editor, pen: Pen, mouse: Mouse) -> None:
    pen.drag([(20, 20), (60, 20)])
    mouse.drag([(20, 80), (60, 80)])
    assert not alpha(editor)[60:].any()


def test_a_mouse_copy_before_the_pen_is_taken_back(editor: Editor, pen: Pen, mouse: Mouse) -> None:
    editor.set_brush_size(20)
    mouse.press((20, 45))
    pen.press((20, 45), 0.2)
    pen.move((60, 45), 0.2)
    pen.release((60, 45))
    mouse.release((60, 45))
    assert thickness(editor, 20) == pytest.approx(4, abs=1)
    editor.undo()
    assert not alpha(editor).any() and not editor.history.can_undo


def test_the_mouse_paints_again_once_the_pen_is_put_away(editor: Editor, pen: Pen, mouse: Mouse, qtbot: QtBot) -> None:
    pen.drag([(20, 20), (60, 20)])
    qtbot.wait(round(PEN_ECHO_SECONDS * 1000) + 50)
    mouse.drag([(20, 80), (60, 80)])
    assert alpha(editor)[80, 40] == 255


def test_the_pens_lower_button_as_middle_button_pans(editor: Editor, canvas: Canvas, pen: Pen) -> None:
    before = canvas.view
    middle = Qt.MouseButton.MiddleButton
    pen.press((60, 45), 0.0, middle)
    pen.move((70, 45), 0.0, middle)
    pen.release((60, 45), middle)
    assert canvas.view.center_x == pytest.approx(before.center_x - 10, abs=0.5)
    assert not alpha(editor).any()


def test_the_pens_right_button_is_left_to_others(editor: Editor, pen: Pen) -> None:
    assert not pen.press((60, 45), 0.5, Qt.MouseButton.RightButton)
    assert not alpha(editor).any()
