"""The checkpoint that comes with the program: it says what it is, fits in the parcel, and visibly colours."""

from functools import cache

import numpy as np
import pytest
from linepaint.trainer.drawings import Drawing, draw
from linepaint.trainer.hints import simulate_hints
from linepaint.trainer.recipe import HintRecipe

from linepaint.engine import Colorizer
from linepaint.engine.catalog import CheckpointInfo, Mode, find_checkpoint, shipped_checkpoints
from linepaint.imaging.basins import find_basins
from linepaint.imaging.opencv import cv2

MAX_BYTES = 25 * 1000 * 1000
SEEDS = range(900, 908)
"""Drawings for the comparison."""

HINTS = 24
LEAST_GAIN_DB = 3.0
"""Over paper white, with hints."""


@pytest.fixture(scope="module")
def info() -> CheckpointInfo:
    return find_checkpoint()


@pytest.fixture(scope="module")
def colorizer() -> Colorizer:
    return Colorizer.load(device="cpu")


@cache
def drawings() -> tuple[tuple[Drawing, np.ndarray], ...]:
    """Procedural drawings, each with an artist's hints."""
    made = []
    for seed in SEEDS:
        drawing = draw(seed, 256)
        random = np.random.default_rng(seed)
        made.append((drawing, simulate_hints(drawing.color, find_basins(drawing.lines), HintRecipe(), random, HINTS)))
    return tuple(made)


def psnr(picture: np.ndarray, truth: np.ndarray) -> float:
    error = np.mean((picture.astype(np.float64) - truth) ** 2)
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


def paper_white(drawing: Drawing) -> float:
    """How near the bare line drawing comes to the finished colouring."""
    return psnr(np.repeat(drawing.lines[..., None], 3, axis=2), drawing.color)


def test_it_is_the_default_and_first_in_the_list(info: CheckpointInfo) -> None:
    assert shipped_checkpoints()[0] == info
    assert (info.name, info.mode, info.architecture) == ("live", Mode.LINEART, "live")


def test_it_fits_in_the_parcel(info: CheckpointInfo) -> None:
    assert info.path.stat().st_size <= MAX_BYTES


def test_it_says_what_it_was_trained_on_and_under_which_licence(info: CheckpointInfo) -> None:
    assert info.steps > 0 and info.recipe and info.licence
    assert info.data
    for source in info.data:
        assert source["source"] and source["licence"], source
        assert "not stated" not in source["licence"], source
        assert isinstance(source["pictures"], int)


def test_it_says_how_good_it_was_found(info: CheckpointInfo) -> None:
    assert info.metrics
    assert all(np.isfinite(value) for value in info.metrics.values())


def test_its_model_card_tells_the_same(info: CheckpointInfo) -> None:
    card = info.path.with_suffix(".md").read_text("utf-8")
    assert info.licence in card
    for source in info.data:
        assert source["source"] in card


def test_its_weights_changed_in_training(colorizer: Colorizer) -> None:
    """An untrained one adds nothing, so that a page without hints stays white."""
    drawing = draw(SEEDS[0], 256)
    session = colorizer.open(drawing.lines)
    colors = session.color_layer(np.zeros((*drawing.lines.shape, 4), np.uint8))
    assert np.mean(np.abs(colors.astype(int) - 255).max(axis=-1) > 16) > 0.1


def test_without_a_hint_it_is_nearer_to_a_finished_picture_than_bare_paper(colorizer: Colorizer) -> None:
    gain = [psnr(colorizer.colorize(d.lines), d.color) - paper_white(d) for d, _ in drawings()]
    assert np.mean(gain) > 0, gain


def test_with_hints_it_visibly_colours(colorizer: Colorizer) -> None:
    gain = [psnr(colorizer.colorize(d.lines, hints), d.color) - paper_white(d) for d, hints in drawings()]
    assert np.mean(gain) > LEAST_GAIN_DB, gain


def test_what_you_paint_is_what_you_get(colorizer: Colorizer) -> None:
    off = []
    for drawing, hints in drawings():
        colors = colorizer.open(drawing.lines).color_layer(hints)
        under = (hints[..., 3] > 0) & (drawing.lines == 255)
        off.append(np.abs(colors.astype(int) - hints[..., :3])[under].max(axis=-1))
    assert np.median(np.concatenate(off)) <= 3


def test_draft_and_final_look_alike(colorizer: Colorizer) -> None:
    for drawing, hints in drawings()[:3]:
        larger = (448, 448)  # Than a draft's working size.
        hints = cv2.resize(hints, larger, interpolation=cv2.INTER_NEAREST)
        session = colorizer.open(cv2.resize(drawing.lines, larger, interpolation=cv2.INTER_LINEAR))
        draft, final = session.color_layer(hints, draft=True), session.color_layer(hints)
        assert 0 < np.abs(draft.astype(int) - final).mean() < 12
