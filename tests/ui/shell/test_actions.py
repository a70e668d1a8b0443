"""The table of actions: complete, without clashes, and every key does what it says."""

from collections import Counter

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from linepaint.ui.actions import ACTIONS, CATEGORIES
from linepaint.ui.menus import MENU_BAR, SEPARATOR, TOOL_BARS, Menu
from linepaint.ui.window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def ids_in(menu: Menu) -> list[str]:
    found: list[str] = []
    for entry in menu[1]:
        if isinstance(entry, tuple):
            found += ids_in(entry)
        elif entry != SEPARATOR and not entry.startswith("<"):
            found.append(entry)
    return found


def test_ids_and_keys_are_unique_and_every_key_is_one() -> None:
    assert not [entry for entry, count in Counter(spec.id for spec in ACTIONS).items() if count > 1]
    keys = [QKeySequence(keys).toString() for spec in ACTIONS for keys in spec.shortcuts]
    assert all(keys)
    assert not [entry for entry, count in Counter(keys).items() if count > 1]
    assert {spec.category for spec in ACTIONS} == set(CATEGORIES)


def test_every_action_is_in_the_menus_once_and_they_name_no_other() -> None:
    in_menus = Counter(entry for menu in MENU_BAR for entry in ids_in(menu))
    assert set(in_menus) == {spec.id for spec in ACTIONS}
    assert set(in_menus.values()) == {1}
    in_bars = {entry for bar in TOOL_BARS for entry in bar[3] if entry != SEPARATOR}
    assert in_bars <= set(in_menus)


def test_every_action_does_something_and_says_what(window: MainWindow) -> None:
    for spec in ACTIONS:
        action = window.actions_by_id[spec.id]
        assert action.receivers(SIGNAL("triggered(bool)")) > 0, spec.id
        assert spec.tip
        assert action.statusTip() == spec.tip
        if spec.icon:
            assert not action.icon().pixmap(22, 22).isNull(), spec.id


@pytest.mark.parametrize(
    ("key", "modifier", "tool"),
    [
        (Qt.Key.Key_E, Qt.KeyboardModifier.NoModifier, "hint-eraser"),
        (Qt.Key.Key_B, SHIFT, "dot"),
        (Qt.Key.Key_I, Qt.KeyboardModifier.NoModifier, "eyedropper"),
        (Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier, "hand"),
    ],
)
def test_tool_keys(opened: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, tool: str) -> None:
    QTest.keyClick(opened, key, modifier)
    assert opened.editor.tool == tool
    assert opened.actions_by_id[f"tool.{tool}"].isChecked()
    QTest.keyClick(opened, Qt.Key.Key_B)
    assert opened.editor.tool == "hint-brush"
    assert not opened.actions_by_id[f"tool.{tool}"].isChecked()


def test_colour_and_size_keys(opened: MainWindow) -> None:
    editor = opened.editor
    foreground, background = editor.foreground, editor.background
    QTest.keyClick(opened, Qt.Key.Key_X)
    assert (editor.foreground, editor.background) == (background, foreground)
    QTest.keyClick(opened, Qt.Key.Key_D)
    assert (editor.foreground, editor.background) == ((0, 0, 0), (255, 255, 255))
    size = editor.brush_size
    QTest.keyClick(opened, Qt.Key.Key_BracketRight)
    assert editor.brush_size > size
    QTest.keyClick(opened, Qt.Key.Key_BracketLeft)
    assert editor.brush_size == size


def test_view_keys(opened: MainWindow) -> None:
    canvas = opened.canvas
    QTest.keyClick(opened, Qt.Key.Key_0, CTRL)
    assert canvas.zoom == pytest.approx(1.0)
    QTest.keyClick(opened, Qt.Key.Key_Plus, CTRL)
    assert canvas.zoom > 1.0
    QTest.keyClick(opened, Qt.Key.Key_6)
    assert canvas.view.rotation_degrees == pytest.approx(15.0)
    QTest.keyClick(opened, Qt.Key.Key_5)
    assert canvas.view.rotation_degrees == 0
    QTest.keyClick(opened, Qt.Key.Key_M)
    assert canvas.is_mirrored
    assert opened.actions_by_id["view.mirror"].isChecked()


def test_undo_and_redo_keys_and_their_texts(opened: MainWindow, stroke: object) -> None:
    assert callable(stroke)
    stroke(opened)
    undo = opened.actions_by_id["edit.undo"]
    assert undo.text() != "&Undo"
    QTest.keyClick(opened, Qt.Key.Key_Z, CTRL)
    assert opened.editor.document.hints.pixels.is_blank
    assert not undo.isEnabled()
    QTest.keyClick(opened, Qt.Key.Key_Y, CTRL)
    assert not opened.editor.document.hints.pixels.is_blank


def test_delete_clears_the_hints_only_when_the_canvas_has_the_keyboard(
    opened: MainWindow, stroke: object, qtbot: QtBot
) -> None:
    assert callable(stroke)
    stroke(opened)
    hints = opened.editor.document.hints.pixels
    opened._palette_panel.grid.setFocus()
    QTest.keyClick(opened._palette_panel.grid, Qt.Key.Key_Delete)
    assert not hints.is_blank
    opened.canvas.setFocus()
    QTest.keyClick(opened.canvas, Qt.Key.Key_Delete)
    assert hints.is_blank


def test_layer_keys_show_and_hide(opened: MainWindow) -> None:
    QTest.keyClick(opened, Qt.Key.Key_1, CTRL)
    assert not opened.editor.document.lines.visible
    assert not opened.actions_by_id["layer.show_lines"].isChecked()
    opacity = opened.editor.document.hints.opacity
    QTest.keyClick(opened, Qt.Key.Key_O, SHIFT)
    assert opened.editor.document.hints.opacity == pytest.approx(opacity - 0.1)


def test_typing_a_colour_does_not_trigger_tools(opened: MainWindow) -> None:
    field = opened._color_panel.hex_field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "b1e2d3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert opened.editor.tool == "hint-brush"
    assert opened.editor.foreground == (0xB1, 0xE2, 0xD3)
