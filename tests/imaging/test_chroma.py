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
