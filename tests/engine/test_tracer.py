"""Lines out of colour pictures: of any size, the same each time, in tiles where nobody sees their borders."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from linepaint.engine import CheckpointError, Colorizer, LineTracer, OutOfMemory
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.engine.tracer import TILE_PX, WORKING_PX
from linepaint.networks.cyclegan import CycleGenerator

Write = Callable[..., CheckpointInfo]


@pytest.fixture
def tracer(whole: Write) -> LineTracer:
    return LineTracer.load(whole("cyclegan", Mode.SCAN, 3, 1).path, "cpu")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The network is replaced by one that finds ink where red is dark; the shapes it is given."""
    shapes: list[tuple[int, ...]] = []

    def dark_red(_: CycleGenerator, x: torch.Tensor) -> torch.Tensor:
        shapes.append(tuple(x.shape[2:]))
        return 1 - x[:, :1]

    monkeypatch.setattr(CycleGenerator, "forward", dark_red)
    return shapes


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (37, 53), (200, 301)])
def test_any_size_is_traced_at_that_size(tracer: LineTracer, size: tuple[int, int]) -> None:
    lines = tracer.trace(noise(*size))
    assert lines.shape == size and lines.dtype == np.uint8
    assert np.array_equal(tracer.trace(noise(*size)), lines)


@pytest.mark.parametrize("size", [(50, 60), (TILE_PX, TILE_PX), (TILE_PX + 1, 700), (300, 2000), (1700, 1300)])
def test_ink_becomes_dark_and_tiles_leave_no_seams(
    tracer: LineTracer, seen: list[tuple[int, ...]], size: tuple[int, int]
) -> None:
    picture = noise(*size)
    lines = tracer.trace(picture, max(size))
    assert np.abs(lines.astype(int) - picture[..., 0]).max() <= 1
    assert max(max(shape) for shape in seen) <= TILE_PX, "memory stays bounded"


def test_neighbouring_tiles_fade_into_each_other(tracer: LineTracer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A network whose tone drifts from tile to tile gives no step anywhere."""
    tones = iter([0.2, 0.8, 0.2, 0.8])
    monkeypatch.setattr(CycleGenerator, "forward", lambda _, x: torch.full_like(x[:, :1], next(tones)))
    lines = tracer.trace(np.zeros((64, 1900, 3), np.uint8), 1900).astype(int)
    assert np.ptp(lines) > 100
    assert np.abs(np.diff(lines, axis=1)).max() <= 3


def test_size_bounds_the_networks_work_and_not_the_result(tracer: LineTracer, seen: list[tuple[int, ...]]) -> None:
    picture = np.full((900, 1200, 3), 200, np.uint8)
    lines = tracer.trace(picture, size=320)
    assert seen == [(240, 320)]
    assert (lines == 200).all() and lines.shape == (900, 1200)


def test_lines_of_a_large_picture_are_as_sharp_as_its_own(tracer: LineTracer, seen: list[tuple[int, ...]]) -> None:
    picture = np.full((400, 2400, 3), 255, np.uint8)
    picture[:, 1201:1207] = 0
    lines = tracer.trace(picture)
    assert max(max(shape) for shape in seen) <= WORKING_PX
    assert lines.shape == (400, 2400)
    # Half the size blurs an edge over two pixels and more; along the tones it is one step again.
    assert lines[:, 1202:1206].max() < 40 and lines[:, :1200].min() > 215 and lines[:, 1208:].min() > 215


def test_progress_is_told_and_a_stop_is_heard_between_tiles(tracer: LineTracer, seen: list[tuple[int, ...]]) -> None:
    shares: list[float] = []
    tracer.trace(noise(900, 900), report=shares.append)
    assert shares == sorted(set(shares)) and shares[0] > 0 and shares[-1] < 1
    seen.clear()

    def stop(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tracer.trace(noise(900, 900), report=stop)
    assert len(seen) == 1


def test_without_a_shipped_one_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linepaint.engine.tracer.shipped_checkpoints", list)
    with pytest.raises(CheckpointError, match=r"--checkpoint .*onepunch-scan"):
        LineTracer.load(device="cpu")


def test_the_first_shipped_one_of_mode_scan_is_the_default(whole: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = [whole("unet", Mode.LINEART, 1), whole("cyclegan", Mode.SCAN, 3, 1)]
    monkeypatch.setattr("linepaint.engine.tracer.shipped_checkpoints", lambda: shipped)
    assert LineTracer.load(device="cpu").info == shipped[1]


def test_checkpoints_that_give_colour_do_not_trace_and_the_other_way_round(whole: Write) -> None:
    with pytest.raises(CheckpointError, match="for lineart, not for scan"):
        LineTracer.load(whole("unet", Mode.LINEART, 1).path, "cpu")
    with pytest.raises(CheckpointError, match="linepaint lines"):
        Colorizer.load(whole("cyclegan", Mode.SCAN, 3, 1).path, "cpu")
    with pytest.raises(CheckpointError, match="turns 3 channels into 3"):
        LineTracer.load(whole("cyclegan", Mode.SCAN, 3, 3).path, "cpu")


def test_too_little_memory_is_said_plainly(tracer: LineTracer, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_large(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(CycleGenerator, "forward", too_large)
    with pytest.raises(OutOfMemory, match="not enough memory"):
        tracer.trace(noise(20, 20))


@pytest.mark.parametrize("wrong", [np.zeros((9, 9), np.uint8), np.zeros((9, 9, 4), np.uint8), np.zeros((9, 9, 3))])
def test_what_is_no_colour_picture_is_refused(tracer: LineTracer, wrong: np.ndarray) -> None:
    with pytest.raises(ValueError, match="the picture must be uint8"):
        tracer.trace(wrong)
