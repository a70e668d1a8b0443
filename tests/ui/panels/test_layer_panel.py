"""The layer panel: eye and opacity are edits; a whole drag of a slider is one."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from linepaint.document.commands import SetPaperColor
from linepaint.document.layers import LayerKind
from linepaint.ui.editor import Editor
from linepaint.ui.panels.layer_panel import LayerPanel


@pytest.fixture
def panel(editor: Editor, action: QAction, qtbot: QtBot) -> LayerPanel:
    panel = LayerPanel(editor, action, action, action, action)
    qtbot.addWidget(panel)
    panel.resize(290, 160)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def drag_slider(panel: LayerPanel, kind: LayerKind, steps: int) -> None:
    """Drag the handle to the left by `steps` moves."""
    slider = panel.rows[kind].opacity
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    style = QStyle.SubControl.SC_SliderHandle
    handle = slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, style, slider).center()
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=handle)
    for step in range(1, steps + 1):
        QTest.mouseMove(slider, handle - QPoint(4 * step, 0))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=handle - QPoint(4 * steps, 0))


def test_the_eye_hides_a_layer_and_undo_shows_it(panel: LayerPanel, editor: Editor) -> None:
    QTest.mouseClick(panel.rows[LayerKind.HINTS].eye, Qt.MouseButton.LeftButton)
    assert not editor.document.hints.visible
    editor.undo()
    assert editor.document.hints.visible
    assert panel.rows[LayerKind.HINTS].eye.isChecked()


def test_a_drag_is_one_step_and_the_next_drag_another(panel: LayerPanel, editor: Editor) -> None:
    drag_slider(panel, LayerKind.LINES, 4)
    after_first = editor.document.lines.opacity
    assert after_first < 0.95
    drag_slider(panel, LayerKind.LINES, 4)
    assert editor.document.lines.opacity < after_first
    editor.undo()
    assert editor.document.lines.opacity == after_first
    assert panel.rows[LayerKind.LINES].opacity.value() == round(after_first * 100)
    editor.undo()
    assert editor.document.lines.opacity == 1.0
    assert not editor.history.can_undo


def test_the_papers_colour_is_shown(panel: LayerPanel, editor: Editor) -> None:
    editor.perform(SetPaperColor((200, 30, 40)))
    shown = panel.paper_button.icon().pixmap(20, 20).toImage().pixelColor(10, 10)
    assert (shown.red(), shown.green(), shown.blue()) == (200, 30, 40)
