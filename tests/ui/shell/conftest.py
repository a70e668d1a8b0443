"""A main window of its own for every test: settings and autosaves in a temporary folder, no preview."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from linepaint.files.pictures import write_picture
from linepaint.ui.settings import Settings
from linepaint.ui.theme import Theme
from linepaint.ui.window import MainWindow

MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def make_window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MakeWindow]:
    """Opens a window as a new start of the application would, with what earlier ones remembered."""
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        theme = Theme("light")
        window = MainWindow(Settings(tmp_path / "config" / "settings.ini"), theme, tmp_path / "autosave")
        theme.setParent(window)
        windows.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in windows:
        for runner in (window.files.jobs, window.saves.jobs):
            runner.wait()
        window.autosaver.stop()
        qapp.processEvents()
        window.preview.stop()
        window.hide()
        window.deleteLater()
    qapp.processEvents()


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    return make_window()


@pytest.fixture
def line_art(tmp_path: Path) -> Path:
    """A small PNG with a black frame on white."""
    pixels = np.full((120, 160, 3), 255, np.uint8)
    pixels[20:24, 20:140] = pixels[96:100, 20:140] = 0
    pixels[20:100, 20:24] = pixels[20:100, 136:140] = 0
    path = tmp_path / "page.png"
    write_picture(path, pixels)
    return path


@pytest.fixture
def opened(window: MainWindow, line_art: Path, qtbot: QtBot) -> MainWindow:
    """A window with the line art open."""
    window.files.open_path(line_art)
    qtbot.waitUntil(lambda: not window.editor.document.is_null)
    return window


def paint_stroke(window: MainWindow) -> None:
    """Draw a short hint in the middle of the canvas with the mouse."""
    canvas = window.canvas
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(12, 6))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(12, 6))


def open_box() -> QMessageBox | None:
    """The message box on the screen, if there is one."""
    boxes = [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox) and widget.isVisible()
    ]
    return boxes[-1] if boxes else None


def answer(box: QMessageBox, button: QMessageBox.StandardButton) -> None:
    """Click a button of a message box."""
    QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)


@pytest.fixture
def stroke() -> Callable[[MainWindow], None]:
    return paint_stroke


@pytest.fixture
def box(qtbot: QtBot) -> Callable[[], QMessageBox]:
    """Waits for the message box that is about to appear."""

    def wait() -> QMessageBox:
        qtbot.waitUntil(lambda: open_box() is not None)
        found = open_box()
        assert found is not None
        return found

    return wait


@pytest.fixture
def click() -> Callable[[QMessageBox, QMessageBox.StandardButton], None]:
    return answer
