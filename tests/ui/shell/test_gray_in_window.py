"""A gray document in the window: menus call it what it is, and it is saved, reopened and exported as one."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from linepaint.document.commands import SetMode
from linepaint.document.document import Document
from linepaint.document.layers import LayerKind
from linepaint.document.mode import DocumentMode
from linepaint.files.exporting import ExportOptions
from linepaint.files.ora import read_ora
from linepaint.files.pictures import read_picture
from linepaint.ui.dialogs.export_dialog import ExportDialog
from linepaint.ui.panels.layer_panel import LayerPanel
from linepaint.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def gray(window: MainWindow) -> MainWindow:
    """A window with a gray document open, which has a colour of its own."""
    document = Document.from_gray(np.tile(np.arange(160, dtype=np.uint8), (120, 1)))
    document.set_color_pixels(np.full((120, 160, 3), (90, 160, 200), np.uint8))
    window.editor.set_document(document)
    return window


def test_menus_speak_of_the_gray_picture_and_of_line_art_again(gray: MainWindow) -> None:
    levels, show = gray.actions_by_id["layer.levels"], gray.actions_by_id["layer.show_lines"]
    assert (levels.text(), show.text()) == ("Gray Picture &Levels…", "Show &Gray Picture")
    assert "gray picture" in show.toolTip() and "Ctrl+1" in show.toolTip()
    gray.editor.perform(SetMode(DocumentMode.LINEART))
    assert (levels.text(), show.text()) == ("Line Art &Levels…", "Show &Line Art")
    assert show.toolTip() == "Show or hide the line art  (Ctrl+1)"
    gray.editor.undo()
    assert show.text() == "Show &Gray Picture" and show.isChecked()


def test_the_key_that_hides_line_art_hides_the_gray_picture(gray: MainWindow) -> None:
    QTest.keyClick(gray, Qt.Key.Key_1, CTRL)
    assert not gray.editor.document.lines.visible
    panel = gray.findChild(LayerPanel)
    assert panel is not None and not panel.rows[LayerKind.LINES].eye.isChecked()


def test_a_change_of_mode_is_saved_and_reopened(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.editor.perform(SetMode(DocumentMode.GRAYSCALE))
    assert opened.isWindowModified()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "gray.ora"), ""))
    QTest.keyClick(opened, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not opened.isWindowModified())
    saved = read_ora(tmp_path / "gray.ora")
    assert (saved.mode, saved.checkpoint) == (DocumentMode.GRAYSCALE, "grayscale")
    opened.editor.undo()
    assert opened.isWindowModified() and opened.editor.document.mode is DocumentMode.LINEART


def test_the_export_dialog_knows_the_mode_and_the_export_is_the_colour_alone(
    gray: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    gray.saves.ask_export()
    dialog = gray.findChild(ExportDialog)
    assert dialog is not None and not dialog.transparent_box.isEnabled() and not dialog.lines_box.isVisible()
    dialog.reject()
    gray.saves.export(tmp_path / "a.png", ExportOptions(transparent_paper=True))
    qtbot.waitUntil(lambda: (tmp_path / "a.png").exists())
    assert (read_picture(tmp_path / "a.png") == (90, 160, 200, 255)).all()


def test_a_safety_copy_keeps_the_mode(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    opened.editor.perform(SetMode(DocumentMode.GRAYSCALE))
    opened.autosaver.keep()
    opened.autosaver.jobs.wait()
    (copy,) = (tmp_path / "autosave").glob("*.ora")
    assert read_ora(copy).mode is DocumentMode.GRAYSCALE
