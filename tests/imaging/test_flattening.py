"""Pictures of every kind as plain gray or RGB: on white where transparent, otherwise as they are."""

import numpy as np
import pytest

from linepaint.imaging.flattening import as_color, as_gray


def pictures() -> dict[str, tuple[np.ndarray, tuple[int, int, int]]]:
    """A picture of one pixel, and the RGB it shows."""
    return {
        "gray": (np.array([[77]], np.uint8), (77, 77, 77)),
        "16 bits": (np.array([[77 * 257]], np.uint16), (77, 77, 77)),
        "rgb": (np.array([[[200, 100, 50]]], np.uint8), (200, 100, 50)),
        "16 bits of rgb": (np.array([[[200 * 257, 100 * 257, 50 * 257]]], np.uint16), (200, 100, 50)),
        "opaque": (np.array([[[200, 100, 50, 255]]], np.uint8), (200, 100, 50)),
        "clear": (np.array([[[0, 0, 0, 0]]], np.uint8), (255, 255, 255)),
        "half clear": (np.array([[[200, 100, 0, 51]]], np.uint8), (244, 224, 204)),
    }


@pytest.mark.parametrize("kind", pictures())
def test_what_shows_on_white(kind: str) -> None:
    picture, shown = pictures()[kind]
    color, gray = as_color(picture), as_gray(picture)
    assert color.dtype == gray.dtype == np.uint8
    assert color.shape == (1, 1, 3) and gray.shape == (1, 1)
    assert np.abs(color[0, 0].astype(int) - shown).max() <= 1
    assert abs(int(gray[0, 0]) - np.dot(shown, (0.299, 0.587, 0.114))) <= 1.5


def test_tones_are_not_cleaned_up() -> None:
    """As they would be in a scan of line art: pencil grey on grey paper."""
    gray = np.random.default_rng(0).integers(90, 180, (64, 64), dtype=np.uint8)
    assert np.array_equal(as_gray(gray), gray)
