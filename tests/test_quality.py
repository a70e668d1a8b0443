"""The shipped checkpoint colours as well as it did, and better than what needs no network.

Twelve drawings of our own making, always the same, with the same hints. tests/quality.json has the figures of the
checkpoint when it was shipped; `make quality` writes them anew for another one.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from linepaint.trainer.evaluation.fillers import FILLERS
from linepaint.trainer.evaluation.guard import COUNTS, GuardFigures, guard_figures
from linepaint.trainer.evaluation.painters import PROPAGATION, baseline_painter, checkpoint_painter

from linepaint.engine.catalog import DEFAULT_CHECKPOINT, Mode
from linepaint.imaging.opencv import cv2

SHIPPED = json.loads((Path(__file__).parent / "quality.json").read_text("utf-8"))
TOLERANCE = {"psnr": 0.1, "ssim": 0.003}
"""dB and SSIM: more than processors and versions differ by, less than one would see."""

LIVE = "live"


@pytest.fixture(scope="module")
def figures() -> Iterator[GuardFigures]:
    """What the checkpoint and the fillers reach now."""
    torch_threads, opencv_threads = torch.get_num_threads(), cv2.getNumThreads()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    fillers = [baseline_painter(name, Mode.LINEART) for name in (PROPAGATION, *FILLERS)]
    yield guard_figures([checkpoint_painter(LIVE, DEFAULT_CHECKPOINT, "cpu"), *fillers])
    torch.set_num_threads(torch_threads)
    cv2.setNumThreads(opencv_threads)


@pytest.mark.parametrize("hints", COUNTS)
@pytest.mark.parametrize("figure", TOLERANCE)
def test_quality_has_not_fallen(figures: GuardFigures, figure: str, hints: int) -> None:
    now, then = figures[LIVE][str(hints)][figure], SHIPPED[str(hints)][figure]
    assert now >= then - TOLERANCE[figure], "where that is meant, make quality writes tests/quality.json anew"


@pytest.mark.parametrize("hints", COUNTS)
@pytest.mark.parametrize("figure", TOLERANCE)
def test_it_is_better_than_every_filler(figures: GuardFigures, figure: str, hints: int) -> None:
    fillers = {name: figures[name][str(hints)][figure] for name in FILLERS}
    assert figures[LIVE][str(hints)][figure] > max(fillers.values()), fillers


@pytest.mark.parametrize("hints", COUNTS)
def test_the_network_improves_on_what_it_starts_from(figures: GuardFigures, hints: int) -> None:
    assert figures[LIVE][str(hints)]["psnr"] > figures[PROPAGATION][str(hints)]["psnr"]


def test_more_hints_are_worth_more(figures: GuardFigures) -> None:
    psnr = [figures[LIVE][str(hints)]["psnr"] for hints in COUNTS]
    assert psnr == sorted(psnr)
