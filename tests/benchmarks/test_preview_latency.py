"""How long the artist waits: reading the lines once, and the colour after each stroke."""

import itertools
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.engine.catalog import shipped_checkpoints
from linepaint.ui.preview.coloring import PreviewColoring
from linepaint.ui.preview.engine_port import open_engine
from linepaint.ui.preview.request import PreviewRequest

sys.path.insert(0, str(Path(__file__).parent))

SIZES = (512, 1024, 2048)
YARDSTICK_SIZES = (512, 1024)
ROUNDS = {512: 20, 1024: 20, 2048: 8}
ENCODE_BUDGET_MS = 250
STROKE_BUDGET_MS = {1024: (100, 150)}
"""Median and 95th percentile."""
FASTER_THAN_UNET = {512: 4.0, 1024: 15.0}
YARDSTICK_TURNS = 3
HINTS = 24
MANY_HINTS, MANY_HINTS_SIDE = 60, 1024
MANY_HINTS_COST = 3.0
"""A stroke on a page with so many hints costs at most so many times one on a page with a single hint."""


@pytest.fixture(autouse=True)
def _only_with_a_checkpoint() -> None:
    if not shipped_checkpoints():
        pytest.skip("no checkpoint is shipped yet")


@pytest.fixture(scope="module")
def medians() -> dict[tuple[str, int], float]:
    """Milliseconds by ("encode" | "stroke" | "unet", side), as measured so far in this run."""
    return {}


def milliseconds(work: Callable[[], object], rounds: int, warm_up: int = 2) -> list[float]:
    """How long each round took, sorted."""
    times = []
    for index in range(warm_up + rounds):
        began = time.perf_counter()
        work()
        if index >= warm_up:
            times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def p95(times: list[float]) -> float:
    return times[min(round(0.95 * len(times)), len(times) - 1)]


def skip_if_large(side: int, is_measuring: bool) -> None:
    if side > SIZES[0] and not is_measuring:
        pytest.skip("takes long; make bench runs it")


@pytest.mark.parametrize("side", SIZES)
def test_reading_the_lines(benchmark, record, medians, line_art, is_measuring, side) -> None:
    skip_if_large(side, is_measuring)
    from linepaint.engine import Colorizer

    colorizer = Colorizer.load(device="cpu")
    lines = line_art(side)
    session = benchmark.pedantic(colorizer.open, (lines,), rounds=5, warmup_rounds=1)
    assert session.color_layer(np.zeros((side, side, 4), np.uint8)).shape == (side, side, 3)
    if is_measuring:
        median = benchmark.stats.stats.median * 1000
        medians["encode", side] = median
        record(f"reading the lines, {side}², once", median, "ms", ENCODE_BUDGET_MS)


@pytest.mark.parametrize("side", SIZES)
def test_a_stroke(benchmark, record, medians, line_art, hinted_document, is_measuring, side) -> None:
    """Session alone: hints in, colour layer out, as a draft and finely."""
    skip_if_large(side, is_measuring)
    from linepaint.engine import Colorizer

    session = Colorizer.load(device="cpu").open(line_art(side))
    document = hinted_document(side, HINTS)
    stroke = stroke_by_stroke(document)

    def step() -> tuple[tuple[np.ndarray], dict[str, bool]]:
        stroke()
        return (document.hints.pixels.read(),), {"draft": True}

    rounds = ROUNDS[side] if is_measuring else 1
    colors = benchmark.pedantic(session.color_layer, setup=step, rounds=rounds, warmup_rounds=min(rounds, 2))
    assert colors.shape == (side, side, 3)
    if is_measuring:
        record(f"session, draft after a stroke, {side}²", benchmark.stats.stats.median * 1000, "ms")

        def fine() -> None:
            stroke()
            session.color_layer(document.hints.pixels.read(), draft=False)

        record(f"session, fine picture, {side}²", statistics.median(milliseconds(fine, 5)), "ms")


@pytest.mark.parametrize("side", SIZES)
def test_a_preview_end_to_end(benchmark, record, medians, hinted_document, only_measuring, side) -> None:
    """From the snapshot on the GUI thread to a result that only has to be shown."""
    preview = previewer(hinted_document(side, HINTS))
    benchmark.pedantic(preview, rounds=ROUNDS[side], warmup_rounds=2)
    times = sorted(seconds * 1000 for seconds in benchmark.stats.stats.data)
    median = statistics.median(times)
    medians["stroke", side] = median
    median_budget, p95_budget = STROKE_BUDGET_MS.get(side, (None, None))
    record(f"preview after a stroke, {side}², median", median, "ms", median_budget)
    record(f"preview after a stroke, {side}², p95", p95(times), "ms", p95_budget)


@pytest.mark.parametrize("side", YARDSTICK_SIZES)
def test_faster_than_pix2pix(record, hinted_document, only_measuring, side) -> None:
    """The two take turns, so that whatever else the machine does slows both."""
    import torch
    from unet256 import UNet256

    network = UNet256().eval()
    picture = torch.zeros(1, 3, side, side)
    preview = previewer(hinted_document(side, HINTS))
    unet_times, preview_times = [], []
    for _ in range(YARDSTICK_TURNS):
        with torch.inference_mode():
            unet_times += milliseconds(lambda: network(picture), 1, warm_up=1)
        preview_times += milliseconds(preview, 5)
    unet, ours = statistics.median(unet_times), statistics.median(preview_times)
    record(f"forward pass alone of pix2pix's U-Net-256, {side}²", unet, "ms")
    record(f"preview after a stroke, taking turns with it, {side}²", ours, "ms")
    budget = FASTER_THAN_UNET[side]
    record(f"preview after a stroke is faster than that, {side}²", unet / ours, "×", budget, at_least=True)
    assert unet / ours >= budget


def test_time_grows_no_faster_than_the_pixels(record, medians, only_measuring) -> None:
    sides = [side for side in SIZES if ("stroke", side) in medians]
    if len(sides) < 2:
        pytest.skip("compares previews measured in the same run")
    for smaller, larger in itertools.pairwise(sides):
        growth = medians["stroke", larger] / medians["stroke", smaller]
        pixels = (larger / smaller) ** 2
        record(f"preview time from {smaller}² to {larger}²", growth, "×", pixels)
        assert growth <= pixels * 1.15, "a little slack for noise"


def test_many_hints_cost_little_more_than_one(record, hinted_document, only_measuring) -> None:
    """The next stroke on a page with one hint and on a page with many, in turns."""
    few, many = (previewer(hinted_document(MANY_HINTS_SIDE, count)) for count in (1, MANY_HINTS))
    few_times, many_times = [], []
    for _ in range(YARDSTICK_TURNS):
        few_times += milliseconds(few, 2, warm_up=1)
        many_times += milliseconds(many, 2, warm_up=1)
    ratio = statistics.median(many_times) / statistics.median(few_times)
    what = f"a stroke on {MANY_HINTS} hints against one on 1, {MANY_HINTS_SIDE}²"
    record(what, ratio, "×", MANY_HINTS_COST)
    assert ratio <= MANY_HINTS_COST


def test_nothing_unchanged_is_worked_out_again(record, hinted_document, only_measuring) -> None:
    """The next stroke as it is, and with nothing taken over from the one before, in turns."""
    from linepaint.engine import Colorizer
    from linepaint.engine.live_session import LiveSession

    document = hinted_document(MANY_HINTS_SIDE, MANY_HINTS)
    session = Colorizer.load(device="cpu").open(document.lines.lines)
    assert isinstance(session, LiveSession)
    stroke = stroke_by_stroke(document)
    session.preview(document.hints.pixels.read(), draft=True)
    times: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(4 * YARDSTICK_TURNS):
        for remembers, spent in times.items():
            stroke()
            hints = document.hints.pixels.read()
            if not remembers:
                session.forget()
            began = time.perf_counter()
            session.preview(hints, draft=True)
            spent.append((time.perf_counter() - began) * 1000)
    ratio = statistics.median(times[True]) / statistics.median(times[False])
    record(f"a stroke against all of it anew, {MANY_HINTS} hints, {MANY_HINTS_SIDE}²", ratio, "×", 1.0)
    assert ratio < 1


def stroke_by_stroke(document: Document) -> Callable[[], None]:
    """A function that paints the next short stroke."""
    random = np.random.default_rng(1)
    side = max(document.width // 60, 4)

    def stroke() -> None:
        x, y = (int(value) for value in random.integers(0, document.width - side, 2))
        color = (*(int(value) for value in random.integers(0, 256, 3)), 255)
        document.hints.pixels.write(Rect(x, y, side, side), np.full((side, side, 4), color, np.uint8))

    return stroke


def previewer(document: Document) -> Callable[[], None]:
    """A function that paints the next short stroke and makes the draft of it, as the window's worker does."""
    coloring = PreviewColoring(open_engine())
    stroke = stroke_by_stroke(document)

    def preview() -> None:
        stroke()
        request = PreviewRequest.of(document, number=1, device="cpu", draft=True)
        coloring.color(request, lambda: False)

    return preview
