"""A small picture grows without its colours leaking over the lines of the large one."""

import numpy as np
import pytest

from linepaint.imaging.opencv import cv2
from linepaint.imaging.upsampling import plan_upsampling

SIZES = [
    ((100, 140), (25, 35)),
    ((101, 67), (34, 23)),
    ((97, 211), (32, 70)),
    ((64, 64), (64, 64)),
    ((31, 300), (8, 75)),
]


def colors_of(labels: np.ndarray, seed: int = 1) -> np.ndarray:
    """A colour for each label, float32 [n, 3]."""
    return np.random.default_rng(seed).random((labels.max() + 1, 3)).astype(np.float32)


def diagonal(size: tuple[int, int]) -> np.ndarray:
    """Two areas, parted by a slanting border."""
    y, x = np.mgrid[: size[0], : size[1]]
    return (y * size[1] * 2 + x * size[0] > size[0] * size[1] * 1.5).astype(np.int32)


def shrink(labels: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    return cv2.resize(labels, size[::-1], interpolation=cv2.INTER_NEAREST_EXACT)


@pytest.mark.parametrize(("large", "small"), SIZES)
def test_each_area_keeps_its_colour_up_to_its_border(large: tuple[int, int], small: tuple[int, int]) -> None:
    labels = diagonal(large)
    colors = colors_of(labels)
    grown = plan_upsampling(labels, small).apply(colors[shrink(labels, small)])
    assert grown.shape == (*large, 3)
    assert np.abs(grown - colors[labels]).max() < 1e-5


@pytest.mark.parametrize(("large", "small"), SIZES)
def test_in_the_open_it_is_bilinear(large: tuple[int, int], small: tuple[int, int]) -> None:
    labels = np.zeros(large, np.int32)
    picture = np.random.default_rng(2).random((*small, 3)).astype(np.float32)
    expected = cv2.resize(picture, large[::-1], interpolation=cv2.INTER_LINEAR)
    assert np.array_equal(plan_upsampling(labels, small).apply(picture), expected)


def test_away_from_a_border_it_is_bilinear_too() -> None:
    labels = np.zeros((100, 140), np.int32)
    labels[:, 70:] = 1
    picture = np.random.default_rng(2).random((25, 35, 3)).astype(np.float32)
    expected = cv2.resize(picture, (140, 100), interpolation=cv2.INTER_LINEAR)
    grown = plan_upsampling(labels, (25, 35)).apply(picture)
    assert np.array_equal(grown[:, :64], expected[:, :64])
    assert np.array_equal(grown[:, 76:], expected[:, 76:])
    assert not np.array_equal(grown, expected)


def test_a_smooth_ramp_stays_smooth_where_it_meets_a_border() -> None:
    labels = diagonal((100, 140))
    ramp = np.broadcast_to(np.linspace(0, 1, 35, dtype=np.float32)[None, :, None], (25, 35, 1)).copy()
    grown = plan_upsampling(labels, (25, 35)).apply(ramp)[..., 0]
    assert np.abs(np.diff(grown, axis=1)).max() < 2.5 / 35


def test_an_area_too_thin_for_the_small_picture_gets_what_lies_around_it() -> None:
    labels = np.zeros((100, 140), np.int32)
    labels[:, 70] = 1
    picture = np.full((12, 17, 3), 0.25, np.float32)
    assert np.allclose(plan_upsampling(labels, (12, 17)).apply(picture), 0.25)


def test_negative_values_pass_unclipped() -> None:
    """Corrections are added to colours, and may darken."""
    labels = diagonal((100, 140))
    picture = np.random.default_rng(2).normal(size=(25, 35, 3)).astype(np.float32)
    grown = plan_upsampling(labels, (25, 35)).apply(picture)
    assert grown.min() < -1 and np.isfinite(grown).all()
