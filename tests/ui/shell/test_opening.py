"""Opening drawings: by dialog, drop, clipboard, the list of recent files; and what cannot be opened."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from linepaint.document.document import Document
from linepaint.files.ora import write_ora
from linepaint.ui.samples import sample_paths
from linepaint.ui.window import MainWindow

WaitForBox = Callable[[], QMessageBox]
Click = Callable[[QMessageBox, QMessageBox.StandardButton], None]


def is_open(window: MainWindow) -> Callable[[], bool]:
    return lambda: not window.editor.document.is_null


def drop(window: MainWindow, mime: QMimeData) -> bool:
    """Drag over the window and let go; whether the drag was welcome."""
    action, buttons, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(50, 50), action, mime, buttons, keys)
    enter.setAccepted(False)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), action, mime, buttons, keys))
    return enter.isAccepted()


def test_a_drawing_opened_by_dialog_fits_the_window_with_the_hint_brush_ready(
    window: MainWindow, line_art: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(line_art), ""))
    QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(is_open(window))
    assert window.editor.document.size == (160, 120)
    assert window.editor.tool == "hint-brush"
    assert window.canvas.isVisible()
    page = window.canvas.seen_page()
    assert (page.width, page.height) == (160, 120)
    assert not window.isWindowModified()
    assert "page.png" in window.windowTitle()


def test_saving_does_not_go_back_to_a_picture_but_to_our_own_documents(
    window: MainWindow, line_art: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.files.open_path(line_art)
    qtbot.waitUntil(is_open(window))
    assert window.editor.path is None
    own = tmp_path / "own.ora"
    write_ora(Document.from_scan(np.full((50, 60), 255, np.uint8)), own)
    window.files.open_path(own)
    qtbot.waitUntil(lambda: window.editor.path == own)


def test_a_dropped_file_opens(window: MainWindow, line_art: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(line_art))])
    assert drop(window, mime)
    qtbot.waitUntil(is_open(window))


def test_dropped_text_is_refused(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("not a picture")
    assert not drop(window, mime)


def test_a_copied_picture_opens_as_a_new_drawing(window: MainWindow, qtbot: QtBot) -> None:
    image = QImage(37, 21, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(image)
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(is_open(window))
    assert window.editor.document.size == (37, 21)
    assert "Untitled" in window.windowTitle()


def test_pasting_without_a_picture_says_so(window: MainWindow, box: WaitForBox) -> None:
    QGuiApplication.clipboard().setText("words")
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "no picture in the clipboard" in box().text()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\nbroken", b"PK\x03\x04broken"])
def test_a_broken_file_gives_one_message_and_leaves_the_open_drawing(
    opened: MainWindow, tmp_path: Path, box: WaitForBox, content: bytes
) -> None:
    before = opened.editor.document
    broken = tmp_path / "broken.png"
    broken.write_bytes(content)
    opened.files.open_path(broken)
    text = box().text()
    assert "broken.png" in text
    assert "\n" not in text
    assert opened.editor.document is before


def test_opening_over_unsaved_work_asks_and_cancel_keeps_it(
    opened: MainWindow,
    line_art: Path,
    stroke: Callable[[MainWindow], None],
    box: WaitForBox,
    click: Click,
) -> None:
    before = opened.editor.document
    stroke(opened)
    assert opened.isWindowModified()
    opened.files.open_path(line_art)
    click(box(), QMessageBox.StandardButton.Cancel)
    opened.files.jobs.wait()
    QApplication.processEvents()
    assert opened.editor.document is before
    assert opened.isWindowModified()


def test_opened_files_are_listed_newest_first_and_reopen(
    opened: MainWindow, line_art: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    second = tmp_path / "second.png"
    second.write_bytes(line_art.read_bytes())
    opened.files.open_path(second)
    qtbot.waitUntil(lambda: len(opened.files.recent) == 2)
    assert opened.files.recent == (second, line_art)
    menu = opened._recent_menu
    menu.aboutToShow.emit()
    before = opened.editor.document
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: opened.editor.document is not before)
    assert opened.files.recent[0] == line_art


def test_a_recent_file_that_is_gone_leaves_the_list(opened: MainWindow, line_art: Path, box: WaitForBox) -> None:
    line_art.unlink()
    opened.files.open_path(line_art)
    assert "page.png" in box().text()
    assert opened.files.recent == ()


def test_of_several_files_the_first_opens_and_the_others_are_recent(
    window: MainWindow, line_art: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    others = [tmp_path / "b.png", tmp_path / "c.png"]
    window.files.open_first([line_art, *others])
    qtbot.waitUntil(is_open(window))
    assert window.files.recent == (line_art, *others)


def test_the_start_page_shows_until_a_drawing_opens_and_again_after_closing(opened: MainWindow) -> None:
    assert not opened._start_page.isVisible()
    QTest.keyClick(opened, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert opened._start_page.isVisible()
    assert not opened.actions_by_id["file.save"].isEnabled()


def test_a_sample_opens_as_a_copy_that_is_never_saved_over(window: MainWindow, qtbot: QtBot) -> None:
    hinted = [path for path in sample_paths() if path.suffix == ".ora"]
    assert hinted
    window.files.open_path(hinted[0])
    qtbot.waitUntil(is_open(window))
    assert window.editor.path is None
    assert window.files.recent == ()
    assert not window.editor.document.hints.pixels.is_blank
