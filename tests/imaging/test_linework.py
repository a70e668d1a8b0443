"""What comes off scanners and out of other programs becomes lines on white; clean lines stay as they are."""

import time

import numpy as np
import pytest

from linepaint.document.layers import Levels, apply_levels
from linepaint.imaging.linework import normalise_scan, suggest_levels
from linepaint.imaging.opencv import cv2

SIZE = 600


def line_art(size: int = SIZE) -> np.ndarray:
    """Antialiased closed shapes, uint8 [size, size]."""
    rng = np.random.default_rng(3)
    drawing = np.full((size, size), 255, np.uint8)
    for _ in range(8):
        x, y = (int(value) for value in rng.integers(0, size, 2))
        axes = (int(rng.integers(size // 16, size // 3)), int(rng.integers(size // 16, size // 3)))
        cv2.ellipse(drawing, (x, y), axes, float(rng.integers(0, 180)), 0, 330, 0, max(1, size // 200), cv2.LINE_AA)
    return drawing


def noise(sigma: float, size: int = SIZE) -> np.ndarray:
    return np.random.default_rng(4).normal(0, sigma, (size, size))


def eight_bit(values: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(values), 0, 255).astype(np.uint8)


def rgba_of(lines: np.ndarray, ink: tuple[int, int, int]) -> np.ndarray:
    picture = np.empty((*lines.shape, 4), np.uint8)
    picture[..., :3] = ink
    picture[..., 3] = 255 - lines
    return picture


def clean_variants() -> dict[str, np.ndarray]:
    lines = line_art()
    return {
        "grey": lines,
        "RGB": np.dstack([lines] * 3),
        "opaque RGBA": np.dstack([lines, lines, lines, np.full_like(lines, 255)]),
        "16 bits": lines.astype(np.uint16) * 257,
        "16-bit RGB": np.dstack([lines.astype(np.uint16) * 257] * 3),
        "black on nothing": rgba_of(lines, (0, 0, 0)),
        "white on nothing": rgba_of(lines, (255, 255, 255)),
        "white on black": 255 - lines,
        "red on black": np.dstack([255 - lines, np.zeros_like(lines), np.zeros_like(lines)]),
        "red on white": np.dstack([np.full_like(lines, 255), lines, lines]),
    }


@pytest.mark.parametrize("kind", clean_variants())
def test_clean_line_art_comes_through_pixel_for_pixel(kind: str) -> None:
    assert np.array_equal(normalise_scan(clean_variants()[kind]), line_art())


def test_black_areas_and_flat_tones_are_no_reason_to_touch_a_drawing() -> None:
    lines = line_art()
    night = lines.copy()
    y, x = np.mgrid[:SIZE, :SIZE]
    night[(x - SIZE / 2) ** 2 + (y - SIZE / 2) ** 2 > (SIZE / 3) ** 2] = 0
    assert np.array_equal(normalise_scan(night), night)
    toned = lines.copy()
    toned[: SIZE // 3] = np.minimum(toned[: SIZE // 3], 200)
    assert np.array_equal(normalise_scan(toned), toned)
    pencil = 255 - (255 - lines) // 2
    assert np.array_equal(normalise_scan(pencil), pencil)


def dirty_variants() -> dict[str, np.ndarray]:
    lines = line_art().astype(np.float64)
    y, x = np.mgrid[:SIZE, :SIZE] / SIZE
    return {
        "grey paper": eight_bit(lines * 200 / 255),
        "dark grey paper": eight_bit(lines * 0.42 + 15 + noise(2)),
        "light from the right": eight_bit(lines * (0.6 + 0.35 * x) + noise(4)),
        "dark corners": eight_bit(lines * (1.0 - 0.5 * ((x - 0.5) ** 2 + (y - 0.5) ** 2)) + noise(3)),
        "yellowed": np.dstack([eight_bit(lines * scale + noise(2)) for scale in (0.97, 0.9, 0.7)]),
        "16 bits, grey": (np.clip(lines * 0.8 + noise(3), 0, 255) * 257).astype(np.uint16),
        "grey, inverted": 255 - eight_bit(lines * 0.85 + noise(3)),
    }


@pytest.mark.parametrize("kind", dirty_variants())
def test_dirty_scans_get_white_paper_and_dark_ink(kind: str) -> None:
    lines = line_art()
    cleaned = normalise_scan(dirty_variants()[kind])
    assert cleaned.dtype == np.uint8 and cleaned.shape == lines.shape
    assert (cleaned[lines == 255] >= 250).mean() > 0.99
    assert np.median(cleaned[lines == 0]) < 40
    assert np.abs(cleaned.astype(int) - lines).mean() < 3


def test_a_large_black_area_stays_black_on_unevenly_lit_paper() -> None:
    lines = line_art()
    lines[100:300, 150:400] = 0
    x = np.mgrid[:SIZE, :SIZE][1] / SIZE
    cleaned = normalise_scan(eight_bit(lines * (0.65 + 0.3 * x) + noise(3)))
    assert cleaned[110:290, 160:390].max() < 40
    assert (cleaned[lines == 255] >= 250).mean() > 0.99


def test_pale_coloured_ink_becomes_dark() -> None:
    lines = line_art().astype(np.float64) / 255
    blue = np.dstack([eight_bit(255 - (1 - lines) * strength) for strength in (115, 60, 0)])
    cleaned = normalise_scan(blue)
    assert np.median(cleaned[lines == 0]) < 20
    assert cleaned[lines == 1].min() == 255


@pytest.mark.parametrize("shape", [(1, 1), (1, 1, 3), (1, 1, 4), (2, 3), (1, 700), (700, 1)])
@pytest.mark.parametrize("value", [0, 120, 255])
def test_any_size_and_any_flat_tone_is_taken(shape: tuple[int, ...], value: int) -> None:
    cleaned = normalise_scan(np.full(shape, value, np.uint8))
    assert cleaned.shape == shape[:2] and cleaned.dtype == np.uint8


def test_no_opaque_pixel_at_all_is_blank_paper() -> None:
    assert (normalise_scan(np.zeros((20, 20, 4), np.uint8)) == 255).all()


@pytest.mark.parametrize("picture", [np.zeros((4, 4)), np.zeros((4, 4, 2), np.uint8), np.zeros((0, 4), np.uint8)])
def test_arrays_that_are_no_scan_are_refused(picture: np.ndarray) -> None:
    with pytest.raises(ValueError, match="scan"):
        normalise_scan(picture)


def test_suggested_levels_leave_clean_lines_alone_and_turn_bare_paper_white() -> None:
    assert suggest_levels(line_art(2000)) == Levels()
    assert suggest_levels(np.full((50, 50), 255, np.uint8)) == Levels()
    assert suggest_levels(np.full((1, 1), 130, np.uint8)) == Levels(0, 130)


def test_suggested_levels_bring_pencil_on_grainy_paper_to_black_on_white() -> None:
    lines = line_art()
    scan = eight_bit(225 - (255.0 - lines) * 0.5 + noise(5))
    levels = suggest_levels(scan)
    assert 70 < levels.black < 130 < levels.white < 225
    seen = apply_levels(scan, levels)
    assert (seen[lines == 255] == 255).mean() > 0.98
    assert np.median(seen[lines == 0]) < 30


def test_a_4096_pixel_scan_takes_a_moment() -> None:
    size = 4096
    x = np.linspace(0.7, 0.95, size)[None, :]
    lines = cv2.resize(line_art(), (size, size), interpolation=cv2.INTER_LINEAR)
    scan = (lines * x).astype(np.uint8)
    began = time.perf_counter()
    normalise_scan(scan)
    assert time.perf_counter() - began < 2.0  # 0.15 s on an idle machine; a busy one is granted more.
