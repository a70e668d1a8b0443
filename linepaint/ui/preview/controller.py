"""The live preview as the window sees it: watches the editor, asks the worker, shows what comes back.

Lives on the GUI thread and does no work there: a snapshot of tiles going out, an array handed over coming in.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from time import monotonic
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.commands import SetCheckpoint
from linepaint.ui.editor import Editor
from linepaint.ui.preview.coloring import PreviewResult
from linepaint.ui.preview.engine_port import EnginePort, open_engine
from linepaint.ui.preview.request import AUTO_DEVICE, PreviewRequest
from linepaint.ui.preview.scheduler import Outcome, Scheduler, Stage
from linepaint.ui.preview.status import Phase, PreviewStatus
from linepaint.ui.preview.suggestions import SuggestionRequest, SuggestionResult
from linepaint.ui.preview.worker import PreviewWorker

STOP_SECONDS: Final = 60.0
"""Longest wait for the worker when the window closes: a torch import on a busy machine takes half of it."""
SWITCH_SECONDS: Final = 0.001
"""How soon Python code of the worker's thread makes way for the pen; Python's own 0.005 s can be felt."""


class PreviewController(QObject):
    """Keeps the document's colour layer up to date with its lines, hints, checkpoint and seed.

    Signals
    -------
    busyChanged(bool)           True from a change until the fine picture of it is shown or failed
    statusChanged(PreviewStatus)
    failed(str)                 one sentence: there is no new picture, the old one stays
    noticed(str)                one sentence: there is one, but coarser or from another device than wished
    devicesFound(list)          the engine's devices, once it has started
    checkpointsFound(list)      CheckpointInfo of the shipped checkpoints, likewise
    suggested(SuggestionResult) the answer to the newest question of its kind, while it still holds
    pyramidReady(list)          the new colour layer and its halvings, just before the document gets the layer
    """

    busyChanged = Signal(bool)
    statusChanged = Signal(object)
    failed = Signal(str)
    noticed = Signal(str)
    devicesFound = Signal(object)
    checkpointsFound = Signal(object)
    suggested = Signal(object)
    pyramidReady = Signal(object)

    def __init__(
        self,
        editor: Editor,
        parent: QObject | None = None,
        *,
        device: str = AUTO_DEVICE,
        open_engine: Callable[[], EnginePort] = open_engine,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._device = device
        self._open_engine = open_engine
        self._scheduler = Scheduler()
        self._worker: PreviewWorker | None = None
        self._is_engine_ready = False
        self._document_number = 0
        self._attempt = 0
        self._running: PreviewRequest | None = None
        self._shown: PreviewRequest | None = None
        self._failed_sentence = ""
        self._engine_failure = ""
        self._status = PreviewStatus()
        self._was_busy = False
        self._switch_seconds = sys.getswitchinterval()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._advance)
        editor.documentReplaced.connect(self._on_document_replaced)
        editor.changed.connect(self._on_changed)
        self._on_document_replaced()

    # --- what the window asks ---------------------------------------------------------------------

    @property
    def status(self) -> PreviewStatus:
        """Where the preview stands."""
        return self._status

    @property
    def is_busy(self) -> bool:
        """True while a better picture than the one shown is on its way."""
        return self._was_busy

    @property
    def device(self) -> str:
        """Key of the chosen device, or "auto"."""
        return self._device

    def start(self) -> None:
        """Start the worker, and with it torch. For when the window has been painted; again does nothing."""
        if self._worker is not None:
            return
        worker = PreviewWorker(self._open_engine)
        worker.done.connect(self._on_done)
        worker.dropped.connect(self._on_dropped)
        worker.failed.connect(self._on_failed)
        worker.suggested.connect(self._on_suggested)
        worker.doing.connect(self._on_doing)
        worker.engineReady.connect(self._on_engine_ready)
        worker.engineFailed.connect(self._on_engine_failed)
        worker.devicesFound.connect(self.devicesFound)
        worker.checkpointsFound.connect(self.checkpointsFound)
        self._worker = worker
        self._switch_seconds = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)
        worker.start()
        self._advance()

    def stop(self) -> None:
        """End the worker, giving up what it is doing. Safe to call at any time and more than once."""
        worker, self._worker = self._worker, None
        self._timer.stop()
        if worker is None:
            return
        # What it still has to say is of no interest, and must not reach a window that is going away.
        worker.disconnect(self)
        worker.close(STOP_SECONDS)
        sys.setswitchinterval(self._switch_seconds)
        if self._running is not None:
            self._running = None
            self._scheduler.ended(Outcome.DROPPED, monotonic())
        self._is_engine_ready = False
        self._show_status()

    def set_device(self, key: str) -> None:
        """Colour on another device from now on; "auto" leaves the choice to the engine."""
        if key != self._device:
            self._device = key
            self.request_now()

    def set_checkpoint(self, name_or_path: str) -> None:
        """Colour with another checkpoint: an edit of the document, so it can be undone."""
        if not self._editor.document.is_null and name_or_path != self._editor.document.checkpoint:
            self._editor.perform(SetCheckpoint(name_or_path))

    def request_now(self) -> None:
        """Colour again, even if nothing changed or the last attempt failed."""
        self._attempt += 1
        self._want(anew=True)

    def finish_now(self) -> None:
        """Make the fine picture without waiting for the pen to rest (for an export, say). Returns at once."""
        self._scheduler.hurry()
        self._advance()

    def suggest_places(self, count: int) -> None:
        """Ask where hints would help most; `suggested` answers, unless a preview comes in between."""
        self._suggest(count, None)

    def suggest_colors(self, point: tuple[int, int], count: int) -> None:
        """Ask which colours the region at a document pixel might have; answered as `suggest_places` is."""
        self._suggest(count, point)

    def _suggest(self, count: int, point: tuple[int, int] | None) -> None:
        if self._worker is not None and self._is_engine_ready and not self._editor.document.is_null:
            self._worker.suggest(SuggestionRequest(self._request(draft=False), count, point))

    # --- what the editor tells --------------------------------------------------------------------

    def _on_document_replaced(self) -> None:
        self._document_number += 1
        self._shown = None
        self._failed_sentence = ""
        self._status = replace(self._status, message="")
        if self._editor.document.is_null:
            self._scheduler.forget()
            self._advance()
        else:
            self._want(anew=True)

    def _on_changed(self, change: Change) -> None:
        if change.kind in (ChangeKind.HINTS, ChangeKind.LINES):
            self._want()
        elif change.kind is ChangeKind.SETTINGS:
            self._want(anew=True)
        elif change.kind is ChangeKind.MODE:
            # The colour layer is gone, so not even the picture shown last is on the screen any more.
            self._shown = None
            self._want(anew=True)

    def _want(self, *, anew: bool = False) -> None:
        if not self._editor.document.is_null:
            self._scheduler.changed(monotonic(), anew=anew)
        self._advance()

    # --- one step ---------------------------------------------------------------------------------

    def _advance(self) -> None:
        """Do what is due now: drop what is of no use, start what is wanted, set the clock for the rest."""
        worker = self._worker
        if worker is not None and self._is_engine_ready:
            if self._scheduler.should_drop:
                worker.drop()
            while (stage := self._scheduler.next_stage(monotonic())) is not None:
                if self._begin(worker, stage):
                    break
            wait = self._scheduler.seconds_to_wait(monotonic())
            if wait is None:
                self._timer.stop()
            else:
                self._timer.start(round(wait * 1000) + 1)
        self._show_status()

    def _begin(self, worker: PreviewWorker, stage: Stage) -> bool:
        """Snapshot the document and start; False when that very picture is on the screen already."""
        request = self._request(draft=stage is Stage.DRAFT)
        if self._shown is not None and self._shown.as_draft(request.draft) == request:
            shown_stage = Stage.DRAFT if self._shown.draft else Stage.FINAL
            if shown_stage is Stage.FINAL or stage is Stage.DRAFT:
                self._failed_sentence = ""
                self._scheduler.settle(shown_stage)
                return False
        self._running = request
        self._scheduler.began(stage)
        worker.submit(request)
        return True

    def _request(self, *, draft: bool) -> PreviewRequest:
        return PreviewRequest.of(
            self._editor.document,
            number=self._document_number,
            device=self._device,
            draft=draft,
            attempt=self._attempt,
        )

    # --- what the worker tells --------------------------------------------------------------------

    def _on_engine_ready(self) -> None:
        self._is_engine_ready = True
        self._advance()

    def _on_engine_failed(self, sentence: str) -> None:
        self._engine_failure = sentence
        self._show_status()
        self.failed.emit(sentence)

    def _on_done(self, result: PreviewResult) -> None:
        may_show = self._end(Outcome.SHOWN, result.seconds)
        if may_show and result.request.document_number == self._document_number:
            self._shown = result.request
            self._failed_sentence = ""
            is_news = bool(result.notice) and result.notice != self._status.message
            self._status = replace(
                self._status, device_label=result.device_label, seconds=result.seconds, message=result.notice
            )
            self.pyramidReady.emit(result.pyramid)
            self._editor.document.set_color_pixels(result.colors)
            if is_news:
                self.noticed.emit(result.notice)
        self._advance()

    def _on_dropped(self) -> None:
        self._end(Outcome.DROPPED)
        self._advance()

    def _on_failed(self, sentence: str) -> None:
        # Asked before: a failure of what nobody wants any more is nobody's news.
        is_wanted = not self._scheduler.should_drop
        self._end(Outcome.FAILED)
        if is_wanted:
            self._tell_failure(sentence)
        self._advance()

    def _on_suggested(self, result: SuggestionResult) -> None:
        # What was painted since has a preview of its own to come, and an answer after that.
        if result.request.picture == self._request(draft=False):
            self.suggested.emit(result)

    def _on_doing(self, doing: str) -> None:
        self._status = replace(self._status, doing=doing)
        self._show_status()

    def _end(self, outcome: Outcome, seconds: float = 0.0) -> bool:
        self._running = None
        return self._scheduler.ended(outcome, monotonic(), seconds)

    # --- what the window hears --------------------------------------------------------------------

    def _tell_failure(self, sentence: str) -> None:
        is_news = sentence != self._failed_sentence
        self._failed_sentence = sentence
        self._show_status()
        if is_news:
            self.failed.emit(sentence)

    def _show_status(self) -> None:
        phase = self._phase()
        status = replace(self._status, phase=phase)
        if phase is Phase.FAILED:
            status = replace(status, message=self._engine_failure or self._failed_sentence)
        if not status.is_busy:
            status = replace(status, doing="")
        if status != self._status:
            self._status = status
            self.statusChanged.emit(status)
        if status.is_busy != self._was_busy:
            self._was_busy = status.is_busy
            self.busyChanged.emit(status.is_busy)

    def _phase(self) -> Phase:
        if self._editor.document.is_null:
            return Phase.EMPTY
        if self._engine_failure:
            return Phase.FAILED
        if self._worker is None:
            return Phase.OFF
        if not self._is_engine_ready:
            return Phase.STARTING
        if not self._scheduler.is_busy:
            return Phase.FAILED if self._failed_sentence else Phase.READY
        is_refining = self._scheduler.is_drafted and not self._failed_sentence
        return Phase.REFINING if is_refining else Phase.DRAFT
