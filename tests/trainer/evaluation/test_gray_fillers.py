"""What colours gray pictures without having learnt anything: light kept, hints obeyed, colours along the tones."""

import numpy as np
import pytest
from linepaint.trainer.evaluation.case_files import procedural_cases
from linepaint.trainer.evaluation.gray_fillers import GRAY_FILLERS
from linepaint.trainer.evaluation.optimization import weights
from linepaint.trainer.evaluation.painters import BASELINES, baseline_painter
from linepaint.trainer.evaluation.protocol import Protocol, evaluate

from linepaint.engine.catalog import Mode
from linepaint.imaging.opencv import cv2

RED, BLUE = (220, 60, 60), (60, 90, 230)
SIDE = 80


@pytest.fixture
def halves() -> np.ndarray:
    """A dark and a light half with soft shading, uint8 [80, 80]."""
    gray = np.full((SIDE, SIDE), 90, np.uint8)
    gray[:, SIDE // 2 :] = 180
    return gray + np.arange(SIDE, dtype=np.uint8)[:, None] // 8


def hinted(*marks: tuple[int, tuple[int, int, int]]) -> np.ndarray:
    hints = np.zeros((SIDE, SIDE, 4), np.uint8)
    for x, color in marks:
        hints[38:42, x : x + 4] = (*color, 255)
    return hints


@pytest.mark.parametrize("name", GRAY_FILLERS)
def test_light_is_kept_and_hints_have_their_hue(name: str, halves: np.ndarray) -> None:
    made = GRAY_FILLERS[name](halves)(hinted((15, RED), (60, BLUE)))
    assert made.shape == (SIDE, SIDE, 3) and made.dtype == np.uint8
    assert np.abs(cv2.cvtColor(made, cv2.COLOR_RGB2GRAY).astype(int) - halves).max() <= 1
    assert made[40, 16].argmax() == 0 and made[40, 61].argmax() == 2


@pytest.mark.parametrize("name", GRAY_FILLERS)
def test_without_a_hint_it_stays_gray(name: str, halves: np.ndarray) -> None:
    made = GRAY_FILLERS[name](halves)(hinted())
    assert np.array_equal(made, cv2.cvtColor(halves, cv2.COLOR_GRAY2RGB))


@pytest.mark.parametrize("name", ["tone-flood", "optimization"])
def test_colour_runs_along_a_tone_and_stops_where_it_changes(name: str, halves: np.ndarray) -> None:
    made = GRAY_FILLERS[name](halves)(hinted((15, RED), (60, BLUE))).astype(int)
    red, blue = made[..., 0], made[..., 2]
    assert np.mean((red > blue)[:, : SIDE // 2]) > 0.95 and np.mean((blue > red)[:, SIDE // 2 :]) > 0.95


def test_every_pixel_goes_by_neighbours_whose_weights_sum_to_one(halves: np.ndarray) -> None:
    matrix = weights(halves)
    assert np.allclose(matrix.sum(axis=1), 1) and matrix.min() >= 0
    edge, across, along = 40 * SIDE + SIDE // 2 - 1, 40 * SIDE + SIDE // 2, 41 * SIDE + SIDE // 2 - 1
    assert matrix[edge, along] > 5 * matrix[edge, across]


def test_they_are_baselines_and_their_luma_is_a_figure() -> None:
    assert BASELINES[Mode.GRAYSCALE][:3] == ("gray", "tone-flood", "optimization")
    painters = [baseline_painter(name, Mode.GRAYSCALE) for name in GRAY_FILLERS]
    cases = procedural_cases(1, Mode.GRAYSCALE, 64, 0)
    rows = evaluate(painters, cases, Protocol(Mode.GRAYSCALE, (0, 8), 64, 0)).rows
    psnr = {(row.name, row.hints): row.figures["psnr"] or 0 for row in rows}
    assert psnr["gray", 0] == psnr["tone-flood", 0] == psnr["optimization", 0]
    assert min(psnr["tone-flood", 8], psnr["optimization", 8]) > psnr["gray", 8]
    assert all((row.figures["luma_off"] or 0) <= 1 for row in rows)


def test_a_picture_that_lost_its_light_is_told(halves: np.ndarray) -> None:
    from linepaint.trainer.evaluation.painters import Painter

    cases = procedural_cases(1, Mode.GRAYSCALE, 64, 0)
    darker = Painter("darker", lambda case: lambda _: np.maximum(case.color, 7) - np.uint8(7))
    row = evaluate([darker], cases, Protocol(Mode.GRAYSCALE, (0,), 64, 0)).rows[0]
    assert row.figures["luma_off"] == 7
