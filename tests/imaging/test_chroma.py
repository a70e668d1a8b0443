"""Colour laid on gray: as light as before, the hue asked for, as strong as the gamut allows."""

import numpy as np
import pytest

from linepaint.imaging.chroma import chroma_of, with_chroma
from linepaint.imaging.opencv import cv2


def test_chroma_has_no_luma() -> None:
    colors = np.random.default_rng(0).random((50, 3), dtype=np.float32)
    assert np.abs(chroma_of(colors) @ np.array([0.299, 0.587, 0.114])).max() < 1e-6
    assert not chroma_of(np.full((4, 3), 0.3, np.float32)).round(6).any(), "grey has none"


def test_a_picture_is_its_luma_and_its_chroma() -> None:
    picture = np.random.default_rng(1).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    chroma = chroma_of(picture.astype(np.float32) / 255)
    again = with_chroma(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), chroma)
    assert np.abs(again.astype(int) - picture).max() <= 2


@pytest.mark.parametrize("strength", [0.1, 1.0, 5.0])
def test_luma_stays_whatever_chroma_is_asked_for(strength: float) -> None:
    random = np.random.default_rng(2)
    gray = random.integers(0, 256, (80, 90), dtype=np.uint8)
    chroma = chroma_of((random.random((80, 90, 3), dtype=np.float32) - 0.5) * strength)
    color = with_chroma(gray, chroma)
    assert np.abs(cv2.cvtColor(color, cv2.COLOR_RGB2GRAY).astype(int) - gray).max() <= 1


def test_what_fits_is_not_weakened_and_what_does_not_just_fits() -> None:
    gray = np.full((1, 2), 128, np.uint8)
    chroma = np.array([[[0.2, -0.1, -0.00875], [2.0, -1.0, -0.0875]]], np.float32)
    weak, strong = with_chroma(gray, chroma)[0].astype(int)
    assert np.abs(weak - (179, 102.5, 125.8)).max() < 1
    assert np.abs(strong - (255, 64.5, 122.4)).max() < 1, "red is full, and the others shrank with it"


def test_black_and_white_stay_themselves_under_the_strongest_colour() -> None:
    """Even where it is asked for far beyond any gamut, and in a picture of one row or column."""
    gray = np.array([[0, 1, 254, 255]], np.uint8)
    for hue in ([1.0, -0.3, -1.08], [-1.0, 0.5, 0.05], [0.0, 0.0, 0.0]):
        chroma = np.broadcast_to(chroma_of(np.array(hue, np.float32)) * 1000, (1, 4, 3))
        color = with_chroma(gray, chroma)
        assert color.dtype == np.uint8 and color.shape == (1, 4, 3)
        assert not color[0, 0].any() and (color[0, 3] == 255).all()
        assert np.abs(color[0] @ np.array([0.299, 0.587, 0.114]) - gray[0]).max() < 1
        down = with_chroma(gray.T.copy(), np.ascontiguousarray(chroma.transpose(1, 0, 2)))
        assert np.array_equal(down[:, 0], color[0])


def test_every_channel_may_be_the_one_that_decides() -> None:
    """The share of the chroma that fits is the largest that does: some channel ends at black or white, none beyond."""
    random = np.random.default_rng(3)
    gray = random.integers(1, 255, (60, 70), dtype=np.uint8)
    chroma = chroma_of(random.random((60, 70, 3), dtype=np.float32) * 8 - 4)
    color = with_chroma(gray, chroma)
    full = np.abs(chroma).max(axis=2) > 1.01
    ends = (color.max(axis=2) == 255) | (color.min(axis=2) == 0)
    assert full.mean() > 0.5 and ends[full].all()
    shift = color.astype(np.float64) - gray[..., None]
    wanted = chroma.astype(np.float64)
    share = (shift * wanted).sum(axis=2, keepdims=True) / (wanted * wanted).sum(axis=2, keepdims=True)
    assert np.abs(shift - share * wanted).max() <= 1.01, "the hue stays"


def test_without_chroma_a_picture_is_its_gray() -> None:
    gray = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert (with_chroma(gray, np.zeros((16, 16, 3), np.float32)) == gray[..., None]).all()
