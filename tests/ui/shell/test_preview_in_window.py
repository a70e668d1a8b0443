"""The window and the live preview: what the engine says is shown, and an export waits for its colour."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from linepaint.document.mode import DocumentMode
from linepaint.files.exporting import ExportOptions
from linepaint.files.pictures import read_picture
from linepaint.ui.preview.engine_port import EnginePort
from linepaint.ui.settings import DEVICE, Settings
from linepaint.ui.theme import Theme
from linepaint.ui.window import MainWindow

RED = (200, 40, 30)


class EngineTestError(ValueError):
    pass


@dataclass(frozen=True)
class OneDevice:
    key: str = "cpu"
    label: str = "CPU (test)"


@dataclass(frozen=True)
class OneCheckpoint:
    name: str
    mode: str


@dataclass
class RedEngine:
    """Colours everything red, as soon as it may."""

    may_color: threading.Event = field(default_factory=threading.Event)
    loaded: list[tuple[str, str, int]] = field(default_factory=list)
    device_label: str = "CPU (test)"
    size: tuple[int, int] = (0, 0)

    def open_port(self) -> EnginePort:
        return EnginePort(
            load=self.load,
            available_devices=lambda: [OneDevice()],
            shipped_checkpoints=lambda: [OneCheckpoint("live", "lineart"), OneCheckpoint("lines", "scan")],
            stale=KeyError,
            out_of_memory=MemoryError,
            error=EngineTestError,
        )

    def load(self, checkpoint: str, device: str, seed: int, _mode: DocumentMode) -> "RedEngine":
        self.loaded.append((checkpoint, device, seed))
        if checkpoint.endswith(".safetensors"):
            raise EngineTestError("mine.safetensors is not a linepaint checkpoint; choose another.")
        return self

    def open(self, lines: np.ndarray) -> "RedEngine":
        self.size = lines.shape
        return self

    def color_layer(
        self, hints: np.ndarray, draft: bool = False, is_stale: Callable[[], bool] | None = None
    ) -> np.ndarray:
        self.may_color.wait(5)
        return np.full((*self.size, 3), RED, np.uint8)


@pytest.fixture
def engine() -> RedEngine:
    return RedEngine()


@pytest.fixture
def running(
    qapp: QApplication, engine: RedEngine, tmp_path: Path, line_art: Path, qtbot: QtBot
) -> Iterator[MainWindow]:
    """A window with the line art open and its preview running."""
    theme = Theme("light")
    settings = Settings(tmp_path / "settings.ini")
    window = MainWindow(settings, theme, tmp_path / "autosave", open_engine=engine.open_port)
    theme.setParent(window)
    window.show()
    window.start_services()
    window.files.open_path(line_art)
    qtbot.waitUntil(lambda: not window.editor.document.is_null)
    yield window
    engine.may_color.set()
    window.editor.mark_saved()
    window.close()
    window.deleteLater()
    qapp.processEvents()


def test_busy_then_the_colour_the_device_and_the_time(running: MainWindow, engine: RedEngine, qtbot: QtBot) -> None:
    panel = running._preview_panel
    qtbot.waitUntil(lambda: running.status.mark.is_busy)
    assert panel.mark.is_busy
    engine.may_color.set()
    qtbot.waitUntil(lambda: panel.status.text().startswith("Up to date · CPU (test)"))
    assert not running.status.mark.is_busy
    assert running.status.device.text() == "CPU (test)"
    assert running.editor.document.color.pixels is not None
    assert tuple(running.editor.document.color.pixels[60, 80]) == RED
    assert not running.isWindowModified()


def test_devices_and_colouring_checkpoints_are_offered(running: MainWindow, engine: RedEngine, qtbot: QtBot) -> None:
    engine.may_color.set()
    panel = running._preview_panel
    qtbot.waitUntil(lambda: panel.devices.findText("CPU (test)") >= 0)
    assert panel.checkpoints.findText("live") == 0
    assert panel.checkpoints.findText("lines") == -1
    panel.devices.setFocus()
    QTest.keyClick(panel.devices, Qt.Key.Key_Down)
    assert running._settings.get(DEVICE) == "cpu"
    qtbot.waitUntil(lambda: any(device == "cpu" for _name, device, _seed in engine.loaded))


def test_a_checkpoint_that_is_refused_says_why_and_undo_goes_back(
    running: MainWindow, engine: RedEngine, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.may_color.set()
    chosen = tmp_path / "mine.safetensors"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(chosen), ""))
    running.actions_by_id["preview.checkpoint"].trigger()
    panel = running._preview_panel
    qtbot.waitUntil(lambda: "not a linepaint checkpoint" in panel.status.text())
    assert panel.checkpoints.currentText() == "mine.safetensors"
    QTest.keyClick(running, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: panel.status.text().startswith("Up to date"))


def test_another_variation_is_another_seed(running: MainWindow, engine: RedEngine, qtbot: QtBot) -> None:
    engine.may_color.set()
    QTest.keyClick(running, Qt.Key.Key_F6)
    seed = running.editor.document.seed
    assert seed != 0
    qtbot.waitUntil(lambda: ("live", "auto", seed) in engine.loaded)


def test_an_export_waits_for_the_finished_colour(
    running: MainWindow, engine: RedEngine, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "out.png"
    qtbot.waitUntil(lambda: running.preview.is_busy)
    running.saves.export(target, ExportOptions())
    qtbot.wait(50)
    assert not target.exists()
    engine.may_color.set()
    qtbot.waitUntil(lambda: target.exists() and not running.saves.jobs.running)
    assert tuple(read_picture(target)[60, 80]) == RED
