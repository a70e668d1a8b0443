"""Drawing the lines of a colour picture: in bands that leave no seam, stoppable, errors in plain words."""

from itertools import pairwise

import numpy as np
import pytest

from linepaint.ui.jobs import Cancelled
from linepaint.ui.opening import tracing
from linepaint.ui.opening.tracing import BAND_PX, OVERLAP_PX, band_starts, draw_lines
from linepaint.ui.preview.engine_port import NoTracer


class RedTracer:
    """Takes the red channel for the lines; remembers what it was given."""

    def __init__(self) -> None:
        self.traced: list[tuple[int, ...]] = []

    def trace(self, color: np.ndarray) -> np.ndarray:
        self.traced.append(color.shape)
        return color[..., 0].copy()


@pytest.fixture
def tracer(monkeypatch: pytest.MonkeyPatch) -> RedTracer:
    tracer = RedTracer()
    monkeypatch.setattr(tracing, "load_tracer", lambda: tracer)
    return tracer


@pytest.mark.parametrize("height", [1, BAND_PX, BAND_PX + 1, 1500, 4096])
def test_bands_cover_everything_and_overlap(height: int) -> None:
    starts = band_starts(height)
    assert starts[0] == 0 and starts[-1] + BAND_PX >= height
    assert all(second - first <= BAND_PX - OVERLAP_PX for first, second in pairwise(starts))
    assert starts[-1] + min(BAND_PX, height) == height


def test_bands_leave_no_seam(tracer: RedTracer) -> None:
    color = np.random.default_rng(0).integers(0, 256, (1500, 30, 3), dtype=np.uint8)
    assert np.array_equal(draw_lines(color, lambda _share: None), color[..., 0])
    assert len(tracer.traced) == 3 and {shape[0] for shape in tracer.traced} == {BAND_PX}


def test_progress_grows_and_a_stop_is_heard_between_bands(tracer: RedTracer) -> None:
    shares: list[float] = []
    draw_lines(np.zeros((4000, 8, 3), np.uint8), shares.append)
    assert shares == sorted(set(shares)) and shares[0] > 0 and shares[-1] < 1
    tracer.traced.clear()

    def stop(_share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        draw_lines(np.zeros((4000, 8, 3), np.uint8), stop)
    assert len(tracer.traced) == 1


def test_without_a_checkpoint_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    from linepaint.engine import tracer as engine_tracer

    monkeypatch.setattr(engine_tracer, "shipped_checkpoints", list)
    with pytest.raises(NoTracer, match=r"^The checkpoint that draws the lines .* File > Open As\.$"):
        draw_lines(np.zeros((8, 8, 3), np.uint8), lambda _share: None)


def test_the_shipped_tracer_draws_lines_of_the_size_of_the_picture() -> None:
    color = np.full((40, 56, 3), 230, np.uint8)
    lines = draw_lines(color, lambda _share: None)
    assert lines.shape == (40, 56) and lines.dtype == np.uint8
