"""Asking a long job to stop where nothing is lost."""

from __future__ import annotations

import signal
from types import FrameType


class StopOnSignal:
    """While it is open, Ctrl-C and SIGTERM ask the loop to finish its step, save and stop; a second Ctrl-C insists."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> StopOnSignal:
        self._before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, _: FrameType | None) -> None:
        if self.asked and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.asked = True
