"""How long a stroke takes on a gray picture, beside the same yardstick as on line art."""

import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.document.mode import DEFAULT_CHECKPOINTS, DocumentMode
from linepaint.engine.catalog import Mode
from linepaint.imaging.opencv import cv2

sys.path.insert(0, str(Path(__file__).parent))

from test_preview_latency import (
    FASTER_THAN_UNET,
    HINTS,
    SIZES,
    STROKE_BUDGET_MS,
    YARDSTICK_SIZES,
    YARDSTICK_TURNS,
    milliseconds,
    p95,
    previewer,
    skip_if_large,
)

NAME = DEFAULT_CHECKPOINTS[DocumentMode.GRAYSCALE]
ROUNDS = {512: 20, 1024: 20, 2048: 8}


@pytest.fixture
def gray_document(line_art, hinted_document) -> Callable[[int], Document]:
    """side -> a document over line art on soft tones, with hints."""

    def make(side: int) -> Document:
        y, x = np.mgrid[:side, :side] / side
        tones = (140 + 60 * np.sin(9 * x + 4 * y) + 40 * np.cos(7 * y)).clip(0, 255).astype(np.uint8)
        document = Document.from_gray(cv2.multiply(tones, line_art(side), scale=1 / 255))
        document.hints.pixels.write(document.bounds, hinted_document(side, HINTS).hints.pixels.read())
        return document

    return make


@pytest.mark.parametrize("side", SIZES)
def test_opening_a_gray_picture(benchmark, record, gray_document, is_measuring, side) -> None:
    """To its first draft, for which all is made that is made once; the checkpoint is loaded."""
    skip_if_large(side, is_measuring)
    from linepaint.engine import Colorizer

    colorizer = Colorizer.load(NAME, "cpu", mode=Mode.GRAYSCALE)
    document = gray_document(side)
    gray, hints = document.lines.lines, document.hints.pixels.read()
    made = benchmark.pedantic(lambda: colorizer.open(gray).preview(hints, draft=True), rounds=5, warmup_rounds=1)
    assert np.abs(cv2.cvtColor(made, cv2.COLOR_RGB2GRAY).astype(int) - gray).max() <= 1
    if is_measuring:
        record(f"gray picture to its first draft, {side}²", benchmark.stats.stats.median * 1000, "ms")


@pytest.mark.parametrize("side", SIZES)
def test_a_preview_of_a_gray_picture_end_to_end(benchmark, record, gray_document, only_measuring, side) -> None:
    """From the snapshot on the GUI thread to a result that only has to be shown."""
    benchmark.pedantic(previewer(gray_document(side)), rounds=ROUNDS[side], warmup_rounds=2)
    times = sorted(seconds * 1000 for seconds in benchmark.stats.stats.data)
    median_budget, p95_budget = STROKE_BUDGET_MS.get(side, (None, None))
    record(f"gray preview after a stroke, {side}², median", statistics.median(times), "ms", median_budget)
    record(f"gray preview after a stroke, {side}², p95", p95(times), "ms", p95_budget)


@pytest.mark.parametrize("side", YARDSTICK_SIZES)
def test_a_gray_preview_is_faster_than_pix2pix(record, gray_document, only_measuring, side) -> None:
    """The two take turns, so that whatever else the machine does slows both."""
    import torch
    from unet256 import UNet256

    network = UNet256().eval()
    picture = torch.zeros(1, 3, side, side)
    preview = previewer(gray_document(side))
    unet_times, preview_times = [], []
    for _ in range(YARDSTICK_TURNS):
        with torch.inference_mode():
            unet_times += milliseconds(lambda: network(picture), 1, warm_up=1)
        preview_times += milliseconds(preview, 5)
    ratio = statistics.median(unet_times) / statistics.median(preview_times)
    budget = FASTER_THAN_UNET[side]
    record(f"gray preview after a stroke is faster than that U-Net, {side}²", ratio, "×", budget, at_least=True)
    assert ratio >= budget
