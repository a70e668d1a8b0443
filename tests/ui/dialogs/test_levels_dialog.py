"""Levels: seen at once, one edit on OK, nothing left on Cancel."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from linepaint.document.document import Document
from linepaint.document.layers import Levels
from linepaint.ui.dialogs.histogram_view import bar_heights, histogram, with_black, with_white
from linepaint.ui.dialogs.levels_dialog import LevelsDialog
from linepaint.ui.editor import Editor


@pytest.fixture
def dialog(editor: Editor, qtbot: QtBot) -> LevelsDialog:
    dialog = LevelsDialog(editor)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


def press(dialog: LevelsDialog, button: QDialogButtonBox.StandardButton) -> None:
    QTest.mouseClick(dialog.buttons.button(button), Qt.MouseButton.LeftButton)


def drag_handle(dialog: LevelsDialog, start: int, end: int) -> None:
    view, y = dialog.view, dialog.view.height() // 2
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(round(view.x_of(start)), y))
    QTest.mouseMove(view, QPoint(round(view.x_of(end)), y))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(round(view.x_of(end)), y))


def test_dragged_levels_show_at_once_and_ok_makes_one_edit(dialog: LevelsDialog, editor: Editor, qtbot: QtBot) -> None:
    drag_handle(dialog, 0, 60)
    drag_handle(dialog, 255, 200)
    qtbot.waitUntil(lambda: editor.document.lines.levels.white < 255)
    assert editor.document.lines.lines[0, 40] == 0
    assert editor.document.lines.lines[0, 220] == 255
    assert not editor.history.can_undo
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    chosen = editor.document.lines.levels
    assert abs(chosen.black - 60) <= 1
    assert abs(chosen.white - 200) <= 1
    editor.undo()
    assert editor.document.lines.levels == Levels()
    assert not editor.history.can_undo


def test_cancel_puts_back_what_was_there(dialog: LevelsDialog, editor: Editor, qtbot: QtBot) -> None:
    drag_handle(dialog, 0, 100)
    qtbot.waitUntil(lambda: editor.document.lines.levels.black > 0)
    press(dialog, QDialogButtonBox.StandardButton.Cancel)
    assert editor.document.lines.levels == Levels()
    assert not editor.is_modified


def test_escape_is_cancel(dialog: LevelsDialog, editor: Editor, qtbot: QtBot) -> None:
    drag_handle(dialog, 0, 100)
    qtbot.waitUntil(lambda: editor.document.lines.levels.black > 0)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert editor.document.lines.levels == Levels()


def test_numbers_can_be_typed_and_the_points_never_cross(dialog: LevelsDialog, editor: Editor) -> None:
    for number, text in ((dialog.white, "80"), (dialog.black, "200")):
        number.setFocus()
        number.selectAll()
        QTest.keyClicks(number, text)
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert editor.document.lines.levels == Levels(79, 80)


def test_reset_and_suggest(dialog: LevelsDialog, editor: Editor, qtbot: QtBot) -> None:
    QTest.mouseClick(dialog.suggest_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.reset_button, Qt.MouseButton.LeftButton)
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert editor.document.lines.levels == Levels()
    assert not editor.history.can_undo


def test_for_a_gray_picture_it_speaks_of_tones_and_suggests_all_of_them(editor: Editor, qtbot: QtBot) -> None:
    row = np.linspace(60, 180, 256).astype(np.uint8)
    editor.set_document(Document.from_gray(np.tile(row, (32, 1))))
    dialog = LevelsDialog(editor)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.windowTitle() == "Gray Picture Levels"
    assert dialog.view.accessibleName() == "Histogram of the gray picture"
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert not any("ink" in text or "paper" in text for text in said)
    QTest.mouseClick(dialog.suggest_button, Qt.MouseButton.LeftButton)
    press(dialog, QDialogButtonBox.StandardButton.Ok)
    levels = editor.document.lines.levels
    assert abs(levels.black - 60) <= 3 and abs(levels.white - 180) <= 3


def test_for_line_art_it_speaks_of_ink(dialog: LevelsDialog) -> None:
    assert dialog.windowTitle() == "Line Art Levels"
    assert any("becomes ink" in label.text() for label in dialog.findChildren(QLabel))


def test_the_histogram_counts_every_value() -> None:
    scan = np.array([[0, 0, 7], [255, 255, 255]], np.uint8)
    counts = histogram(scan)
    assert counts.shape == (256,)
    assert (counts[0], counts[7], counts[255], counts.sum()) == (2, 1, 3, 6)
    assert bar_heights(counts).max() == 1.0
    assert bar_heights(np.zeros(256, np.int64)).max() == 0.0


def test_black_stays_below_white() -> None:
    assert with_black(Levels(0, 100), 180) == Levels(99, 100)
    assert with_white(Levels(100, 255), 3) == Levels(100, 101)
    assert with_black(Levels(0, 100), -5) == Levels(0, 100)
