"""The layer panel: eye and opacity are edits; a whole drag of a slider is one."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from linepaint.document.commands import SetMode, SetPaperColor
from linepaint.document.document import Document
from linepaint.document.layers import LayerKind
from linepaint.document.mode import DocumentMode
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


def rows_from_the_top(panel: LayerPanel) -> list[str]:
    rows = sorted(panel.rows.values(), key=lambda row: row.y())
    return [row.name.text() for row in rows]


def test_of_a_gray_document_the_gray_picture_lies_under_its_colour(panel: LayerPanel, editor: Editor) -> None:
    assert rows_from_the_top(panel) == ["Line art", "Hints", "Colour", "Paper"]
    editor.perform(SetMode(DocumentMode.GRAYSCALE))
    QApplication.processEvents()
    assert rows_from_the_top(panel) == ["Hints", "Colour", "Gray picture", "Paper"]
    assert panel.rows[LayerKind.LINES].eye.toolTip() == "Show or hide: Gray picture"
    assert panel.rows[LayerKind.LINES].opacity.accessibleName() == "Opacity of Gray picture"
    editor.undo()
    QApplication.processEvents()
    assert rows_from_the_top(panel) == ["Line art", "Hints", "Colour", "Paper"]


def test_tab_goes_through_the_rows_as_they_lie(panel: LayerPanel, editor: Editor) -> None:
    editor.set_document(Document.from_gray(np.zeros((8, 8), np.uint8)))
    QApplication.processEvents()
    panel.rows[LayerKind.HINTS].eye.setFocus(Qt.FocusReason.TabFocusReason)
    met = []
    for _ in range(12):
        focus = QApplication.focusWidget()
        row = next((kind for kind, row in panel.rows.items() if focus is not None and row.isAncestorOf(focus)), None)
        if row is not None and row not in met:
            met.append(row)
        QTest.keyClick(focus or panel, Qt.Key.Key_Tab)
    assert met == [LayerKind.HINTS, LayerKind.COLOR, LayerKind.LINES, LayerKind.PAPER]


def test_a_gray_picture_is_hidden_and_made_fainter_like_line_art(panel: LayerPanel, editor: Editor) -> None:
    editor.set_document(Document.from_gray(np.zeros((8, 8), np.uint8)))
    QApplication.processEvents()
    QTest.mouseClick(panel.rows[LayerKind.LINES].eye, Qt.MouseButton.LeftButton)
    assert not editor.document.lines.visible
    drag_slider(panel, LayerKind.LINES, 2)
    assert editor.document.lines.opacity < 1


def test_a_name_out_of_a_hostile_file_is_only_a_name(panel: LayerPanel, editor: Editor) -> None:
    width = panel.minimumSizeHint().width()
    document = Document.from_scan(np.zeros((8, 8), np.uint8))
    document.hints.name = "<b>bold</b><img src='/etc/passwd'>" * 100
    editor.set_document(document)
    QApplication.processEvents()
    row = panel.rows[LayerKind.HINTS]
    assert row.name.textFormat() == Qt.TextFormat.PlainText
    assert "&lt;img" in row.eye.toolTip() and "<img" not in row.eye.toolTip()
    assert panel.minimumSizeHint().width() == width
