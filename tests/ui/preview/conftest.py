"""An engine that colours as told: slowly, wrongly, or not at all; and a controller around it."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from linepaint.document.document import Document
from linepaint.document.mode import DocumentMode
from linepaint.ui.editor import Editor
from linepaint.ui.preview.controller import PreviewController
from linepaint.ui.preview.engine_port import EnginePort


class FakeStale(Exception):
    pass


class FakeEngineError(ValueError):
    pass


class FakeOutOfMemory(FakeEngineError):
    pass


@dataclass(frozen=True)
class FakeDevice:
    key: str
    label: str


@dataclass(frozen=True)
class Job:
    device: str
    checkpoint: str
    draft: bool
    shape: tuple[int, int]


@dataclass
class FakeEngine:
    """Colours everything in the first hint's colour, white where there is none."""

    draft_seconds: float = 0.0
    final_seconds: float = 0.0
    start_error: Exception | None = None
    load_errors: dict[str, Exception] = field(default_factory=dict)
    """By checkpoint or device."""
    color_errors: dict[tuple[str, bool], Exception] = field(default_factory=dict)
    """By device and draft."""
    largest_px: int = 10**12
    """More pixels than that are too many."""
    returned_shape: tuple[int, int, int] | None = None
    """Of a wrong size, when set."""
    suggestion_error: Exception | None = None
    suggesting: int = 0
    """Questions begun."""
    jobs: list[Job] = field(default_factory=list)
    finished: list[Job] = field(default_factory=list)
    modes: list[DocumentMode] = field(default_factory=list)
    opened: int = 0
    loaded: int = 0
    threads: set[int] = field(default_factory=set)
    OutOfMemory: ClassVar = FakeOutOfMemory
    EngineError: ClassVar = FakeEngineError
    gate: threading.Event = field(default_factory=threading.Event)
    """While cleared, nothing finishes."""

    def __post_init__(self) -> None:
        self.gate.set()

    def port(self) -> EnginePort:
        self.threads.add(threading.get_ident())
        if self.start_error is not None:
            raise self.start_error
        return EnginePort(
            load=self.load,
            available_devices=lambda: [FakeDevice("cpu", "CPU"), FakeDevice("cuda:0", "A card")],
            shipped_checkpoints=lambda: ["live"],
            stale=FakeStale,
            out_of_memory=FakeOutOfMemory,
            error=FakeEngineError,
        )

    def load(self, checkpoint: str, device: str, seed: int, mode: DocumentMode) -> "FakeColorizer":
        for key in (checkpoint, device):
            if key in self.load_errors:
                raise self.load_errors[key]
        self.loaded += 1
        self.modes.append(mode)
        return FakeColorizer(self, checkpoint, device)

    @property
    def drafts(self) -> list[Job]:
        return [job for job in self.jobs if job.draft]

    @property
    def finals(self) -> list[Job]:
        return [job for job in self.jobs if not job.draft]


@dataclass
class FakeColorizer:
    engine: FakeEngine
    checkpoint: str
    device: str

    @property
    def device_label(self) -> str:
        return "A card" if self.device == "cuda:0" else "CPU"

    def open(self, lines: np.ndarray) -> "FakeSession":
        self.engine.opened += 1
        assert lines.dtype == np.uint8 and lines.ndim == 2
        return FakeSession(self, lines.shape)


@dataclass
class FakeSession:
    colorizer: FakeColorizer
    shape: tuple[int, int]

    def color_layer(self, hints, draft=False, is_stale=None):
        engine, device = self.colorizer.engine, self.colorizer.device
        assert hints.shape == (*self.shape, 4)
        job = Job(device, self.colorizer.checkpoint, draft, self.shape)
        engine.jobs.append(job)
        end = time.monotonic() + (engine.draft_seconds if draft else engine.final_seconds)
        while time.monotonic() < end or not engine.gate.is_set():
            if is_stale is not None and is_stale():
                raise FakeStale
            time.sleep(0.002)
        error = engine.color_errors.get((device, draft))
        if error is not None:
            raise error
        if self.shape[0] * self.shape[1] > engine.largest_px:
            raise FakeOutOfMemory("There is not enough memory on the device; choose the CPU.")
        engine.finished.append(job)
        hinted = hints[hints[..., 3] > 0]
        color = hinted[0, :3] if len(hinted) else (255, 255, 255)
        if engine.returned_shape is not None:
            return np.zeros(engine.returned_shape, np.uint8)
        return np.full((*self.shape, 3), color, np.uint8)

    def suggest_places(self, hints, count, *, is_stale=None):
        """Down the diagonal."""
        self._wait_for_gate(hints, is_stale)
        return [(i, i, 0.5**i) for i in range(count)]

    def suggest_colors(self, hints, x, y, count, *, is_stale=None):
        """The point, as a colour."""
        self._wait_for_gate(hints, is_stale)
        return [(x, y, i) for i in range(count)]

    def _wait_for_gate(self, hints, is_stale):
        engine = self.colorizer.engine
        assert hints.shape == (*self.shape, 4)
        engine.suggesting += 1
        while not engine.gate.is_set():
            if is_stale is not None and is_stale():
                raise FakeStale
            time.sleep(0.002)
        if engine.suggestion_error is not None:
            raise engine.suggestion_error


def new_document(width: int = 96, height: int = 64) -> Document:
    scan = np.full((height, width), 255, np.uint8)
    scan[height // 2] = 0
    return Document.from_scan(scan)


@pytest.fixture
def make_document() -> Callable[..., Document]:
    return new_document


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def editor(qtbot) -> Editor:
    editor = Editor()
    editor.set_document(new_document())
    return editor


@pytest.fixture
def controller(editor: Editor, engine: FakeEngine) -> Iterator[PreviewController]:
    controller = PreviewController(editor, open_engine=engine.port)
    yield controller
    controller.stop()
    QCoreApplication.processEvents()
