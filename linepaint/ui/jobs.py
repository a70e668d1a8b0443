"""Work that may take a while (disk, decoding), done on a pool of threads so that the event loop never waits.

A job's work is a plain function of `report`; what it returns, or a sentence saying what went wrong, comes
back on the GUI thread. `report(share)` tells how far the work is, 0 to 1, and raises Cancelled once it is not
wanted any more, which ends the work where it stands. Several jobs may run; a runner with one thread runs
them in order.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

SHOW_PROGRESS_AFTER_MS = 500
STACK_BYTES = 16 * 2**20
"""Secondary threads of some systems get half a megabyte, too little for what torch does."""

Report = Callable[[float], None]


class Cancelled(Exception):
    """The artist stopped the job."""


class Job(QObject):
    """One running piece of work. Lives on the GUI thread; `finished` is sent there whatever the outcome.

    `progressed(float)` tells the share of the work done, 0 to 1, where the work reports it.
    """

    finished = Signal()
    progressed = Signal(float)
    _returned = Signal(object)
    _raised = Signal(str)

    def __init__(
        self,
        label: str,
        done: Callable[[Any], None],
        failed: Callable[[str], None],
        can_cancel: bool,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.label = label
        self.can_cancel = can_cancel
        self._done = done
        self._failed = failed
        self._cancelled = False
        self._returned.connect(self._on_returned)
        self._raised.connect(self._on_raised)

    def cancel(self) -> None:
        """Drop the outcome: neither `done` nor `failed` is called. The thread ends at its next report."""
        self._cancelled = True
        self.finished.emit()

    def report(self, share: float) -> None:
        """Called by the work, on its thread. Raises Cancelled."""
        if self._cancelled:
            raise Cancelled
        self.progressed.emit(share)

    def _on_returned(self, outcome: object) -> None:
        if not self._cancelled:
            try:
                self._done(outcome)
            finally:
                self.finished.emit()

    def _on_raised(self, sentence: str) -> None:
        if not self._cancelled:
            try:
                self._failed(sentence)
            finally:
                self.finished.emit()


class JobRunner(QObject):
    """Starts jobs and knows which are running.

    Signals: `started(Job)`, `finished(Job)`, and `slow(Job)` for one that still runs after half a second.
    """

    started = Signal(object)
    slow = Signal(object)
    finished = Signal(object)

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._pool.setStackSize(STACK_BYTES)
        self._running: list[Job] = []

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs whose outcome is still awaited, oldest first."""
        return tuple(self._running)

    def start(
        self,
        label: str,
        work: Callable[[Report], Any],
        done: Callable[[Any], None],
        failed: Callable[[str], None],
        *,
        can_cancel: bool = False,
    ) -> Job:
        """Run `work(report)` on another thread, then `done(result)` or `failed(sentence)` on this one.

        `label` says what is going on ("Opening page.png…"). `work` must touch nothing that this
        thread changes.
        """
        job = Job(label, done, failed, can_cancel, self)
        self._running.append(job)
        job.finished.connect(lambda: self._forget(job))
        self.started.emit(job)
        QTimer.singleShot(SHOW_PROGRESS_AFTER_MS, job, lambda: self._announce_slow(job))
        self._pool.start(_Work(job, work))
        return job

    def wait(self) -> None:
        """Block until every thread has ended; for the very end of the application only."""
        self._pool.waitForDone()

    def _announce_slow(self, job: Job) -> None:
        if job in self._running:
            self.slow.emit(job)

    def _forget(self, job: Job) -> None:
        if job in self._running:
            self._running.remove(job)
            self.finished.emit(job)


class _Work(QRunnable):
    def __init__(self, job: Job, work: Callable[[Report], Any]) -> None:
        super().__init__()
        self._job = job
        self._work = work

    def run(self) -> None:
        try:
            outcome = self._work(self._job.report)
        except Cancelled:
            pass
        # The worker's outermost edge: anything not caught here would be lost on a thread nobody looks at.
        except Exception as error:
            self._job._raised.emit(sentence_for(error))
        else:
            self._job._returned.emit(outcome)


def sentence_for(error: Exception) -> str:
    """One plain sentence for the artist; what only a programmer can mend also goes to stderr."""
    if isinstance(error, MemoryError):
        return "There is not enough memory for this; close other programs or use a smaller picture."
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""
        return f"The system refused{where}: {error.strerror or error}."
    if isinstance(error, ValueError) and str(error):
        return str(error)
    traceback.print_exception(error, file=sys.stderr)
    return f"Something unexpected went wrong ({type(error).__name__}: {error}); your drawing is as it was."
