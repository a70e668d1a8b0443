"""Hints on a gray picture run along even tones and stop where the tone changes."""

import numpy as np

from linepaint.imaging.tone_flood import flood_by_tone, tone_graph

RED, BLUE = (220, 30, 40), (30, 60, 210)


def flood(gray: np.ndarray, *marks: tuple[int, int, tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray]:
    hints = np.zeros((*gray.shape, 4), np.uint8)
    for y, x, color in marks:
        hints[y, x] = (*color, 255)
    return flood_by_tone(tone_graph(gray), hints)


def test_no_hint_reaches_nothing() -> None:
    source, confidence = flood(np.full((5, 7), 90, np.uint8))
    assert (source == -1).all() and not confidence.any()


def test_each_tone_takes_its_own_hint_however_near_the_other_is() -> None:
    gray = np.full((60, 80), 60, np.uint8)
    gray[:, 40:] = 190
    source, confidence = flood(gray, (30, 38, RED), (30, 75, BLUE))
    assert len(np.unique(source[:, :39])) == 1 and len(np.unique(source[:, 42:])) == 1
    assert source[0, 0] != source[0, 79]
    assert confidence[:, :38].min() > 0.3 and confidence[30, 38] == 1


def test_a_tone_without_a_hint_is_hardly_reached() -> None:
    gray = np.full((60, 80), 60, np.uint8)
    gray[:, 40:] = 190
    _, confidence = flood(gray, (30, 10, RED))
    assert confidence[:, 42:].max() < 0.05


def test_shading_and_grain_do_not_stop_a_colour() -> None:
    shaded = np.linspace(60, 180, 80).astype(np.uint8)[None].repeat(60, axis=0)
    grain = np.random.default_rng(0).integers(0, 5, shaded.shape, dtype=np.uint8)
    _, confidence = flood(shaded + grain, (30, 2, RED))
    assert confidence.min() > 0.25


def test_on_an_even_tone_the_nearest_hint_counts() -> None:
    source, _ = flood(np.full((40, 80), 128, np.uint8), (20, 10, RED), (20, 69, BLUE))
    assert len(np.unique(source[:, :39])) == 1
    assert source[20, 0] != source[20, 79]


def test_a_single_pixel_is_a_picture() -> None:
    source, confidence = flood(np.zeros((1, 1), np.uint8), (0, 0, RED))
    assert source.tolist() == [[0]] and confidence.tolist() == [[1.0]]
