"""Hint obedience and bleed: nought where a hint is obeyed and nothing runs, known shares where something does."""

import numpy as np
import pytest
from linepaint.trainer.evaluation.metrics import color_difference, lab
from linepaint.trainer.evaluation.obedience import Bleed, bleed, hint_obedience, home_hints
from linepaint.trainer.evaluation.regions import find_regions

from linepaint.imaging.opencv import cv2

Halves = tuple[np.ndarray, np.ndarray]
RED, BLUE = (200, 40, 60), (40, 90, 220)


def bleed_of(made: np.ndarray, halves: Halves, hints: np.ndarray, chroma_only: bool = False) -> Bleed:
    truth, lines = halves
    regions = find_regions(lab(truth), lines)
    homed = home_hints(hints, hints[..., :3], regions)
    return bleed(lab(made), lab(truth), homed, regions, chroma_only=chroma_only)


def test_regions_are_parted_by_ink(halves: Halves) -> None:
    truth, lines = halves
    regions = find_regions(lab(truth), lines)
    assert regions.count == 2
    assert (regions.labels[:, 29:35] == 0)[:, 1:-1].all(), "neither the ink nor what touches it"
    assert len({int(regions.labels[5, 5]), int(regions.labels[5, 60])}) == 2


def test_regions_are_parted_by_a_colour_edge_without_ink(halves: Halves) -> None:
    truth = np.where(np.arange(64)[None, :, None] < 32, RED, BLUE).astype(np.uint8) + np.zeros((64, 1, 1), np.uint8)
    regions = find_regions(lab(truth), np.full((64, 64), 255, np.uint8))
    assert regions.count == 2


def test_soft_shading_stays_one_region() -> None:
    ramp = np.tile(np.linspace(60, 220, 128), (128, 1)).astype(np.uint8)
    truth = np.repeat(ramp[..., None], 3, axis=2)
    assert find_regions(lab(truth), np.full((128, 128), 255, np.uint8)).count == 1


def test_the_truth_itself_does_not_bleed(halves: Halves, two_dots: np.ndarray) -> None:
    measured = bleed_of(halves[0], halves, two_dots)
    assert measured.share == 0 and measured.hinted == 2 * (30 * 64 - 16)


def test_a_colour_that_fills_its_own_and_an_equal_region_has_bled_by_half(halves: Halves, two_dots: np.ndarray) -> None:
    assert bleed_of(np.full_like(halves[0], RED), halves, two_dots).share == 0.5


def test_a_colour_that_fills_half_the_next_region_has_bled_by_a_third(halves: Halves, two_dots: np.ndarray) -> None:
    made = halves[0].copy()
    made[:32, 32:] = RED
    made[32:, 32:] = (240, 240, 240)
    assert bleed_of(made, halves, two_dots).share == pytest.approx(1 / 3)


def test_all_of_it_can_cross(halves: Halves, two_dots: np.ndarray) -> None:
    swapped = np.ascontiguousarray(halves[0][:, ::-1])
    assert bleed_of(swapped, halves, two_dots).share == 1


def test_a_colour_that_belongs_there_too_has_not_bled(halves: Halves, two_dots: np.ndarray) -> None:
    """Two red forms side by side, one hint: that the other becomes red as well is what the artist wanted."""
    truth = np.full_like(halves[0], RED)
    truth[halves[1] == 0] = 0
    two_dots[:, 32:] = 0
    assert bleed_of(truth, (truth, halves[1]), two_dots).share == 0


def test_a_wrong_colour_that_no_hint_has_is_no_bleed(halves: Halves, two_dots: np.ndarray) -> None:
    made = halves[0].copy()
    made[:, 32:] = (30, 160, 60)
    assert bleed_of(made, halves, two_dots).crossed == 0


def test_a_hint_that_runs_over_the_line_is_at_home_where_most_of_it_lies(halves: Halves) -> None:
    hints = np.zeros((64, 64, 4), np.uint8)
    hints[30:34, 10:40] = (*RED, 255)
    made = halves[0].copy()
    assert bleed_of(made, halves, hints).share == 0
    made[:, 36:] = RED
    assert bleed_of(made, halves, hints).share == pytest.approx(0.5, abs=0.1)


def test_without_hints_there_is_nothing_to_bleed(halves: Halves) -> None:
    assert bleed_of(halves[0], halves, np.zeros((64, 64, 4), np.uint8)).share is None


def test_hints_on_ink_alone_have_no_home(halves: Halves) -> None:
    hints = np.zeros((64, 64, 4), np.uint8)
    hints[20:40, 31:33] = (*RED, 255)
    assert bleed_of(np.full_like(halves[0], RED), halves, hints).share is None


def test_where_the_light_is_given_only_the_hue_counts(halves: Halves, two_dots: np.ndarray) -> None:
    """Grayscale: the same red, darker by a shadow that the gray picture dictates."""
    truth_lab = lab(halves[0])
    regions = find_regions(truth_lab, halves[1])
    homed = home_hints(two_dots, two_dots[..., :3], regions)
    darker = np.full_like(truth_lab, 0) + lab(np.full((1, 1, 3), RED, np.uint8))[0, 0]
    darker[..., 0] -= 25
    assert bleed(darker, truth_lab, homed, regions).share is None
    assert bleed(darker, truth_lab, homed, regions, chroma_only=True).share == 0.5


def test_bleed_of_several_pictures_is_of_all_their_pixels() -> None:
    assert (Bleed(100, 10) + Bleed(300, 50)).share == 0.15


def test_obedience_is_nought_where_the_hint_is_obeyed(halves: Halves, two_dots: np.ndarray) -> None:
    measured = hint_obedience(lab(halves[0]), two_dots, two_dots[..., :3], halves[1])
    assert measured.shape == (32,) and not measured.any()


def test_obedience_is_the_difference_between_hint_and_picture(halves: Halves, two_dots: np.ndarray) -> None:
    swapped = np.ascontiguousarray(halves[0][:, ::-1])
    pair = lab(np.array([[RED, BLUE]], np.uint8))[0]
    expected = float(color_difference(pair[:1], pair[1:])[0])
    measured = hint_obedience(lab(swapped), two_dots, two_dots[..., :3], halves[1])
    assert measured == pytest.approx(np.full(32, expected), rel=1e-4)


def test_hints_on_and_beside_ink_are_not_judged(halves: Halves) -> None:
    truth, lines = halves
    hints = np.zeros((64, 64, 4), np.uint8)
    hints[:, 30:34] = (10, 200, 10, 255)
    assert not len(hint_obedience(lab(truth), hints, hints[..., :3], lines))
    hints[:, 24:40] = (10, 200, 10, 255)
    sharp, soft = (
        len(hint_obedience(lab(truth), hints, hints[..., :3], page))
        for page in (lines, cv2.GaussianBlur(lines, (0, 0), 2))
    )
    assert 0 < soft < sharp == 12 * 64, "soft ink reaches further"
