"""Closing the window ends the program: nothing goes on running where nobody sees it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CLOSE_AFTER = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import linepaint.ui.app as app_module
from linepaint.ui.window import MainWindow

make_application = app_module.make_application

def close():
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MainWindow):
            widget.close()

def make(*arguments):
    application = make_application(*arguments)
    QTimer.singleShot(int(sys.argv[1]), close)
    return application

app_module.make_application = make
sys.exit(app_module.run([]))
"""


@pytest.mark.parametrize("after_ms", [20, 600], ids=["before the engine starts", "while torch is loading"])
def test_closing_the_window_ends_the_process(after_ms: int, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    child = subprocess.run(
        [sys.executable, "-c", CLOSE_AFTER, str(after_ms)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert child.returncode == 0, child.stderr
    assert "Destroyed while" not in child.stderr
