"""Opens drawings in the application; where there is no screen, colours them instead: `make run`.

    python scripts/open_or_colorize.py [FILE…]

Without files, the bundled sample.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from pathlib import Path

from linepaint.cli import has_screen, main, sample_path

SAMPLE_PICTURE = Path("coloured-sample.png")
WITHOUT_WINDOWS = ("offscreen", "minimal", "vnc")
"""Qt platforms on which nobody would see the window."""


def open_or_colorize(files: list[str]) -> int:
    """Open the drawings, or colour each; the exit status."""
    if can_show_windows():
        return main(files or [str(sample_path())])
    print("There is no screen to open a window on, so the drawing is coloured without one.", flush=True)
    jobs = [(Path(file), Path(f"coloured-{Path(file).stem}.png")) for file in files]
    for lines, picture in jobs or [(sample_path(), SAMPLE_PICTURE)]:
        status = main(["colorize", str(lines), "-o", str(picture)])
        if status:
            return status
        print(f"{lines.name} is coloured: see {picture.resolve()}")
    return 0


def can_show_windows() -> bool:
    """Whether somebody would see a window: there is a display, and it answers."""
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in WITHOUT_WINDOWS or not has_screen():
        return False
    if os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        return x_server_answers()
    return True


def x_server_answers() -> bool:
    """False for a DISPLAY left over from a session that is gone; Qt would abort on it."""
    name = ctypes.util.find_library("xcb")
    if name is None:
        return True
    xcb = ctypes.CDLL(name)
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


if __name__ == "__main__":
    sys.exit(open_or_colorize(sys.argv[1:]))
