"""Each figure on pictures where everybody can work it out."""

import numpy as np
import pytest
from linepaint.trainer.evaluation import metrics
from linepaint.trainer.evaluation.histograms import lab_histogram, lab_histogram_distance

SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]
"""Pairs with their CIEDE2000 from Sharma, Wu and Dalal 2005, table 1: blue, large, green and nearly black."""


@pytest.fixture
def noise() -> np.ndarray:
    return np.random.default_rng(3).integers(20, 230, (96, 80, 3)).astype(np.uint8)


def plain(color: tuple[int, int, int], side: int = 32) -> np.ndarray:
    return np.full((side, side, 3), color, np.uint8)


def test_identical_pictures_are_perfect(noise: np.ndarray) -> None:
    assert metrics.psnr(noise, noise) == metrics.BEST_PSNR_DB
    assert metrics.ssim(noise, noise) == pytest.approx(1)
    assert metrics.ms_ssim(noise, noise) == pytest.approx(1)
    assert metrics.delta_e(noise, noise) == 0
    assert metrics.sharpness(metrics.gradient(noise), metrics.gradient(noise)) == 1


def test_psnr_of_a_constant_shift(noise: np.ndarray) -> None:
    assert metrics.psnr(noise + 10, noise) == pytest.approx(20 * np.log10(255 / 10), abs=1e-6)


def test_psnr_of_black_on_white_is_nought() -> None:
    assert metrics.psnr(plain((0, 0, 0)), plain((255, 255, 255))) == pytest.approx(0)


def test_ssim_of_two_flat_greys_is_their_luminance_term() -> None:
    constant = (0.01 * 255) ** 2
    expected = (2 * 100 * 150 + constant) / (100**2 + 150**2 + constant)
    assert metrics.ssim(plain((100,) * 3), plain((150,) * 3)) == pytest.approx(expected, abs=1e-4)


def test_noise_costs_similarity(noise: np.ndarray) -> None:
    flat = np.full_like(noise, 125)
    assert metrics.ssim(flat, noise) < 0.2 and metrics.ms_ssim(flat, noise) < 0.2


@pytest.mark.parametrize("side", [16, 100, 175, 176, 240])
def test_multi_scale_similarity_has_a_value_at_any_size(side: int) -> None:
    ramp = np.linspace(0, 255, side).astype(np.uint8)
    picture = np.repeat(np.tile(ramp, (side, 1))[..., None], 3, axis=2)
    assert metrics.ms_ssim(picture, picture) == pytest.approx(1, abs=1e-5)
    assert metrics.ms_ssim(picture, np.ascontiguousarray(picture[:, ::-1])) < 0.6


@pytest.mark.parametrize(("first", "second", "difference"), SHARMA)
def test_ciede2000_is_that_of_the_published_pairs(
    first: tuple[float, ...], second: tuple[float, ...], difference: float
) -> None:
    measured = metrics.color_difference(np.array([[first]]), np.array([[second]]))
    assert float(measured[0, 0]) == pytest.approx(difference, abs=1e-4)


def test_lab_of_known_colours() -> None:
    assert metrics.lab(plain((255, 255, 255)))[0, 0] == pytest.approx([100, 0, 0], abs=0.02)
    assert metrics.lab(plain((255, 0, 0)))[0, 0] == pytest.approx([53.24, 80.09, 67.20], abs=0.05)


def test_delta_e_is_a_mean_over_the_pixels() -> None:
    truth = plain((255, 255, 255))
    made = truth.copy()
    made[:16] = 0
    assert metrics.delta_e(made, truth) == pytest.approx(50, abs=0.05), "black on white is 100"


def test_colourfulness() -> None:
    assert metrics.colorfulness(plain((90, 90, 90))) == 0
    # One colour has no spread, so only the mean counts: rg = 255, yb = 127.5.
    assert metrics.colorfulness(plain((255, 0, 0))) == pytest.approx(0.3 * np.hypot(255, 127.5), rel=1e-5)
    half = plain((255, 0, 0))
    half[:16] = (0, 255, 0)
    # rg = ±255, yb = 127.5 everywhere.
    assert metrics.colorfulness(half) == pytest.approx(255 + 0.3 * 127.5, rel=1e-5)


def test_a_ramp_has_its_own_slope_and_half_the_slope_is_half_as_sharp() -> None:
    steep = np.repeat(np.tile(np.arange(0, 256, 4, dtype=np.uint8), (64, 1))[..., None], 3, axis=2)
    gentle = np.repeat(np.tile(np.arange(0, 128, 2, dtype=np.uint8), (64, 1))[..., None], 3, axis=2)
    assert metrics.gradient(steep) == pytest.approx(4)
    assert metrics.sharpness(metrics.gradient(gentle), metrics.gradient(steep)) == pytest.approx(0.5)


def test_sharpness_can_leave_out_the_ink(noise: np.ndarray) -> None:
    framed = noise.copy()
    framed[:, :40] = 128
    where = np.zeros(noise.shape[:2], bool)
    where[:, :38] = True
    assert metrics.gradient(framed, where) == 0
    assert metrics.gradient(framed) > 0
    assert metrics.sharpness(1.0, 0.0) is None


def test_histograms_of_the_same_colours_agree_wherever_they_lie(noise: np.ndarray) -> None:
    shuffled = np.random.default_rng(0).permutation(noise.reshape(-1, 3)).reshape(noise.shape)
    distance = lab_histogram_distance([metrics.lab(shuffled)], [metrics.lab(noise)])
    assert distance == pytest.approx((0, 0, 0))


def test_histograms_of_other_colours_have_nothing_in_common() -> None:
    red, blue = metrics.lab(plain((255, 0, 0))), metrics.lab(plain((0, 0, 255)))
    assert lab_histogram_distance([red], [blue]) == pytest.approx((1, 1, 1))


def test_histograms_are_of_the_whole_set() -> None:
    """Half the set's pixels are red, in one picture or in the other: what they have in common is that half."""
    red, blue, green = (metrics.lab(plain(c)) for c in ((255, 0, 0), (0, 0, 255), (0, 255, 0)))
    assert lab_histogram_distance([red, blue], [green, red]) == pytest.approx((0.5, 0.5, 0.5))
    both = lab_histogram(red) + lab_histogram(blue)
    assert [int(counts.sum()) for counts in both.counts] == [2 * 32 * 32] * 3
