"""Painting hints with the mouse: what lands where, and what a stroke leaves behind however it ends."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from linepaint.document.commands import ClearHints, SetLayerVisible
from linepaint.document.document import Document
from linepaint.document.layers import LayerKind
from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.editor import Editor

from .conftest import Mouse

RED = (255, 0, 0)


def hints(editor: Editor) -> np.ndarray:
    return editor.document.hints.pixels.read()


def hint_at(editor: Editor, x: int, y: int) -> tuple[int, ...]:
    return tuple(hints(editor)[y, x].tolist())


def test_a_stroke_paints_the_foreground_where_the_mouse_went(editor: Editor, mouse: Mouse) -> None:
    editor.set_foreground(RED)
    mouse.drag([(30, 40), (50, 40), (80, 40)])
    for x in (30, 45, 60, 80):
        assert hint_at(editor, x, 40) == (*RED, 255)
    assert hint_at(editor, 30, 50) == (0, 0, 0, 0)


def test_a_whole_drag_is_one_step_of_undo(editor: Editor, mouse: Mouse) -> None:
    mouse.drag([(30, 40), (50, 45), (80, 40), (60, 60)])
    painted = hints(editor)
    assert editor.history.undo_text == "Paint hint"
    editor.undo()
    assert not hints(editor).any()
    assert not editor.history.can_undo
    editor.redo()
    np.testing.assert_array_equal(hints(editor), painted)


def test_others_see_the_stroke_while_it_is_drawn(editor: Editor, mouse: Mouse, qtbot: QtBot) -> None:
    changes: list[object] = []
    editor.changed.connect(changes.append)
    with qtbot.waitSignal(editor.strokeStarted, timeout=1000):
        mouse.press((30, 40))
    mouse.move((60, 40))
    assert len(changes) == 2 and editor.is_painting
    assert hint_at(editor, 45, 40)[3] == 255
    with qtbot.waitSignal(editor.strokeFinished, timeout=1000):
        mouse.release((60, 40))
    assert not editor.is_painting


def test_escape_takes_the_running_stroke_back(editor: Editor, canvas: Canvas, mouse: Mouse) -> None:
    mouse.drag([(30, 30), (40, 30)])
    before = hints(editor)
    mouse.press((30, 50))
    mouse.move((80, 50))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    np.testing.assert_array_equal(hints(editor), before)
    mouse.move((90, 60))
    mouse.release((90, 60))
    np.testing.assert_array_equal(hints(editor), before)
    editor.undo()
    assert not hints(editor).any()


def test_undo_in_the_middle_of_a_stroke_takes_just_that_stroke_back(editor: Editor, mouse: Mouse) -> None:
    mouse.drag([(30, 30), (40, 30)])
    before = hints(editor)
    mouse.press((30, 50))
    mouse.move((80, 50))
    editor.undo()
    np.testing.assert_array_equal(hints(editor), before)
    assert editor.history.can_undo and not editor.history.can_redo


def test_another_edit_in_the_middle_of_a_stroke_finishes_it_first(editor: Editor, mouse: Mouse) -> None:
    mouse.press((30, 50))
    mouse.move((80, 50))
    editor.perform(ClearHints())
    assert not hints(editor).any() and not editor.is_painting
    editor.undo()
    assert hint_at(editor, 60, 50)[3] == 255
    editor.undo()
    assert not hints(editor).any()


def test_opening_another_drawing_in_the_middle_of_a_stroke_is_safe(
    editor: Editor, mouse: Mouse, drawing: Document
) -> None:
    mouse.press((30, 50))
    mouse.move((80, 50))
    other = Document.from_scan(np.full((60, 80), 255, np.uint8))
    editor.set_document(other)
    mouse.move((20, 20))
    mouse.release((20, 20))
    assert other.hints.pixels.is_blank and drawing.hints.pixels.is_blank
    assert not editor.is_painting


def test_two_quick_clicks_are_two_dots(editor: Editor, canvas: Canvas, mouse: Mouse) -> None:
    mouse.click((30, 40))
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, mouse.at((60, 40)))
    assert hint_at(editor, 30, 40)[3] == 255 and hint_at(editor, 60, 40)[3] == 255


def test_a_stroke_may_begin_and_end_beside_the_page(editor: Editor, mouse: Mouse) -> None:
    mouse.drag([(-5, 45), (60, 45), (125, 45)])
    row = hints(editor)[45, :, 3]
    assert (row == 255).all()
    editor.undo()
    assert not hints(editor).any()


def test_a_stroke_wholly_beside_the_page_is_no_edit(editor: Editor, mouse: Mouse) -> None:
    mouse.drag([(-10, 10), (-10, 60)])
    assert not editor.history.can_undo and not editor.is_painting


def test_erasing_nothing_is_no_edit(editor: Editor, mouse: Mouse) -> None:
    editor.set_tool("hint-eraser")
    mouse.drag([(30, 40), (60, 40)])
    assert not editor.history.can_undo


def test_the_eraser_takes_hints_away(editor: Editor, mouse: Mouse) -> None:
    mouse.drag([(30, 40), (80, 40)])
    editor.set_tool("hint-eraser")
    mouse.drag([(50, 30), (50, 50)])
    assert hint_at(editor, 50, 40) == (0, 0, 0, 0)
    assert hint_at(editor, 35, 40)[3] == 255
    assert editor.history.undo_text == "Erase hint"


def test_a_release_that_got_lost_ends_the_stroke(editor: Editor, canvas: Canvas, mouse: Mouse) -> None:
    mouse.press((30, 40))
    mouse.move((50, 40))
    point = QPointF(mouse.at((80, 60)))
    nothing = Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        canvas.mapToGlobal(point),
        nothing,
        nothing,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(canvas, moved)
    assert not editor.is_painting
    assert editor.history.undo_text == "Paint hint"
    assert hint_at(editor, 80, 60)[3] == 0


def test_losing_the_keyboard_finishes_the_stroke(editor: Editor, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    canvas, entry = Canvas(editor), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(canvas)
    layout.addWidget(entry)
    window.resize(600, 500)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    mouse = Mouse(canvas)
    mouse.press((30, 40))
    mouse.move((60, 40))
    assert editor.is_painting
    entry.setFocus()
    assert not editor.is_painting
    assert editor.history.undo_text == "Paint hint"


def test_hiding_the_canvas_finishes_the_stroke(editor: Editor, canvas: Canvas, mouse: Mouse) -> None:
    mouse.press((30, 40))
    mouse.move((60, 40))
    canvas.hide()
    assert not editor.is_painting and editor.history.can_undo


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.BackButton])
def test_other_buttons_do_not_paint(editor: Editor, mouse: Mouse, button: Qt.MouseButton) -> None:
    mouse.press((30, 40), button)
    mouse.release((30, 40), button)
    assert not hints(editor).any()


def test_another_button_does_not_end_the_stroke(editor: Editor, mouse: Mouse) -> None:
    mouse.press((30, 40))
    mouse.press((40, 40), Qt.MouseButton.RightButton)
    mouse.release((40, 40), Qt.MouseButton.RightButton)
    assert editor.is_painting
    mouse.release((60, 40))
    assert hint_at(editor, 60, 40)[3] == 255


def test_painting_on_hidden_hints_shows_them_and_says_so(editor: Editor, mouse: Mouse, qtbot: QtBot) -> None:
    editor.perform(SetLayerVisible(LayerKind.HINTS, False))
    with qtbot.waitSignal(editor.message, timeout=1000) as said:
        mouse.drag([(30, 40), (60, 40)])
    assert said.args is not None and "hidden" in said.args[0]
    assert editor.document.hints.visible
    editor.undo()
    assert not hints(editor).any()


def test_painting_without_a_drawing_says_what_to_do(editor: Editor, mouse: Mouse, qtbot: QtBot) -> None:
    editor.set_document(Document.empty())
    with qtbot.waitSignal(editor.message, timeout=1000) as said:
        QTest.mouseClick(mouse.canvas, Qt.MouseButton.LeftButton)
    assert said.args is not None and "Open a line drawing" in said.args[0]


def test_a_painted_colour_becomes_a_recent_one(editor: Editor, mouse: Mouse) -> None:
    editor.set_foreground(RED)
    assert editor.document.recent_colors == ()
    mouse.click((30, 40))
    assert editor.document.recent_colors == (RED,)


def test_painting_in_a_turned_mirrored_view_lands_under_the_cursor(
    editor: Editor, canvas: Canvas, mouse: Mouse
) -> None:
    canvas.toggle_mirror()
    canvas.rotate(30)
    mouse.click((70, 50))
    ys, xs = np.nonzero(hints(editor)[..., 3])
    assert (xs.mean() + 0.5, ys.mean() + 0.5) == pytest.approx((70, 50), abs=0.5)
