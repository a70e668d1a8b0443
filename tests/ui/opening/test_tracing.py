"""Drawing the lines of a colour picture: stoppable, errors in plain words."""

import numpy as np
import pytest

from linepaint.ui.jobs import Cancelled, Report
from linepaint.ui.opening import tracing
from linepaint.ui.opening.tracing import draw_lines
from linepaint.ui.preview.engine_port import NoTracer


class RedTracer:
    """Takes the red channel for the lines, and says so half-way."""

    is_done = False

    def trace(self, color: np.ndarray, *, report: Report) -> np.ndarray:
        report(0.5)
        self.is_done = True
        return color[..., 0].copy()


@pytest.fixture
def tracer(monkeypatch: pytest.MonkeyPatch) -> RedTracer:
    tracer = RedTracer()
    monkeypatch.setattr(tracing, "load_tracer", lambda: tracer)
    return tracer


def test_the_lines_are_the_tracers(tracer: RedTracer) -> None:
    color = np.random.default_rng(0).integers(0, 256, (40, 30, 3), dtype=np.uint8)
    assert np.array_equal(draw_lines(color, lambda _share: None), color[..., 0])


def test_a_stop_is_heard_on_the_way(tracer: RedTracer) -> None:
    def stop(_share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        draw_lines(np.zeros((40, 8, 3), np.uint8), stop)
    assert not tracer.is_done


def test_without_a_checkpoint_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    from linepaint.engine import tracer as engine_tracer

    monkeypatch.setattr(engine_tracer, "shipped_checkpoints", list)
    with pytest.raises(NoTracer, match=r"^The checkpoint that draws the lines .* File > Open As\.$"):
        draw_lines(np.zeros((8, 8, 3), np.uint8), lambda _share: None)


def test_the_shipped_tracer_draws_lines_of_the_size_of_the_picture() -> None:
    color = np.full((40, 56, 3), 230, np.uint8)
    lines = draw_lines(color, lambda _share: None)
    assert lines.shape == (40, 56) and lines.dtype == np.uint8
