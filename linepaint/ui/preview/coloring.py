"""From a request to a picture: keeps the checkpoint and the session, and falls back when something fails.

No Qt and no thread of its own; the worker calls it. The engine comes in as an `EnginePort`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic, perf_counter

import numpy as np

from linepaint.document.arrays import Pixels, read_only
from linepaint.document.layers import LineLayer
from linepaint.document.mode import DocumentMode
from linepaint.imaging.opencv import cv2
from linepaint.imaging.pyramid import pyramid
from linepaint.ui.preview.engine_port import ColorizerLike, EnginePort, SessionLike
from linepaint.ui.preview.fallback import CPU_KEY, Rung, ladder, stepped_down_sentence
from linepaint.ui.preview.reduced import ReducedGraySession, ReducedSession
from linepaint.ui.preview.request import PreviewRequest
from linepaint.ui.preview.suggestions import SuggestionRequest, SuggestionResult

RETRY_SECONDS = 3.0
"""What failed in every way is not tried again sooner, or each step of the pen would try and fail."""

LOADING = "Loading the checkpoint"
READING_LINES = "Reading the lines"
READING_GRAY = "Reading the gray picture"
COLORING = "Colouring"


class Dropped(Exception):
    """The picture is no longer wanted."""


class PreviewFailure(Exception):
    """No way to make the picture worked; the text is one plain sentence."""


@dataclass(frozen=True)
class PreviewResult:
    """A finished picture, ready to be shown without further work."""

    request: PreviewRequest
    colors: Pixels
    """uint8 [H, W, 3], read-only, the document's own size."""
    pyramid: list[Pixels]
    """`colors` and its halvings, see `linepaint.imaging.pyramid`."""
    seconds: float
    device_label: str
    notice: str = ""
    """One sentence while a simpler way than wished has to be taken, else empty."""


@dataclass(frozen=True)
class _Failure:
    settings: Hashable
    at: float
    sentence: str


class PreviewColoring:
    """Turns requests into pictures; what lines and checkpoint alone decide is kept from one to the next."""

    def __init__(self, engine: EnginePort, report: Callable[[str], None] = lambda _doing: None) -> None:
        """`report` hears what is being done: LOADING, READING_LINES or READING_GRAY, COLORING."""
        self._engine = engine
        self._report = report
        self._colorizer: ColorizerLike | None = None
        self._colorizer_key: Hashable = None
        self._session: SessionLike | None = None
        self._session_lines: LineLayer | None = None
        self._session_reduction = 1
        self._settings: Hashable = None
        self._rung_index = 0
        """The first way that works with these settings, and what was said about it."""
        self._notice = ""
        self._failure: _Failure | None = None
        self._was_on_cpu = False
        """Whether what was tried last ran on the CPU, as "auto" may."""
        self._load_failed = False
        self._cpu_labels = {device.label for device in engine.available_devices() if device.key == CPU_KEY}

    def color(self, request: PreviewRequest, is_stale: Callable[[], bool]) -> PreviewResult:
        """Make the picture, in the best way that works.

        `is_stale` is asked between stages. Raises Dropped once it says yes, PreviewFailure when no way
        worked.
        """
        started = perf_counter()
        self._stop_if_failed_just_now(request)
        if request.settings != self._settings:
            self._settings, self._rung_index, self._notice = request.settings, 0, ""
        rungs = ladder(request.device)
        sentence, out_of_memory, failed = "", False, None
        for index in range(self._rung_index, len(rungs)):
            rung = rungs[index]
            if failed is not None and self._would_fail_like(rung, failed, request.draft):
                continue
            try:
                colors = self._color_on(rung, request, is_stale)
                levels = pyramid(colors)
            except self._engine.stale:
                raise Dropped from None
            except (self._engine.error, MemoryError, RuntimeError, cv2.error) as error:
                # Only words are kept: the error's traceback would hold on to the memory that ran out.
                sentence, out_of_memory = self._sentence(error), self._is_out_of_memory(error)
                failed, self._load_failed = rung, self._colorizer is None
                self._release()
                continue
            assert self._colorizer is not None
            label = self._colorizer.device_label
            if failed is not None:
                device_label = label if rung.device != request.device else ""
                self._notice = stepped_down_sentence(device_label, out_of_memory=out_of_memory)
                self._rung_index = index
            return PreviewResult(request, colors, levels, perf_counter() - started, label, self._notice)
        self._failure = _Failure(request.settings, monotonic(), sentence)
        raise PreviewFailure(sentence)

    def suggest(self, request: SuggestionRequest, is_stale: Callable[[], bool]) -> SuggestionResult:
        """Answer a question about the drawing that was coloured last.

        `is_stale` is asked between stages. Raises Dropped once it says yes, and where another drawing or checkpoint
        was coloured last: then a picture is on its way, after which to ask again.
        """
        session, picture = self._session, request.picture
        is_same = self._session_lines is not None and picture.shows(self._session_lines)
        if session is None or not is_same or picture.settings != self._settings or is_stale():
            raise Dropped
        hints = picture.hints.read()
        try:
            if request.point is None:
                places = session.suggest_places(hints, request.count, is_stale=is_stale)
                return SuggestionResult(request, places=places)
            colors = session.suggest_colors(hints, *request.point, request.count, is_stale=is_stale)
            return SuggestionResult(request, colors=colors)
        except self._engine.stale:
            raise Dropped from None
        except (self._engine.error, MemoryError, RuntimeError, cv2.error):
            return SuggestionResult(request, failure="No suggestions for this drawing")

    def _color_on(self, rung: Rung, request: PreviewRequest, is_stale: Callable[[], bool]) -> Pixels:
        session = self._open_session(rung, request, is_stale)
        self._report(COLORING)
        draft = request.draft or rung.coarse
        colors = session.color_layer(request.hints.read(), draft=draft, is_stale=is_stale)
        wanted = (*request.lines.scan.shape, 3)
        if colors.dtype != np.uint8 or colors.shape != wanted:
            raise RuntimeError(f"the engine returned {colors.dtype} {colors.shape} instead of {wanted}")
        return read_only(colors)

    def _open_session(self, rung: Rung, request: PreviewRequest, is_stale: Callable[[], bool]) -> SessionLike:
        # The attempt counts, so that a checkpoint whose file has changed is read when the artist asks again.
        mode = request.mode
        key = (mode, request.checkpoint, rung.device, request.seed, request.attempt)
        if self._colorizer is None or self._colorizer_key != key:
            _drop_if(is_stale)
            self._release()
            self._was_on_cpu = rung.device == CPU_KEY
            self._report(LOADING)
            self._colorizer = self._engine.load(request.checkpoint, rung.device, request.seed, mode)
            self._colorizer_key = key
            self._was_on_cpu = self._colorizer.device_label in self._cpu_labels
        is_same = self._session_lines is not None and request.shows(self._session_lines)
        if self._session is None or not is_same or self._session_reduction != rung.reduction:
            _drop_if(is_stale)
            self._session = self._session_lines = None
            is_gray = mode is DocumentMode.GRAYSCALE
            self._report(READING_GRAY if is_gray else READING_LINES)
            self._session = _open(self._colorizer, request.lines.lines, rung.reduction, is_gray=is_gray)
            self._session_lines, self._session_reduction = request.lines, rung.reduction
        _drop_if(is_stale)
        return self._session

    def _would_fail_like(self, rung: Rung, failed: Rung, draft: bool) -> bool:
        if rung.is_no_simpler_than(failed, draft=draft) or (self._load_failed and rung.device == failed.device):
            return True
        # "auto" may have meant the CPU all along.
        return self._was_on_cpu and rung.device == CPU_KEY and rung.device != failed.device

    def _release(self) -> None:
        self._session = self._session_lines = None
        self._colorizer = self._colorizer_key = None

    def _stop_if_failed_just_now(self, request: PreviewRequest) -> None:
        failure = self._failure
        if failure is None:
            return
        if request.settings == failure.settings and monotonic() - failure.at < RETRY_SECONDS:
            raise PreviewFailure(failure.sentence)
        self._failure = None

    def _is_out_of_memory(self, error: Exception) -> bool:
        if isinstance(error, cv2.error):
            return bool(error.code == cv2.Error.StsNoMem)
        return isinstance(error, (MemoryError, self._engine.out_of_memory))

    def _sentence(self, error: Exception) -> str:
        if isinstance(error, self._engine.error):
            return str(error)
        if self._is_out_of_memory(error):
            return "There is not enough memory for the preview; close other programs or use a smaller picture."
        # torch's messages may go on for pages.
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        return f"The preview could not be made ({reason}); your drawing is as it was."


def _open(colorizer: ColorizerLike, source: Pixels, reduction: int, *, is_gray: bool) -> SessionLike:
    if reduction == 1:
        return colorizer.open(source)
    return (ReducedGraySession if is_gray else ReducedSession)(colorizer, source, reduction)


def _drop_if(is_stale: Callable[[], bool]) -> None:
    if is_stale():
        raise Dropped
