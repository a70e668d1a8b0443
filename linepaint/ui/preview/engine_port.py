"""What the application needs of the engine, as protocols, and the one place where the engine itself is reached.

`open_engine` is called in the worker's thread, because it imports torch, which takes seconds; `load_tracer` likewise
in the thread of whatever opens a colour picture. Tests hand in
an engine of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from linepaint.document.arrays import Pixels
from linepaint.document.mode import DocumentMode
from linepaint.document.palette import Color
from linepaint.ui.preview.suggestions import Place


class DeviceLike(Protocol):
    """A device to colour on."""

    @property
    def key(self) -> str:
        """ "cpu", "cuda:0", …"""

    @property
    def label(self) -> str:
        """What the artist reads."""


class SessionLike(Protocol):
    """One document whose source was read once: line art, or a gray picture, which nothing can be suggested for."""

    def color_layer(self, hints: Pixels, *, draft: bool = False, is_stale: Callable[[], bool] | None = None) -> Pixels:
        """Hints uint8 [H, W, 4] -> colour uint8 [H, W, 3]."""

    def suggest_places(
        self, hints: Pixels, count: int, *, is_stale: Callable[[], bool] | None = None
    ) -> Sequence[Place]:
        """Where further hints would help most, best first."""

    def suggest_colors(
        self, hints: Pixels, x: int, y: int, count: int, *, is_stale: Callable[[], bool] | None = None
    ) -> Sequence[Color]:
        """Likely colours for the region at a pixel, likeliest first."""


class ColorizerLike(Protocol):
    """A checkpoint, loaded on a device."""

    @property
    def device_label(self) -> str:
        """The device it really runs on."""

    def open(self, source: Pixels) -> SessionLike:
        """Lines or a gray picture, uint8 [H, W], as the mode says that it was loaded for."""


@dataclass(frozen=True)
class EnginePort:
    """The engine, as far as the preview goes."""

    load: Callable[[str, str, int, DocumentMode], ColorizerLike]
    """(checkpoint, device, seed, mode) -> colorizer; a checkpoint of another mode is refused in one sentence."""
    available_devices: Callable[[], Sequence[DeviceLike]]
    shipped_checkpoints: Callable[[], Sequence[object]]
    stale: type[Exception]
    """Raised when `is_stale` said yes."""
    out_of_memory: type[Exception]
    error: type[Exception]
    """Base of the engine's own errors; their text is one plain sentence."""


class TracerLike(Protocol):
    """A checkpoint that draws lines, loaded on a device."""

    def trace(self, color: Pixels, *, report: Callable[[float], None]) -> Pixels:
        """Picture uint8 [H, W, 3] -> lines uint8 [H, W], 255 = paper. report: the share done; may raise to stop."""


class NoTracer(ValueError):
    """The checkpoint that draws lines cannot be used; the text is one plain sentence."""


def load_tracer() -> TracerLike:
    """The shipped line tracer, on the best device. Takes seconds the first time, for it imports torch.

    Raises NoTracer.
    """
    from linepaint.engine import EngineError, LineTracer

    try:
        return LineTracer.load()
    except EngineError as error:
        raise NoTracer(
            "The checkpoint that draws the lines of colour pictures cannot be loaded, so install linepaint again, or "
            "open the picture as line art or as a gray picture with File > Open As."
        ) from error


def open_engine() -> EnginePort:
    """The real engine. Takes seconds, for it imports torch: never call it on the GUI thread."""
    from linepaint import engine
    from linepaint.engine import catalog

    colorizer_class = engine.Colorizer

    def load(checkpoint: str, device: str, seed: int, mode: DocumentMode) -> ColorizerLike:
        return colorizer_class.load(checkpoint, device=device, seed=seed, mode=catalog.Mode(mode.value))

    return EnginePort(
        load=load,
        available_devices=engine.available_devices,
        shipped_checkpoints=catalog.shipped_checkpoints,
        stale=engine.Stale,
        out_of_memory=engine.OutOfMemory,
        error=engine.EngineError,
    )
