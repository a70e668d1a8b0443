"""Files that the system asks the running program to open, as macOS does at a double click."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from linepaint.files.pictures import write_picture

# A process of its own, because there can be only one application object, and the tests already have Qt's own.
ASKED_BY_THE_SYSTEM = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
import linepaint.ui.app as app_module
from linepaint.ui.window import MainWindow

make_application = app_module.make_application

def ask():
    for path in sys.argv[1:]:
        QCoreApplication.sendEvent(QApplication.instance(), QFileOpenEvent(path))
    QCoreApplication.sendEvent(QApplication.instance(), QFileOpenEvent(QUrl("https://example.org/no-file")))
    look()

def look():
    (window,) = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]
    if window.editor.document.is_null:
        QTimer.singleShot(20, look)
        return
    print("open", window.files.origin, window.editor.document.size)
    print("recent", [str(path) for path in window.files.recent])
    window.close()

def make(*arguments):
    application = make_application(*arguments)
    QTimer.singleShot(0, ask)
    return application

app_module.make_application = make
sys.exit(app_module.run([]))
"""


def test_of_several_files_the_first_opens_and_the_others_are_recent(tmp_path: Path) -> None:
    pixels = np.full((60, 80, 3), 255, np.uint8)
    pixels[20:40, 20:24] = 0
    first, second = tmp_path / "fïrst page.png", tmp_path / "second.png"
    for path in (first, second):
        write_picture(path, pixels)
    folders = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "data")}

    child = subprocess.run(
        [sys.executable, "-c", ASKED_BY_THE_SYSTEM, first, second],
        env={**os.environ, **folders, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=90,
        check=False,
    )

    assert child.returncode == 0, child.stderr
    opened, recent = child.stdout.splitlines()
    assert opened == f"open {first} (80, 60)"
    assert recent == f"recent {[str(first), str(second)]}"
