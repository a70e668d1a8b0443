"""The shipped checkpoints do as well as they did, and better than what needs no network.

A few drawings of our own making, always the same, with the same hints. tests/quality.json has the figures of the
checkpoints when they were shipped; `make quality` writes them anew for others.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from linepaint.trainer.evaluation.fillers import FILLERS
from linepaint.trainer.evaluation.gray_fillers import GRAY_FILLERS
from linepaint.trainer.evaluation.guard import COUNTS, GuardFigures, LineFigures, guard_figures, line_guard_figures
from linepaint.trainer.evaluation.line_filters import FILTERS
from linepaint.trainer.evaluation.painters import PROPAGATION, baseline_painter, checkpoint_painter

from linepaint.engine.catalog import DEFAULT_CHECKPOINT, Mode
from linepaint.imaging.opencv import cv2

SHIPPED = json.loads((Path(__file__).parent / "quality.json").read_text("utf-8"))
TOLERANCE = {"psnr": 0.1, "ssim": 0.003}
"""dB and SSIM: more than processors and versions differ by, less than one would see."""

F_TOLERANCE = 0.003
IF_MEANT = "where that is meant, make quality writes tests/quality.json anew"

LIVE, GRAY, SCAN = DEFAULT_CHECKPOINT, "grayscale", "scan"


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    torch_threads, opencv_threads = torch.get_num_threads(), cv2.getNumThreads()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    yield
    torch.set_num_threads(torch_threads)
    cv2.setNumThreads(opencv_threads)


# --- line art ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def figures() -> GuardFigures:
    """What the checkpoint and the fillers reach now."""
    fillers = [baseline_painter(name, Mode.LINEART) for name in (PROPAGATION, *FILLERS)]
    return guard_figures([checkpoint_painter(LIVE, LIVE, "cpu"), *fillers])


@pytest.mark.parametrize("hints", COUNTS[Mode.LINEART])
@pytest.mark.parametrize("figure", TOLERANCE)
def test_quality_has_not_fallen(figures: GuardFigures, figure: str, hints: int) -> None:
    now, then = figures[LIVE][str(hints)][figure], SHIPPED[LIVE][str(hints)][figure]
    assert now >= then - TOLERANCE[figure], IF_MEANT


@pytest.mark.parametrize("hints", COUNTS[Mode.LINEART])
@pytest.mark.parametrize("figure", TOLERANCE)
def test_it_is_better_than_every_filler(figures: GuardFigures, figure: str, hints: int) -> None:
    fillers = {name: figures[name][str(hints)][figure] for name in FILLERS}
    assert figures[LIVE][str(hints)][figure] > max(fillers.values()), fillers


@pytest.mark.parametrize("hints", COUNTS[Mode.LINEART])
def test_the_network_improves_on_what_it_starts_from(figures: GuardFigures, hints: int) -> None:
    assert figures[LIVE][str(hints)]["psnr"] > figures[PROPAGATION][str(hints)]["psnr"]


def test_more_hints_are_worth_more(figures: GuardFigures) -> None:
    psnr = [figures[LIVE][str(hints)]["psnr"] for hints in COUNTS[Mode.LINEART]]
    assert psnr == sorted(psnr)


# --- gray pictures ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gray_figures() -> GuardFigures:
    """What the checkpoint, and what has learnt nothing, reach now; but for the slow one of the latter."""
    fillers = [baseline_painter(name, Mode.GRAYSCALE) for name in GRAY_FILLERS if name != "optimization"]
    return guard_figures([checkpoint_painter(GRAY, GRAY, "cpu"), *fillers], Mode.GRAYSCALE)


@pytest.mark.parametrize("hints", COUNTS[Mode.GRAYSCALE])
def test_gray_pictures_are_coloured_as_well_as_they_were(gray_figures: GuardFigures, hints: int) -> None:
    now, then = gray_figures[GRAY][str(hints)]["psnr"], SHIPPED[GRAY][str(hints)]["psnr"]
    assert now >= then - TOLERANCE["psnr"], IF_MEANT


def test_colour_is_nearer_to_the_artists_than_gray_is(gray_figures: GuardFigures) -> None:
    hinted = {name: found["16"]["psnr"] for name, found in gray_figures.items()}
    assert hinted[GRAY] > hinted["gray"], hinted


# --- lines ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def line_figures() -> LineFigures:
    """What the checkpoint and the line filters reach now."""
    filters = [baseline_painter(name, Mode.SCAN) for name in FILTERS]
    return line_guard_figures([checkpoint_painter(SCAN, SCAN, "cpu"), *filters])


@pytest.mark.parametrize("figure", ["f_1px", "f_2px"])
def test_lines_are_drawn_as_well_as_they_were(line_figures: LineFigures, figure: str) -> None:
    assert line_figures[SCAN][figure] >= SHIPPED[SCAN][figure] - F_TOLERANCE, IF_MEANT


@pytest.mark.parametrize("figure", ["f_1px", "f_2px"])
def test_its_lines_are_better_than_every_filters(line_figures: LineFigures, figure: str) -> None:
    filters = {name: line_figures[name][figure] for name in FILTERS}
    assert line_figures[SCAN][figure] > max(filters.values()), filters


def test_it_draws_less_shading_as_lines_than_any_filter(line_figures: LineFigures) -> None:
    filters = {name: line_figures[name]["shading_drawn"] for name in FILTERS}
    assert line_figures[SCAN]["shading_drawn"] < min(filters.values()), filters
