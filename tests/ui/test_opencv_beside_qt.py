"""OpenCV brings a Qt of its own; beside it, PySide6 must still open windows on a real X server."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.xserver

OPENCV = "from linepaint.imaging.opencv import cv2"
QT = "from PySide6.QtWidgets import QApplication, QWidget"
ORDERS = {
    "opencv first": (OPENCV, QT),
    "qt first": (QT, OPENCV),
}

SHOW_A_WINDOW = """
import sys
from PySide6.QtCore import Qt, QTimer
import numpy as np
app = QApplication(sys.argv[:1])
assert app.platformName() == "xcb", app.platformName()
window = QWidget()
window.setStyleSheet("background: #c81e1e")
window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
window.resize(200, 100)
window.move(10, 10)
window.show()

def grab():
    picture = window.screen().grabWindow(window.winId()).toImage()
    blurred = cv2.GaussianBlur(np.full((8, 8, 3), 7, np.uint8), (3, 3), 0)
    print("pixel", picture.pixelColor(100, 50).name(), "size", picture.width(), picture.height(),
          "blurred", int(blurred[4, 4, 0]), flush=True)
    app.quit()

QTimer.singleShot(300, grab)
QTimer.singleShot(20000, lambda: app.exit(9))
sys.exit(app.exec())
"""


@pytest.fixture(scope="module")
def x_server() -> Iterator[str]:
    """The name of a virtual display that lasts as long as these tests."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb is not installed: apt-get install xvfb")
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(write_end), "-screen", "0", "640x480x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as announced:
        number = announced.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.mark.parametrize("order", ORDERS)
def test_a_window_shows_and_can_be_grabbed(order: str, x_server: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    environment["DISPLAY"] = x_server
    environment["QT_QPA_PLATFORM"] = "xcb"
    script = "\n".join((*ORDERS[order], SHOW_A_WINDOW))
    child = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
    )
    assert child.returncode == 0, child.stderr
    assert child.stdout.split() == ["pixel", "#c81e1e", "size", "200", "100", "blurred", "7"]
    assert "plugin" not in child.stderr, child.stderr
