"""The frozen program `linepaint`: on Windows a windowed one, which starts without stdin, stdout and stderr."""

import multiprocessing
import os
import sys
from typing import Literal, TextIO

PARENT = 0xFFFFFFFF
"""ATTACH_PARENT_PROCESS: the console of whoever started the program."""


def attach() -> None:
    """Give the program the streams that it lacks: the console that it was typed in, or else nowhere.

    What is typed as `linepaint --version` then answers there. Streams that exist stay: they lead to a file or a pipe,
    or the system has given them, as all but Windows do.
    """
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    attached = sys.platform == "win32" and _attach_to_parent()
    if sys.stdin is None:
        sys.stdin = _opened("CONIN$" if attached else os.devnull, "r")
    if sys.stdout is None:
        sys.stdout = _opened("CONOUT$" if attached else os.devnull, "w")
    if sys.stderr is None:
        sys.stderr = _opened("CONOUT$" if attached else os.devnull, "w")


def _attach_to_parent() -> bool:
    """Whether there is a console to print to: not when a double click started the program."""
    import ctypes

    return bool(ctypes.windll.kernel32.AttachConsole(PARENT))  # type: ignore[attr-defined,unused-ignore]


def _opened(name: str, mode: Literal["r", "w"]) -> TextIO:
    try:
        return open(name, mode, encoding="utf-8", errors="replace", buffering=1)  # noqa: PTH123
    except OSError:
        return open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123


if __name__ == "__main__":
    attach()
    multiprocessing.freeze_support()

    from linepaint.cli import main

    sys.exit(main())
