"""Pictures opened in the window as what they look like: told in a bar, and read another way at a click."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from linepaint.trainer.drawings import draw
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from linepaint.document.commands import SetMode
from linepaint.document.mode import DocumentMode
from linepaint.files.pictures import write_picture
from linepaint.imaging.opencv import cv2
from linepaint.imaging.picture_kind import PictureKind
from linepaint.ui import file_commands
from linepaint.ui.action_set import NOT_FOR_GRAY
from linepaint.ui.jobs import Report
from linepaint.ui.opening.kind_bar import SENTENCES, KindBar
from linepaint.ui.panels.suggestion_panel import LINES_ONLY
from linepaint.ui.preview.engine_port import NoTracer
from linepaint.ui.window import MainWindow

Stroke = Callable[[MainWindow], None]
WaitForBox = Callable[[], QMessageBox]
Click = Callable[[QMessageBox, QMessageBox.StandardButton], None]

ALT, CTRL_SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)
DRAWN_LINE = 60
"""The row that the tracer of these tests draws."""


@pytest.fixture
def color_file(tmp_path: Path) -> Path:
    path = tmp_path / "scene.png"
    write_picture(path, draw(2, 160, "landscape").color)
    return path


@pytest.fixture
def gray_file(tmp_path: Path, color_file: Path) -> Path:
    path = tmp_path / "tones.png"
    write_picture(path, cv2.cvtColor(draw(2, 160, "landscape").color, cv2.COLOR_RGB2GRAY))
    return path


@pytest.fixture(autouse=True)
def traced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The pictures whose lines were drawn; always the same line is."""
    pictures: list[tuple[int, ...]] = []

    def draw_lines(color: np.ndarray, report: Report) -> np.ndarray:
        report(0.5)
        pictures.append(color.shape)
        lines = np.full(color.shape[:2], 255, np.uint8)
        lines[DRAWN_LINE] = 0
        return lines

    monkeypatch.setattr(file_commands, "draw_lines", draw_lines)
    return pictures


@pytest.fixture
def show(window: MainWindow, qtbot: QtBot) -> Callable[[Path], MainWindow]:
    """Opens a file and waits for it."""

    def open_and_wait(path: Path) -> MainWindow:
        before = window.editor.document
        window.files.open_path(path)
        qtbot.waitUntil(lambda: window.editor.document is not before)
        return window

    return open_and_wait


def bar_of(window: MainWindow) -> KindBar:
    return window._canvas_area.bar


def offered(window: MainWindow) -> set[PictureKind]:
    return {kind for kind, button in bar_of(window).offers.items() if button.isVisible()}


def test_line_art_opens_as_ever_without_a_word(show, line_art: Path) -> None:
    window = show(line_art)
    assert window.editor.document.mode is DocumentMode.LINEART
    assert not bar_of(window).isVisible()


def test_a_gray_picture_opens_gray_and_the_bar_offers_the_other_readings(show, gray_file: Path) -> None:
    window = show(gray_file)
    assert window.editor.document.mode is DocumentMode.GRAYSCALE
    assert window.editor.document.checkpoint == "grayscale"
    assert bar_of(window).isVisible() and bar_of(window).sentence.text() == SENTENCES[PictureKind.GRAY]
    assert offered(window) == {PictureKind.LINES, PictureKind.COLOR}
    assert window.files.recent == (gray_file,)


def test_a_colouring_opens_over_lines_drawn_from_it(show, color_file: Path, traced: list) -> None:
    window = show(color_file)
    assert traced == [(160, 160, 3)]
    assert window.editor.document.mode is DocumentMode.LINEART
    assert window.editor.document.lines.lines[DRAWN_LINE].max() == 0
    assert bar_of(window).sentence.text() == SENTENCES[PictureKind.COLOR]
    assert offered(window) == {PictureKind.LINES, PictureKind.GRAY}
    assert window.editor.path is None and not window.editor.is_modified
    assert "scene.png" in window.windowTitle()


@pytest.mark.parametrize("how", ["click", "key"])
def test_another_reading_at_a_click_or_by_its_letter(show, gray_file: Path, qtbot: QtBot, how: str) -> None:
    window = show(gray_file)
    if how == "click":
        QTest.mouseClick(bar_of(window).offers[PictureKind.LINES], Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(window.canvas, Qt.Key.Key_N, ALT)
    qtbot.waitUntil(lambda: window.editor.document.mode is DocumentMode.LINEART)
    assert not bar_of(window).isVisible(), "what was asked for needs no telling"
    assert window.canvas.hasFocus()


def test_a_pasted_picture_is_guessed_and_read_again_without_the_clipboard(
    window: MainWindow, gray_file: Path, traced: list, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(gray_file)))
    window.files.open_clipboard()
    qtbot.waitUntil(lambda: window.editor.document.mode is DocumentMode.GRAYSCALE)
    QGuiApplication.clipboard().setText("something else")
    QTest.mouseClick(bar_of(window).offers[PictureKind.COLOR], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.editor.document.mode is DocumentMode.LINEART)
    assert traced == [(160, 160, 3)]


def test_painting_puts_the_bar_away_and_leaves_the_page_where_it_is(show, gray_file: Path, stroke: Stroke) -> None:
    window = show(gray_file)
    canvas = window.canvas

    def corner() -> tuple[float, float]:
        top_left = canvas.mapTo(window, canvas.rect().topLeft())
        seen = canvas.view.to_widget(0, 0)
        return top_left.x() + seen.x, top_left.y() + seen.y

    before, zoom = corner(), canvas.zoom
    stroke(window)
    assert not bar_of(window).isVisible() and not window.editor.document.hints.pixels.is_blank
    assert canvas.zoom == zoom and corner() == pytest.approx(before, abs=1)


@pytest.mark.parametrize("how", ["click", "escape", "key"])
def test_the_bar_can_be_put_away(show, gray_file: Path, qtbot: QtBot, how: str) -> None:
    window = show(gray_file)
    bar = bar_of(window)
    if how == "click":
        QTest.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    elif how == "escape":
        bar.offers[PictureKind.LINES].setFocus()
        QTest.keyClick(bar.offers[PictureKind.LINES], Qt.Key.Key_Escape)
    else:
        QTest.keyClick(window.canvas, Qt.Key.Key_X, ALT)
    # A button that is pressed by its key stays down for a moment.
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert window.canvas.hasFocus()
    assert window.editor.document.mode is DocumentMode.GRAYSCALE


def test_the_bar_goes_with_its_document(show, gray_file: Path, line_art: Path) -> None:
    show(gray_file)
    window = show(line_art)
    assert not bar_of(window).isVisible()
    show(gray_file)
    window.files.close()
    assert not bar_of(window).isVisible()


def test_reading_again_asks_before_hints_are_lost(
    show, gray_file: Path, stroke: Stroke, box: WaitForBox, click: Click
) -> None:
    window = show(gray_file)
    before = window.editor.document
    stroke(window)
    window.files.read_as(PictureKind.LINES)
    click(box(), QMessageBox.StandardButton.Cancel)
    window.files.jobs.wait()
    QApplication.processEvents()
    assert window.editor.document is before and not before.hints.pixels.is_blank


@pytest.mark.parametrize(
    ("key", "mode"),
    [
        (Qt.Key.Key_L, DocumentMode.LINEART),
        (Qt.Key.Key_G, DocumentMode.GRAYSCALE),
        (Qt.Key.Key_D, DocumentMode.LINEART),
    ],
)
def test_open_as_goes_before_any_guess(
    window: MainWindow, gray_file: Path, traced: list, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, key, mode
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(gray_file), ""))
    QTest.keyClick(window, key, CTRL_SHIFT)
    qtbot.waitUntil(lambda: not window.editor.document.is_null)
    assert window.editor.document.mode is mode
    assert bool(traced) == (key == Qt.Key.Key_D)
    assert not bar_of(window).isVisible()


def test_without_a_tracer_one_sentence_is_said_and_the_drawing_stays(
    opened: MainWindow, color_file: Path, box: WaitForBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw_lines(color: np.ndarray, report: Report) -> np.ndarray:
        raise NoTracer("The checkpoint cannot be loaded, so open the picture as line art.")

    monkeypatch.setattr(file_commands, "draw_lines", draw_lines)
    before = opened.editor.document
    opened.files.open_path(color_file)
    assert box().text() == "The checkpoint cannot be loaded, so open the picture as line art."
    assert opened.editor.document is before


def test_drawing_lines_shows_progress_and_can_be_stopped(
    opened: MainWindow, color_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[float] = []

    def draw_lines(color: np.ndarray, report: Report) -> np.ndarray:
        share = 0.0
        while True:
            share = min(share + 0.001, 0.99)
            steps.append(share)
            report(share)
            QTest.qSleep(1)

    monkeypatch.setattr(file_commands, "draw_lines", draw_lines)
    before = opened.editor.document
    opened.files.open_path(color_file)
    qtbot.waitUntil(lambda: opened.status.job_label.text() == "Drawing the lines of scene.png…", timeout=5000)
    qtbot.waitUntil(lambda: opened.status.job_bar.value() > 0)
    QTest.mouseClick(opened.status.cancel_button, Qt.MouseButton.LeftButton)
    opened.files.jobs.wait()
    QApplication.processEvents()
    assert opened.editor.document is before and not opened.files.jobs.running


def test_what_was_asked_for_last_is_what_opens(
    window: MainWindow, color_file: Path, line_art: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw_lines(color: np.ndarray, report: Report) -> np.ndarray:
        while True:
            report(0.1)
            QTest.qSleep(1)

    monkeypatch.setattr(file_commands, "draw_lines", draw_lines)
    window.files.open_path(color_file)
    qtbot.waitUntil(lambda: any("lines" in job.label for job in window.files.jobs.running))
    window.files.open_path(line_art)
    qtbot.waitUntil(lambda: not window.editor.document.is_null)
    window.files.jobs.wait()
    assert "page.png" in window.windowTitle() and not window.files.jobs.running


def test_suggestions_are_greyed_out_in_a_gray_document_and_say_why(show, gray_file: Path, line_art: Path) -> None:
    window = show(gray_file)
    action, panel = window.actions_by_id["view.suggestions"], window._color_panel.suggestions
    assert not action.isEnabled() and action.toolTip() == NOT_FOR_GRAY
    assert not panel.isEnabled() and panel.toolTip() == NOT_FOR_GRAY and panel.grid._empty_text == LINES_ONLY
    assert window.actions_by_id["layer.show_lines"].text() == "Show &Gray Picture"
    assert window.actions_by_id["layer.levels"].isEnabled()
    show(line_art)
    assert action.isEnabled() and "(S)" in action.toolTip() and panel.isEnabled() and panel.toolTip() == ""
    assert window.actions_by_id["layer.show_lines"].text() == "Show &Line Art"


def test_undoing_a_change_of_mode_brings_suggestions_back(show, line_art: Path) -> None:
    window = show(line_art)
    window.editor.perform(SetMode(DocumentMode.GRAYSCALE))
    assert not window.actions_by_id["view.suggestions"].isEnabled()
    assert window._preview_panel.checkpoints.currentText() == "grayscale"
    window.editor.undo()
    assert window.actions_by_id["view.suggestions"].isEnabled() and window._color_panel.suggestions.isEnabled()
