"""Paints in the real window, in a process of its own, and prints what it measured as JSON.

    python painting_session.py FOLDER --side 4096 --strokes 200

A heartbeat beats in the event loop every BEAT_MS; a gap is the time between two beats, less that interval:
how much later than it should anything could have happened. Strokes are mouse events, 125 a second, as from a
tablet.
"""

import argparse
import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

sys.path.insert(0, str(Path(__file__).parent))
from conftest import dab_hints, draw_line_art

from linepaint.document.changes import ChangeKind
from linepaint.document.document import Document
from linepaint.ui.app import make_application
from linepaint.ui.preview.status import Phase
from linepaint.ui.settings import Settings
from linepaint.ui.theme import Theme
from linepaint.ui.window import MainWindow

BEAT_MS = 2
MOVE_MS = 8
MOVES_PER_STROKE = 25
LONGEST_WAIT_SECONDS = 120.0


class Heartbeat:
    """Milliseconds by which beats came late, while `is_on`."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.is_on = False
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        if self.is_on:
            self.gaps.append(max((now - self._last) * 1000 - BEAT_MS, 0.0))
        self._last = now


class Painter:
    """Draws strokes as mouse events that a timer sends."""

    def __init__(self, canvas: QWidget, strokes: int) -> None:
        self._canvas = canvas
        self._random = np.random.default_rng(3)
        self._strokes_left = strokes
        self._moves_left = 0
        self._at = np.zeros(2)
        self._way = np.zeros(2)
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        self._timer.start(MOVE_MS)

    @property
    def is_done(self) -> bool:
        return self._strokes_left == 0 and self._moves_left == 0

    def _step(self) -> None:
        if self._moves_left == 0:
            if self._strokes_left == 0:
                self._timer.stop()
                return
            self._strokes_left -= 1
            self._moves_left = MOVES_PER_STROKE
            area = np.array([self._canvas.width(), self._canvas.height()], float)
            self._at = area * self._random.uniform(0.3, 0.7, 2)
            self._way = self._random.uniform(-4, 4, 2)
            self._send(QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton)
            return
        self._moves_left -= 1
        self._at = self._at + self._way
        if self._moves_left:
            self._send(QEvent.Type.MouseMove, Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton)
        else:
            self._send(QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton)

    def _send(self, kind: QEvent.Type, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        local = QPointF(*(float(value) for value in self._at))
        event = QMouseEvent(
            kind, local, self._canvas.mapToGlobal(local), button, buttons, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(self._canvas, event)


def wait_for(condition, what: str) -> None:
    end = time.monotonic() + LONGEST_WAIT_SECONDS
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"waited in vain for {what}")
        QTest.qWait(10)


def resident_mib() -> float:
    """Memory in use now; where the system does not tell, the most there ever was."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return peak_mib()


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def paint(folder: Path, side: int, strokes: int) -> dict[str, float]:
    app = make_application()
    window = MainWindow(Settings(folder / "settings.ini"), Theme("light", app), folder / "autosave")
    window.resize(1360, 900)
    window.show()
    document = Document.from_scan(draw_line_art(side))
    dab_hints(document, 24)
    window.editor.set_document(document)
    window.start_services()
    wait_for(lambda: window.preview.status.phase in (Phase.READY, Phase.FAILED), "the first preview")
    if window.preview.status.phase is Phase.FAILED:
        sys.exit(window.preview.status.message)
    fine_seconds = window.preview.status.seconds or 0.0
    pictures: list[float] = []

    def count(change) -> None:
        if change.kind is ChangeKind.COLOR:
            pictures.append(time.perf_counter())

    window.editor.changed.connect(count)
    QTest.qWait(500)
    heartbeat = Heartbeat()
    QTest.qWait(200)
    before = document.hints.pixels.snapshot()
    began = time.perf_counter()
    painter = Painter(window.canvas, strokes)
    heartbeat.is_on = True
    wait_for(lambda: painter.is_done, "the strokes")
    heartbeat.is_on = False
    seconds = time.perf_counter() - began
    assert before.changed_tiles(document.hints.pixels), "nothing was painted"
    drafts = len(pictures)
    window.editor.history.mark_saved()
    wait_for(lambda: not window.preview.is_busy, "the last preview")
    memory = resident_mib()
    window.close()
    wait_for(lambda: not window.isVisible(), "the end")
    return {
        "gap_median_ms": statistics.median(heartbeat.gaps),
        "gap_p99_ms": percentile(heartbeat.gaps, 0.99),
        "gap_max_ms": max(heartbeat.gaps),
        "pictures_per_second": drafts / seconds,
        "fine_preview_ms": fine_seconds * 1000,
        "memory_mib": memory,
        "peak_mib": peak_mib(),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--side", type=int, default=4096)
    parser.add_argument("--strokes", type=int, default=200)
    arguments = parser.parse_args()
    print(json.dumps(paint(arguments.folder, arguments.side, arguments.strokes)))
