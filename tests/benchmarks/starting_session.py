"""Starts the application as `linepaint FILE` does; prints when window and first preview were painted.

    python starting_session.py FILE SECONDS_SINCE_THE_EPOCH

The second argument is when the process was asked for. Prints JSON and quits.
"""

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

import linepaint.ui.app as app_module
from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.window import MainWindow

ASKED_AT = float(sys.argv[2])
GIVE_UP_MS = 60_000


class Watch(QObject):
    """Sees every event of the application; notes the first paints of the window and of a coloured canvas."""

    def __init__(self) -> None:
        super().__init__()
        self.times: dict[str, float | bool] = {}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            if isinstance(watched, MainWindow):
                self.times.setdefault("torch_loaded", "torch" in sys.modules)
                # Noted once the paint, which comes after this filter, is over.
                QTimer.singleShot(0, lambda: self.note("window"))
            elif isinstance(watched, Canvas):
                QTimer.singleShot(0, lambda: self.note("drawing"))
                window = watched.window()
                if isinstance(window, MainWindow) and window.editor.document.color.pixels is not None:
                    QTimer.singleShot(0, lambda: self.note("preview"))
        return False

    def note(self, what: str) -> None:
        if what in self.times:
            return
        self.times[what] = time.time() - ASKED_AT
        if what == "preview":
            self.finish()

    def finish(self) -> None:
        print(json.dumps(self.times), flush=True)
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, MainWindow):
                widget.editor.history.mark_saved()
                widget.close()


make_application = app_module.make_application
watch = Watch()


def make_watched_application(*arguments: str) -> QApplication:
    application = make_application(*arguments)
    application.installEventFilter(watch)
    QTimer.singleShot(GIVE_UP_MS, watch.finish)
    return application


app_module.make_application = make_watched_application
sys.exit(app_module.run([str(Path(sys.argv[1]))]))
