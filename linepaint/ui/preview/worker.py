"""The thread that owns the engine: one request at a time, the newest; pictures and suggestions come back as signals.

Everything slow of a preview happens here: importing torch, reading checkpoints, colouring, halving the
result. No exception leaves this thread; each becomes one sentence in a signal.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import sys
import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QThread, Signal

from linepaint.ui.jobs import sentence_for
from linepaint.ui.preview.coloring import Dropped, PreviewColoring, PreviewFailure
from linepaint.ui.preview.engine_port import EnginePort, open_engine
from linepaint.ui.preview.request import PreviewRequest
from linepaint.ui.preview.suggestions import SuggestionKind, SuggestionRequest, SuggestionResult

STACK_BYTES: Final = 16 * 2**20
"""Secondary threads of some systems get half a megabyte, too little for what torch does."""
NICENESS: Final = 2
"""The pen goes first: how far this thread, and those torch starts from it, step back behind it."""

EXIT_SECONDS: Final = 60.0
"""Longest wait for a thread that nobody ended before the program did."""

STARTING: Final = "Starting the colouring engine"

_running: set[PreviewWorker] = set()
"""A thread object must outlive its thread, whatever becomes of the window."""


class PreviewWorker(QThread):
    """Owns the engine. `submit`, `suggest`, `drop` and `close` are called on the GUI thread and return at once.

    Signals, received on the GUI thread; each submitted request is answered by exactly one of the first three,
    unless a newer one took its place before it began:

    done(PreviewResult), dropped(), failed(str)
    suggested(SuggestionResult)     unless a preview or a newer question of that kind came first
    doing(str)              what is going on, for the status bar
    engineReady()           the engine has started
    engineFailed(str)       it could not; there will be no previews at all
    devicesFound(list), checkpointsFound(list)      once, before engineReady
    """

    done = Signal(object)
    dropped = Signal()
    failed = Signal(str)
    suggested = Signal(object)
    doing = Signal(str)
    engineReady = Signal()
    engineFailed = Signal(str)
    # Declared as object, so that Qt hands the lists over untouched.
    devicesFound = Signal(object)
    checkpointsFound = Signal(object)

    def __init__(self, open_engine: Callable[[], EnginePort] = open_engine) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.setStackSize(STACK_BYTES)
        self._open_engine = open_engine
        self._changed = threading.Condition()
        self._waiting: PreviewRequest | None = None
        self._questions: dict[SuggestionKind, SuggestionRequest] = {}
        self._is_closed = False
        self._submitted = 0
        self._dropped_through = 0
        """Requests are counted; those up to this one are not wanted any more."""

    # --- called on the GUI thread -----------------------------------------------------------------

    def submit(self, request: PreviewRequest) -> None:
        """Have `request` worked on next; one that still waits is forgotten."""
        with self._changed:
            self._waiting = request
            self._submitted += 1
            self._changed.notify()

    def suggest(self, request: SuggestionRequest) -> None:
        """Have a question answered once no preview waits; one of its kind that still waits is forgotten."""
        with self._changed:
            self._questions[request.kind] = request
            self._changed.notify()

    def drop(self) -> None:
        """Ask for the request under way, or waiting, to be given up at its next step."""
        with self._changed:
            self._dropped_through = self._submitted

    def close(self, seconds: float) -> bool:
        """End the thread, waiting `seconds` at most. Returns whether it has ended."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        return self.wait(round(seconds * 1000))

    # --- the thread -------------------------------------------------------------------------------

    def run(self) -> None:
        """Work until closed."""
        _running.add(self)
        _step_back()
        try:
            self._work()
        finally:
            _running.discard(self)

    def _work(self) -> None:
        self.doing.emit(STARTING)
        try:
            coloring = self._start_engine()
        # The thread's outermost edge: whatever keeps the engine from starting, the artist can go on painting.
        except Exception as error:
            self.engineFailed.emit(f"There will be no preview: {sentence_for(error)}")
            return
        self.engineReady.emit()
        while (taken := self._next_request()) is not None:
            if isinstance(taken, SuggestionRequest):
                self._suggest(coloring, taken)
            else:
                self._answer(coloring, *taken)
            # Nothing of the last document is kept alive while waiting for the next request.
            del taken

    def _answer(self, coloring: PreviewColoring, request: PreviewRequest, number: int) -> None:
        def is_stale() -> bool:
            return self._is_closed or self._dropped_through >= number

        try:
            self.done.emit(coloring.color(request, is_stale))
        except Dropped:
            self.dropped.emit()
        except PreviewFailure as failure:
            self.failed.emit(str(failure))
        # The thread's outermost edge: an exception lost here would leave the window waiting for ever.
        except Exception as error:
            self.failed.emit(sentence_for(error))

    def _suggest(self, coloring: PreviewColoring, request: SuggestionRequest) -> None:
        def is_stale() -> bool:
            return self._is_closed or self._waiting is not None or request.kind in self._questions

        try:
            self.suggested.emit(coloring.suggest(request, is_stale))
        except Dropped:
            pass
        # The thread's outermost edge: a failed suggestion is no reason to end the previews.
        except Exception as error:
            self.suggested.emit(SuggestionResult(request, failure=sentence_for(error)))

    def _start_engine(self) -> PreviewColoring:
        engine = self._open_engine()
        self.devicesFound.emit(list(engine.available_devices()))
        try:
            self.checkpointsFound.emit(list(engine.shipped_checkpoints()))
        except engine.error as error:
            # A damaged file among those shipped; whoever needs that one is told when it is used.
            print(error, file=sys.stderr)
            self.checkpointsFound.emit([])
        return PreviewColoring(engine, self.doing.emit)

    def _next_request(self) -> tuple[PreviewRequest, int] | SuggestionRequest | None:
        with self._changed:
            while self._waiting is None and not self._questions and not self._is_closed:
                self._changed.wait()
            if self._is_closed:
                return None
            if self._waiting is None:
                return self._questions.pop(next(iter(self._questions)))
            request, self._waiting = self._waiting, None
            return request, self._submitted


@atexit.register
def _end_all() -> None:
    """However the program ends, Qt must not find a thread running when it tidies up: it would abort."""
    for worker in tuple(_running):
        worker.close(EXIT_SECONDS)


def _step_back() -> None:
    """Lower this thread's priority, where the system lets threads of one process differ (Linux)."""
    if sys.platform == "linux":
        # Refused in some sandboxes; the preview then merely competes with the pen on equal terms.
        with contextlib.suppress(OSError):
            thread = threading.get_native_id()
            niceness = os.getpriority(os.PRIO_PROCESS, thread) + NICENESS
            os.setpriority(os.PRIO_PROCESS, thread, niceness)
