"""Keeping libraries from writing to the terminal.

Pillow warns of oddities in files that it opens all the same, which helps nobody. libtiff reports every oddity
of a damaged file on standard error, through Pillow and OpenCV alike, and neither can be told not to. The user
is to read our one sentence only.
"""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from linepaint.imaging.opencv import cv2

_STDERR = 2
# Warning filters and standard error belong to the process; so one thread at a time, and from outside in.
_lock = threading.RLock()

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


@contextmanager
def quiet_warnings() -> Iterator[None]:
    """Ignore Python warnings; one thread at a time gets in."""
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send the process's standard error nowhere for as long as one damaged file may take.

    What other threads write there meanwhile is lost, so wrap only the decoding itself.
    """
    with _lock:
        try:
            kept = os.dup(_STDERR)
        except OSError:  # No standard error at all, as in a windowed program.
            yield
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, _STDERR)
            yield
        finally:
            os.dup2(kept, _STDERR)
            os.close(kept)
            os.close(nowhere)
