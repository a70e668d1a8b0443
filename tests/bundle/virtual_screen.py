"""An X server that nobody sees, and hands for it: pictures of the screen, keys, the mouse."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageGrab

T = TypeVar("T")
Picture = NDArray[np.uint8]
SIZE = "1600x1000x24"
STEPS = 12
"""Mouse moves of a stroke."""


@dataclass(frozen=True)
class Screen:
    """A display by its name, such as :5. Places are (x, y) pixels from its top left corner."""

    display: str

    def grab(self) -> Picture:
        """uint8 [H, W, 3]: what is on the screen now."""
        return np.asarray(ImageGrab.grab(xdisplay=self.display).convert("RGB"))

    def windows(self, title: str) -> list[str]:
        """The windows that are shown and whose titles match the regular expression, by their numbers."""
        return self._xdotool("search", "--onlyvisible", "--name", title, may_fail=True).split()

    def press(self, window: str, *keys: str) -> None:
        """Give a window the keyboard, as a window manager would, and press keys such as ctrl+q."""
        self._xdotool("windowfocus", "--sync", window, "key", *keys)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press the left button at a place, go straight to another, release it there."""
        ways = [tuple(a + (b - a) * i / STEPS for a, b in zip(start, end, strict=True)) for i in range(STEPS + 1)]
        self._move(ways[0])
        self._xdotool("mousedown", "1")
        for place in ways[1:]:
            self._move(place)
            time.sleep(0.02)
        self._xdotool("mouseup", "1")

    def _move(self, place: tuple[float, ...]) -> None:
        self._xdotool("mousemove", *(str(round(value)) for value in place))

    def _xdotool(self, *arguments: str, may_fail: bool = False) -> str:
        program = shutil.which("xdotool")
        assert program, "the tests of the window need xdotool: apt-get install xdotool"
        environment = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(
            [program, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=60
        )
        assert may_fail or done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def virtual_screen() -> Iterator[Screen]:
    """A server of one's own, as long as the block lasts."""
    program = shutil.which("Xvfb")
    assert program, "the tests of the window need Xvfb: apt-get install xvfb"
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        # Without -noreset the server begins anew when its last window closes, and turns away who comes meanwhile.
        [program, "-displayfd", str(write_end), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as announced:
            number = announced.readline().strip()
        assert number, "Xvfb did not start"
        yield Screen(f":{number}")
    finally:
        server.terminate()
        server.wait(30)


def keep(picture: Picture, name: str) -> None:
    """Save a picture of the screen where LINEPAINT_SCREENSHOTS asks for them."""
    folder = os.environ.get("LINEPAINT_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(Path(folder) / f"{name}.png")


def wait_for(look: Callable[[], T | None], what: str, seconds: float, every: float = 0.25) -> T:
    """What `look` returns once that is not None. Fails, naming `what`, after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found is not None:
            return found
        assert time.monotonic() < end, f"after {seconds:g} s there is no {what}"
        time.sleep(every)
