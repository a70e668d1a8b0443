"""Hints on a gray picture run along even tones and stop where the tone changes."""

import numpy as np

from linepaint.imaging.chroma import chroma_of
from linepaint.imaging.marks import SOLID
from linepaint.imaging.tone_flood import flood_by_tone, flooded_chroma, tone_graph

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


def chroma_at(colors: tuple[int, int, int]) -> np.ndarray:
    return chroma_of(np.array(colors, np.float32) / 255)


def test_the_flood_has_the_hints_chroma_where_they_lie_and_pales_on_its_way() -> None:
    gray, hints = np.full((40, 80), 128, np.uint8), np.zeros((40, 80, 4), np.uint8)
    hints[20, 4], hints[20, 75] = (*RED, 255), (*BLUE, 255)
    source, confidence = flood_by_tone(tone_graph(gray), hints)
    chroma = flooded_chroma(source, confidence, hints)
    assert chroma.dtype == np.float32 and chroma.shape == (40, 80, 3)
    assert np.abs(chroma[20, 4] - chroma_at(RED)).max() < 1e-6
    assert np.abs(chroma[20, 75] - chroma_at(BLUE)).max() < 1e-6
    strength = np.linalg.norm(chroma[20, 4:39], axis=1)
    assert (np.diff(strength) < 0).all() and strength[-1] > 0.5 * strength[0]
    hue = chroma[20, 4:39] / strength[:, None]
    assert np.abs(hue - hue[0]).max() < 1e-4, "paler, not of another hue"


def test_across_an_edge_of_tone_hardly_any_chroma_comes() -> None:
    gray, hints = np.full((40, 80), 40, np.uint8), np.zeros((40, 80, 4), np.uint8)
    gray[:, 40:] = 220
    hints[20, 10] = (*RED, 255)
    source, confidence = flood_by_tone(tone_graph(gray), hints)
    strength = np.linalg.norm(flooded_chroma(source, confidence, hints), axis=2)
    assert strength[:, 44:].max() < 0.3 * strength[:, :36].min()


def test_each_pixel_has_the_chroma_of_the_hint_that_reaches_it() -> None:
    """Many colours, painted in no order: none is mistaken for another."""
    gray, hints = np.full((30, 90), 128, np.uint8), np.zeros((30, 90, 4), np.uint8)
    colors = [(200, 40, 40), (40, 60, 210), (40, 200, 60), (210, 200, 40), (150, 40, 160)]
    for number, color in enumerate(colors):
        hints[15, 9 + 18 * number] = (*color, 255)
    chroma = flooded_chroma(*flood_by_tone(tone_graph(gray), hints), hints)
    for number, color in enumerate(colors):
        patch = chroma[5:25, 18 * number + 3 : 18 * number + 15].reshape(-1, 3)
        wanted = chroma_at(color)
        cosine = patch @ wanted / np.linalg.norm(patch, axis=1) / np.linalg.norm(wanted)
        assert cosine.min() > 0.999


def test_without_a_hint_there_is_no_chroma() -> None:
    hints = np.zeros((5, 7, 4), np.uint8)
    hints[2, 3] = (*RED, SOLID - 1)  # Too faint to count.
    chroma = flooded_chroma(*flood_by_tone(tone_graph(np.full((5, 7), 90, np.uint8)), hints), hints)
    assert chroma.shape == (5, 7, 3) and chroma.dtype == np.float32 and not chroma.any()
