"""How long each stage of one preview takes, for measure_latency.py: a clock is put around the stages' functions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

import numpy as np

from linepaint.engine import drawing_session, live_session
from linepaint.engine.session import Session
from linepaint.engine.structure import Structure
from linepaint.imaging.upsampling import Upsampling
from linepaint.networks.live import HintDecoder

STAGES: dict[str, tuple[tuple[Any, str], ...]] = {
    "shrink hints": ((drawing_session, "shrink_hints"),),
    "propagate": ((Structure, "spread"),),
    "lay the spread colours": ((drawing_session.Prior, "of"),),
    "to and from tensors": ((drawing_session, "hints_tensor"), (live_session.LiveSession, "_paint")),
    "decoder": ((HintDecoder, "forward"),),
    "steady": ((live_session, "steady"),),
    "anchor": ((drawing_session, "tone_error"), (drawing_session, "anchor")),
    "upsample along the lines": ((Upsampling, "apply"),),
    "add up, at the structure size": ((Structure, "corrected"),),
    "to full size": ((Structure, "full_size"),),
    "composite": ((drawing_session.DrawingSession, "_finished"),),
    "the rest": ((Session, "preview"),),
}
"""What each stage is made of. A stage's time is without that of the stages that it calls."""


def stage_times(session: Session, hints: np.ndarray) -> dict[str, float]:
    """Milliseconds of each stage of one final preview."""
    clock = _Clock()
    with ExitStack() as stack:
        for stage, functions in STAGES.items():
            for owner, name in functions:
                stack.enter_context(_timed(clock, stage, owner, name))
        session.preview(hints)
    return clock.spent


class _Clock:
    """Adds time up for whichever stage was entered last and not left."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._open: list[str] = []
        self._since = time.perf_counter()

    @contextmanager
    def during(self, stage: str) -> Iterator[None]:
        self._turn()
        self._open.append(stage)
        yield
        self._turn()
        self._open.pop()

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._open:
            self.spent[self._open[-1]] = self.spent.get(self._open[-1], 0.0) + (now - self._since) * 1000
        self._since = now


@contextmanager
def _timed(clock: _Clock, stage: str, owner: Any, name: str) -> Iterator[None]:
    function: Callable[..., Any] = getattr(owner, name)
    is_bound = hasattr(function, "__self__")

    def timed(*args: Any, **kwargs: Any) -> Any:
        with clock.during(stage):
            return function(*args, **kwargs)

    with patch.object(owner, name, staticmethod(timed) if is_bound else timed):
        yield
