"""Autosave and recovery: unsaved work is kept, offered after a crash, never saved over anything."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from linepaint.document.document import Document
from linepaint.files.autosave import AutosaveStore
from linepaint.ui.autosaver import AUTOSAVE_SECONDS
from linepaint.ui.dialogs.recovery_dialog import RecoveryDialog
from linepaint.ui.window import MainWindow

Stroke = Callable[[MainWindow], None]


def kept_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.ora")) if folder.exists() else []


def left_behind(folder: Path, original: Path | None) -> None:
    """An autosave as a killed run leaves it."""
    store = AutosaveStore(folder)
    document = Document.from_scan(np.full((40, 50), 255, np.uint8))
    document.seed = 77
    store.save(document, original, "left-behind")
    store.close()


def recovery_dialog(qtbot: QtBot) -> RecoveryDialog:
    def find() -> list[RecoveryDialog]:
        return [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, RecoveryDialog) and widget.isVisible()
        ]

    qtbot.waitUntil(lambda: bool(find()))
    return find()[0]


def test_half_a_minute_is_the_most_that_can_be_lost() -> None:
    assert AUTOSAVE_SECONDS <= 25


def test_unsaved_work_is_kept_by_the_clock_even_in_the_middle_of_a_stroke(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    opened.autosaver._timer.setInterval(30)
    canvas = opened.canvas
    middle = canvas.rect().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle * 0.9)
    qtbot.waitUntil(lambda: len(kept_in(tmp_path / "autosave")) == 1)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle)


def test_nothing_is_kept_of_a_drawing_without_changes(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    opened.autosaver._timer.setInterval(10)
    qtbot.wait(60)
    opened.autosaver.jobs.wait()
    assert kept_in(tmp_path / "autosave") == []


def test_the_copy_goes_once_the_work_is_undone_or_closed(
    opened: MainWindow, stroke: Stroke, tmp_path: Path, qtbot: QtBot
) -> None:
    stroke(opened)
    opened.autosaver.keep()
    qtbot.waitUntil(lambda: len(kept_in(tmp_path / "autosave")) == 1)
    QTest.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: kept_in(tmp_path / "autosave") == [])


def test_a_copy_left_behind_opens_unsaved_and_touches_no_file(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    original = tmp_path / "page.ora"
    original.write_bytes(b"the artist's own file")
    left_behind(tmp_path / "autosave", original)
    window._recovery.start()
    dialog = recovery_dialog(qtbot)
    assert "page.ora" in dialog.list.item(0).text()
    QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.editor.document.seed == 77)
    assert window.isWindowModified()
    assert window.editor.path is None
    assert original.read_bytes() == b"the artist's own file"
    window.autosaver.jobs.wait()
    assert len(kept_in(tmp_path / "autosave")) == 1


def test_a_copy_left_behind_can_be_discarded_or_kept_for_later(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    left_behind(tmp_path / "autosave", None)
    window._recovery.start()
    QTest.mouseClick(recovery_dialog(qtbot).later_button, Qt.MouseButton.LeftButton)
    assert len(kept_in(tmp_path / "autosave")) == 1
    window._recovery.start()
    QTest.mouseClick(recovery_dialog(qtbot).discard_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: kept_in(tmp_path / "autosave") == [])
    assert window.editor.document.is_null


def test_a_damaged_copy_never_stops_the_start(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "autosave"
    folder.mkdir()
    (folder / "broken.ora").write_bytes(b"PK\x03\x04 torn off")
    window._recovery.start()
    qtbot.waitUntil(lambda: not window.files.jobs.running)
    assert kept_in(folder) == []
    assert window.isVisible()
