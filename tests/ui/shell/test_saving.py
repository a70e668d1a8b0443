"""Saving, exporting and closing: nothing is lost without being asked about."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

import linepaint.files.ora
from linepaint.document.commands import SetSeed
from linepaint.document.document import Document
from linepaint.files.exporting import ExportOptions
from linepaint.files.ora import read_ora
from linepaint.files.pictures import read_picture
from linepaint.ui.incremental import next_version
from linepaint.ui.window import MainWindow

WaitForBox = Callable[[], QMessageBox]
Click = Callable[[QMessageBox, QMessageBox.StandardButton], None]
Stroke = Callable[[MainWindow], None]

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def saved(opened: MainWindow, stroke: Stroke, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A drawing painted on and saved with Ctrl+S; the name was typed without its suffix."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "page 1.2"), ""))
    stroke(opened)
    QTest.keyClick(opened, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not opened.isWindowModified())
    return tmp_path / "page 1.2.ora"


def test_a_saved_drawing_reopens_with_its_hints(opened: MainWindow, saved: Path) -> None:
    assert opened.editor.path == saved
    hints = opened.editor.document.hints.pixels
    assert not hints.is_blank
    assert read_ora(saved).hints.pixels.same_pixels(hints)


def test_saving_again_needs_no_dialog(
    opened: MainWindow, saved: Path, stroke: Stroke, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: pytest.fail("asked for a name"))
    stroke(opened)
    assert opened.isWindowModified()
    QTest.keyClick(opened, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not opened.isWindowModified())


def test_incremental_save_takes_the_next_number_and_goes_on_with_it(
    opened: MainWindow, saved: Path, qtbot: QtBot
) -> None:
    for number in ("_001", "_002"):
        QTest.keyClick(opened, Qt.Key.Key_S, CTRL | ALT)
        expected = saved.with_name(f"page 1.2{number}.ora")
        qtbot.waitUntil(lambda path=expected: opened.editor.path == path)
        assert expected.exists()
    assert saved.exists()


def test_next_version_skips_names_that_are_taken() -> None:
    taken = {Path("a_001.ora"), Path("a_002.ora")}
    assert next_version(Path("a.ora"), lambda path: path in taken) == Path("a_003.ora")
    assert next_version(Path("a_009.ora"), lambda _path: False) == Path("a_010.ora")


def test_a_save_that_fails_says_why_and_the_drawing_stays_unsaved(
    opened: MainWindow, stroke: Stroke, tmp_path: Path, box: WaitForBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "missing folder" / "page.ora"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    stroke(opened)
    QTest.keyClick(opened, Qt.Key.Key_S, CTRL)
    assert "page.ora" in box().text()
    assert opened.isWindowModified()
    assert opened.editor.path is None


def test_what_is_painted_while_saving_stays_unsaved(
    opened: MainWindow, saved: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_write = threading.Event()
    write = linepaint.files.ora.write_ora

    def slow_write(document: Document, path: Path, **options: object) -> None:
        may_write.wait(5)
        write(document, path)

    monkeypatch.setattr(linepaint.files.ora, "write_ora", slow_write)
    opened.editor.perform(SetSeed(1))
    QTest.keyClick(opened, Qt.Key.Key_S, CTRL)
    opened.editor.perform(SetSeed(2))
    may_write.set()
    qtbot.waitUntil(lambda: not opened.saves.jobs.running)
    assert read_ora(saved).seed == 1
    assert opened.isWindowModified()


def test_closing_without_changes_just_closes(opened: MainWindow) -> None:
    opened.close()
    assert not opened.isVisible()


def test_closing_with_changes_asks_and_cancel_stays(
    opened: MainWindow, stroke: Stroke, box: WaitForBox, click: Click
) -> None:
    stroke(opened)
    opened.close()
    click(box(), QMessageBox.StandardButton.Cancel)
    assert opened.isVisible()


def test_closing_with_changes_discards_when_told_so(
    opened: MainWindow, stroke: Stroke, box: WaitForBox, click: Click
) -> None:
    stroke(opened)
    opened.close()
    click(box(), QMessageBox.StandardButton.Discard)
    assert not opened.isVisible()


def test_closing_with_changes_saves_first_when_told_so(
    opened: MainWindow, saved: Path, stroke: Stroke, box: WaitForBox, click: Click, qtbot: QtBot
) -> None:
    before = saved.read_bytes()
    stroke(opened)
    opened.editor.perform(SetSeed(7))
    opened.close()
    click(box(), QMessageBox.StandardButton.Save)
    qtbot.waitUntil(lambda: not opened.isVisible())
    assert saved.read_bytes() != before
    assert read_ora(saved).seed == 7


def test_export_writes_a_picture_of_the_drawings_size(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    target = tmp_path / "out.png"
    opened.saves.export(target, ExportOptions(transparent_paper=True))
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: not opened.saves.jobs.running)
    assert read_picture(target).shape == (120, 160, 4)


def test_an_export_that_fails_says_why(opened: MainWindow, tmp_path: Path, box: WaitForBox) -> None:
    opened.saves.export(tmp_path / "missing" / "out.png", ExportOptions())
    assert "out.png" in box().text()
