"""Suggestions in the window: S marks the best places, the resting pen brings nine colours."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from linepaint.ui.panels.suggestion_panel import NO_DRAWING, NOT_YET
from linepaint.ui.preview.engine_port import EnginePort
from linepaint.ui.preview.status import Phase
from linepaint.ui.preview.suggestions import Place
from linepaint.ui.settings import Settings
from linepaint.ui.suggestion_link import PLACES, SETTLED
from linepaint.ui.theme import Theme
from linepaint.ui.window import MainWindow


class EngineTestError(ValueError):
    pass


@dataclass
class GuessingEngine:
    """Suggests a row of places, one fewer for each time the hints grew, and colours that tell the point asked about."""

    device_label: str = "CPU (test)"
    size: tuple[int, int] = (0, 0)
    places: list[Place] = field(default_factory=lambda: [(30 + 20 * i, 60, 0.5**i) for i in range(3)])
    asked_places: int = 0
    asked_colors: list[tuple[int, int]] = field(default_factory=list)

    def port(self) -> EnginePort:
        return EnginePort(
            load=lambda _checkpoint, _device, _seed, _mode: self,
            available_devices=list,
            shipped_checkpoints=list,
            stale=KeyError,
            out_of_memory=MemoryError,
            error=EngineTestError,
        )

    def open(self, lines: np.ndarray) -> "GuessingEngine":
        self.size = lines.shape
        return self

    def color_layer(
        self, hints: np.ndarray, draft: bool = False, is_stale: Callable[[], bool] | None = None
    ) -> np.ndarray:
        return np.full((*self.size, 3), 200, np.uint8)

    def suggest_places(
        self, hints: np.ndarray, count: int, *, is_stale: Callable[[], bool] | None = None
    ) -> list[Place]:
        assert count == PLACES
        self.asked_places += 1
        return self.places[1:] if hints.any() else self.places

    def suggest_colors(
        self, hints: np.ndarray, x: int, y: int, count: int, *, is_stale: Callable[[], bool] | None = None
    ) -> list[tuple[int, int, int]]:
        self.asked_colors.append((x, y))
        return [(x, y, 10 * i) for i in range(count)]


@pytest.fixture
def engine() -> GuessingEngine:
    return GuessingEngine()


@pytest.fixture
def running(
    qapp: QApplication, engine: GuessingEngine, tmp_path: Path, line_art: Path, qtbot: QtBot
) -> Iterator[MainWindow]:
    """A window with coloured line art."""
    theme = Theme("light")
    window = MainWindow(Settings(tmp_path / "settings.ini"), theme, tmp_path / "autosave", open_engine=engine.port)
    theme.setParent(window)
    window.show()
    window.activateWindow()
    window.start_services()
    window.files.open_path(line_art)
    qtbot.waitUntil(lambda: window.preview.status.phase is Phase.READY, timeout=5000)
    yield window
    window.editor.mark_saved()
    window.close()
    window.deleteLater()
    qapp.processEvents()


def seen_at(window: MainWindow, x: float, y: float) -> QPoint:
    point = window.canvas.view.to_widget(x, y)
    return QPoint(round(point.x), round(point.y))


def test_s_marks_the_best_places_and_s_again_takes_the_marks_away(
    running: MainWindow, engine: GuessingEngine, qtbot: QtBot
) -> None:
    assert engine.asked_places == 0, "nobody asked"
    QTest.keyClick(running, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(running.canvas.marked_places) == 3, timeout=3000)
    assert running.canvas.marked_places[0] == (30.5, 60.5)
    assert running.actions_by_id["view.suggestions"].isChecked()
    QTest.keyClick(running, Qt.Key.Key_S)
    assert running.canvas.marked_places == ()


def test_the_marks_follow_what_is_painted(
    running: MainWindow, engine: GuessingEngine, qtbot: QtBot, stroke: Callable[[MainWindow], None]
) -> None:
    QTest.keyClick(running, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(running.canvas.marked_places) == 3, timeout=3000)
    stroke(running)
    qtbot.waitUntil(lambda: len(running.canvas.marked_places) == 2, timeout=5000)


def test_where_nothing_is_left_to_suggest_the_artist_is_told_once(
    running: MainWindow, engine: GuessingEngine, qtbot: QtBot
) -> None:
    engine.places = []
    told: list[str] = []
    running.editor.message.connect(told.append)
    QTest.keyClick(running, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: told == [SETTLED], timeout=3000)
    running.preview.request_now()
    qtbot.waitUntil(lambda: engine.asked_places == 2, timeout=5000)
    qtbot.wait(50)
    assert told == [SETTLED]


def test_the_resting_pen_brings_colours_and_shift_2_takes_the_second(
    running: MainWindow, engine: GuessingEngine, qtbot: QtBot
) -> None:
    panel = running._color_panel.suggestions
    assert panel.colors == ()
    QTest.mouseMove(running.canvas, seen_at(running, 50.5, 70.5))
    qtbot.waitUntil(lambda: len(panel.colors) == 9, timeout=3000)
    assert panel.colors[1] == (50, 70, 10)
    QTest.keyClick(running, Qt.Key.Key_2, Qt.KeyboardModifier.ShiftModifier)
    assert running.editor.foreground == (50, 70, 10)


def test_a_pen_on_its_way_asks_nothing_until_it_rests(
    running: MainWindow, engine: GuessingEngine, qtbot: QtBot
) -> None:
    for x in range(30, 130, 4):
        QTest.mouseMove(running.canvas, seen_at(running, x + 0.5, 60.5))
        qtbot.wait(5)
    qtbot.waitUntil(lambda: engine.asked_colors != [], timeout=3000)
    assert engine.asked_colors == [(126, 60)]


def test_colours_stay_for_the_way_to_the_panel_and_go_with_the_drawing(
    running: MainWindow, engine: GuessingEngine, qtbot: QtBot
) -> None:
    panel = running._color_panel.suggestions
    QTest.mouseMove(running.canvas, seen_at(running, 50.5, 70.5))
    qtbot.waitUntil(lambda: len(panel.colors) == 9, timeout=3000)
    QTest.keyClick(running, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: running.canvas.marked_places != (), timeout=3000)
    QTest.mouseMove(running.canvas, seen_at(running, -20, 70.5))
    QTest.mouseClick(panel.grid, Qt.MouseButton.LeftButton, pos=panel.grid.cell_rect(8).center())
    assert running.editor.foreground == (50, 70, 80)
    running.editor.mark_saved()
    running.files.close()
    qtbot.waitUntil(lambda: running.editor.document.is_null, timeout=3000)
    assert panel.colors == () and running.canvas.marked_places == ()
    assert panel.grid._empty_text == NO_DRAWING != NOT_YET
