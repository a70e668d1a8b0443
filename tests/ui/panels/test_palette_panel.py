"""The palette panel: picking never changes a swatch; every change is an edit that can be undone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from linepaint.document.palette import DEFAULT_PALETTE, Swatch
from linepaint.ui.editor import Editor
from linepaint.ui.panels.grid_geometry import GridGeometry
from linepaint.ui.panels.palette_panel import PalettePanel


@pytest.fixture
def panel(editor: Editor, qtbot: QtBot) -> PalettePanel:
    panel = PalettePanel(editor)
    qtbot.addWidget(panel)
    panel.resize(290, 140)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def click_swatch(panel: PalettePanel, index: int) -> None:
    QTest.mouseClick(panel.grid, Qt.MouseButton.LeftButton, pos=panel.grid.cell_rect(index).center())


def test_a_click_takes_the_colour_and_leaves_the_palette(panel: PalettePanel, editor: Editor) -> None:
    click_swatch(panel, 3)
    assert editor.foreground == DEFAULT_PALETTE.swatches[3].color
    editor.set_foreground((1, 2, 3))
    assert editor.document.palette == DEFAULT_PALETTE
    assert not editor.is_modified


def test_plus_adds_the_foreground_and_undo_takes_it_back(panel: PalettePanel, editor: Editor) -> None:
    editor.set_foreground((1, 2, 3))
    QTest.mouseClick(panel.add_button, Qt.MouseButton.LeftButton)
    assert editor.document.palette.swatches[-1] == Swatch((1, 2, 3))
    assert panel.grid.current == len(DEFAULT_PALETTE.swatches)
    editor.undo()
    assert editor.document.palette == DEFAULT_PALETTE


def test_minus_removes_the_selected_swatch_only(panel: PalettePanel, editor: Editor) -> None:
    assert not panel.remove_button.isEnabled()
    click_swatch(panel, 5)
    QTest.mouseClick(panel.remove_button, Qt.MouseButton.LeftButton)
    assert editor.document.palette == DEFAULT_PALETTE.without(5)


def test_a_double_click_names_a_swatch(panel: PalettePanel, editor: Editor, qtbot: QtBot) -> None:
    QTest.mouseDClick(panel.grid, Qt.MouseButton.LeftButton, pos=panel.grid.cell_rect(2).center())
    click_swatch(panel, 2)
    QTest.keyClick(panel.grid, Qt.Key.Key_F2)
    dialog = panel.findChildren(QInputDialog)[-1]
    dialog.setTextValue("  Mira's   coat ")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert editor.document.palette.swatches[2].name == "Mira's coat"
    assert editor.document.palette.swatches[2].color == DEFAULT_PALETTE.swatches[2].color


def test_a_drag_moves_a_swatch(panel: PalettePanel, editor: Editor) -> None:
    grid = panel.grid
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=grid.cell_rect(0).center())
    QTest.mouseMove(grid, grid.cell_rect(1).center())
    QTest.mouseMove(grid, grid.cell_rect(4).center())
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=grid.cell_rect(4).center())
    assert editor.document.palette == DEFAULT_PALETTE.moved(0, 4)


def test_the_keyboard_reaches_every_swatch(panel: PalettePanel, editor: Editor) -> None:
    panel.grid.setFocus()
    QTest.keyClick(panel.grid, Qt.Key.Key_Right)
    QTest.keyClick(panel.grid, Qt.Key.Key_Right)
    QTest.keyClick(panel.grid, Qt.Key.Key_Down)
    QTest.keyClick(panel.grid, Qt.Key.Key_Return)
    columns = GridGeometry(panel.grid.width(), 22, 24).columns
    assert editor.foreground == DEFAULT_PALETTE.swatches[1 + columns].color


def test_the_buttons_ask_for_files(panel: PalettePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.importWanted):
        QTest.mouseClick(panel.import_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.exportWanted):
        QTest.mouseClick(panel.export_button, Qt.MouseButton.LeftButton)


def test_every_point_of_a_cell_belongs_to_it_and_none_is_lost() -> None:
    grid = GridGeometry(width=283, cell_px=22, count=30)
    assert grid.columns == 12
    for index in range(30):
        x, y, width, height = grid.cell(index)
        assert grid.index_at(x + 0.5, y + 0.5) == index
        assert grid.index_at(x + width - 0.5, y + height - 0.5) == index
    assert grid.index_at(282.9, grid.height - 1) == -1
    assert grid.index_at(-1, 0) == -1
    assert GridGeometry(5, 22, 3).columns == 1
