"""The application is silent: colouring files and painting in the window open no socket to anywhere.

A child process watches itself twice: Python's audit events name every socket that Python code makes, and on
Linux the process's open files are compared with the system's tables of TCP and UDP sockets, which catches
native code too.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

WATCH = '''
import os, sys
from pathlib import Path

sockets = []

def note(event, arguments):
    if event.startswith("socket.") and event not in ("socket.gethostname",):
        sockets.append(f"{event} {arguments[1:]}")

sys.addaudithook(note)

def internet_sockets():
    """Sockets of this process that the system's tables of TCP and UDP list."""
    tables = Path("/proc/net")
    if not tables.is_dir():
        return []
    listed = set()
    for name in ("tcp", "tcp6", "udp", "udp6", "raw"):
        if (tables / name).exists():
            listed |= {line.split()[9] for line in (tables / name).read_text().splitlines()[1:]}
    opened = []
    for descriptor in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{descriptor}")
        except OSError:
            continue
        if target.startswith("socket:[") and target[8:-1] in listed:
            opened.append(target)
    return opened
'''

COLORIZE = (
    WATCH
    + """
from linepaint.cli import main
status = main(["colorize", sys.argv[1], "-o", sys.argv[2], "--size", "128"])
assert not status, status
assert Path(sys.argv[2]).stat().st_size > 0
print("sockets", sockets + internet_sockets())
"""
)

PAINT = (
    WATCH
    + """
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from linepaint.ui.app import make_application
from linepaint.ui.settings import Settings
from linepaint.ui.theme import Theme
from linepaint.ui.window import MainWindow

app = make_application()
folder = Path(sys.argv[2])
window = MainWindow(Settings(folder / "settings.ini"), Theme("light", app), folder / "autosave")
window.show()
window.files.open_first([Path(sys.argv[1])])
window.start_services()

def wait_for(condition, what):
    for _ in range(10000):
        if condition():
            return
        QTest.qWait(10)
    sys.exit(f"waited in vain for {what}")

wait_for(lambda: not window.editor.document.is_null, "the drawing")
wait_for(lambda: not window.preview.is_busy, "the first preview")
seen = internet_sockets()
middle = window.canvas.rect().center()
QTest.mousePress(window.canvas, Qt.MouseButton.LeftButton, pos=middle)
QTest.mouseMove(window.canvas, middle + QPoint(20, 5))
QTest.mouseRelease(window.canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(20, 5))
assert not window.editor.document.hints.pixels.is_blank, "nothing was painted"
wait_for(lambda: not window.preview.is_busy, "the preview of the stroke")
assert window.editor.document.color.pixels is not None, window.preview.status
seen += internet_sockets()
window.editor.history.mark_saved()
window.close()
wait_for(lambda: not window.isVisible(), "the end")
print("sockets", sockets + seen + internet_sockets())
"""
)


def drawing(folder: Path) -> Path:
    """A circle in ink."""
    y, x = np.mgrid[:96, :128]
    ring = np.abs(np.hypot(y - 48, x - 64) - 30) < 2
    path = folder / "circle.png"
    Image.fromarray(np.where(ring, 0, 255).astype(np.uint8)).save(path)
    return path


def run(script: str, *arguments: Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )


def test_colouring_a_file_opens_no_socket(tmp_path: Path) -> None:
    child = run(COLORIZE, drawing(tmp_path), tmp_path / "out.png", home=tmp_path)
    assert child.returncode == 0, child.stdout + child.stderr
    assert child.stdout.splitlines()[-1] == "sockets []"


def test_painting_in_the_window_opens_no_socket(tmp_path: Path) -> None:
    child = run(PAINT, drawing(tmp_path), tmp_path, home=tmp_path)
    assert child.returncode == 0, child.stdout + child.stderr
    assert child.stdout.splitlines()[-1] == "sockets []"


def test_the_watch_itself_sees_a_socket(tmp_path: Path) -> None:
    script = WATCH + (
        "import socket\nlistener = socket.socket()\nlistener.bind(('127.0.0.1', 0))\nlistener.listen()\n"
        "print(len(sockets) > 0, len(internet_sockets()) > 0 or sys.platform != 'linux')\n"
    )
    child = run(script, home=tmp_path)
    assert child.stdout.split() == ["True", "True"], child.stdout + child.stderr
