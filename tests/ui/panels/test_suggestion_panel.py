"""The nine suggested colours: a click or Shift and a number takes one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from linepaint.document.palette import DEFAULT_PALETTE
from linepaint.ui.editor import Editor
from linepaint.ui.panels.suggestion_panel import SuggestionPanel

COLORS = [(10 * i, 200 - 10 * i, 5) for i in range(9)]
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(params=[224, 290])
def panel(request: pytest.FixtureRequest, editor: Editor, qtbot: QtBot) -> SuggestionPanel:
    """As narrow as it gets in its dock, and as wide as it is at first."""
    panel = SuggestionPanel(editor)
    qtbot.addWidget(panel)
    panel.resize(request.param, 60)
    panel.show()
    panel.activateWindow()
    qtbot.waitExposed(panel)
    return panel


def test_a_click_takes_any_of_the_nine(panel: SuggestionPanel, editor: Editor) -> None:
    panel.show_colors(COLORS)
    for index in (8, 0, 4):
        cell = panel.grid.cell_rect(index)
        assert panel.grid.rect().contains(cell), "all nine fit in one row"
        QTest.mouseClick(panel.grid, Qt.MouseButton.LeftButton, pos=cell.center())
        assert editor.foreground == COLORS[index]
    assert editor.document.palette == DEFAULT_PALETTE and not editor.is_modified


@pytest.mark.parametrize("number", [1, 5, 9])
def test_shift_and_a_number_takes_one(panel: SuggestionPanel, editor: Editor, number: int) -> None:
    panel.show_colors(COLORS)
    QTest.keyClick(panel, Qt.Key(Qt.Key.Key_0 + number), SHIFT)
    assert editor.foreground == COLORS[number - 1]
    assert panel.grid.current == number - 1


def test_a_number_without_a_colour_does_nothing(panel: SuggestionPanel, editor: Editor) -> None:
    before = editor.foreground
    panel.show_colors(COLORS[:2])
    QTest.keyClick(panel, Qt.Key.Key_7, SHIFT)
    panel.show_nothing("Rest the pen over an area")
    QTest.keyClick(panel, Qt.Key.Key_1, SHIFT)
    assert editor.foreground == before
    assert panel.colors == ()


def test_what_is_typed_into_a_field_is_text(panel: SuggestionPanel, editor: Editor, qtbot: QtBot) -> None:
    """Shift+3 is # on many keyboards, with which a colour may begin."""
    panel.show_colors(COLORS)
    before, field = editor.foreground, QLineEdit(panel)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(field, "#", SHIFT)
    QTest.keyClick(field, Qt.Key.Key_3, SHIFT)
    assert field.text().startswith("#")
    assert editor.foreground == before


def test_new_colours_leave_none_selected_and_the_same_ones_do_not(panel: SuggestionPanel) -> None:
    panel.show_colors(COLORS)
    panel.take(3)
    panel.show_colors(list(COLORS))
    assert panel.grid.current == 3
    panel.show_colors(COLORS[::-1])
    assert panel.grid.current == -1


# What is greyed out does not accept events, of which Qt warns.
@pytest.mark.qt_log_level_fail("CRITICAL")
def test_greyed_out_it_says_why_and_takes_no_keys(panel: SuggestionPanel, editor: Editor) -> None:
    panel.show_colors(COLORS)
    before = editor.foreground
    panel.enable(False, "Only for line art")
    QTest.keyClick(panel, Qt.Key.Key_3, SHIFT)
    QTest.mouseClick(panel.grid, Qt.MouseButton.LeftButton, pos=panel.grid.cell_rect(3).center())
    assert editor.foreground == before and panel.toolTip() == "Only for line art"
    panel.enable(True)
    QTest.keyClick(panel, Qt.Key.Key_3, SHIFT)
    assert editor.foreground == COLORS[2] and panel.toolTip() == ""
