"""Gray pictures coloured: how light each pixel is stays, hints give the hue, and it runs along even tones."""

from collections.abc import Callable

import numpy as np
import pytest

from linepaint.engine import Colorizer
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.imaging.opencv import cv2

Write = Callable[..., CheckpointInfo]
RED, GREEN, BLUE = (220, 30, 40), (40, 180, 70), (30, 60, 210)


@pytest.fixture(params=[("unet", 1), ("unet", 5), ("scribbler", 5)], ids=lambda kind: f"{kind[0]}-{kind[1]}")
def colorizer(request: pytest.FixtureRequest, whole: Write) -> Colorizer:
    architecture, channels_in = request.param
    return Colorizer.load(whole(architecture, Mode.GRAYSCALE, channels_in).path, "cpu")


def hinted(gray: np.ndarray, *marks: tuple[int, int, tuple[int, int, int]]) -> np.ndarray:
    hints = np.zeros((*gray.shape, 4), np.uint8)
    for x, y, color in marks:
        cv2.circle(hints, (x, y), 8, (*color, 255), -1)
    return hints


def luma(picture: np.ndarray) -> np.ndarray:
    return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(int)


def chroma(colors: np.ndarray) -> np.ndarray:
    weights = np.array([0.299, 0.587, 0.114])
    values = colors[..., :3].astype(float)
    return values - (values @ weights)[..., None]


def test_every_pixel_stays_as_light_as_it_was(colorizer: Colorizer, gray: np.ndarray) -> None:
    session = colorizer.open(gray)
    for hints in (hinted(gray), hinted(gray, (200, 150, BLUE), (20, 20, RED))):
        for draft in (True, False):
            picture = session.preview(hints, draft=draft)
            assert picture.shape == (*gray.shape, 3) and picture.dtype == np.uint8
            assert np.abs(luma(picture) - gray).max() <= 1
            assert np.ptp(picture, axis=2).max() > 20, "there is colour"


def test_noise_and_extremes_keep_their_luma_too(colorizer: Colorizer) -> None:
    gray = np.random.default_rng(0).integers(0, 256, (230, 311), dtype=np.uint8)
    gray[:40], gray[-40:] = 0, 255
    picture = colorizer.colorize(gray, hinted(gray, (100, 20, RED), (100, 215, GREEN)))
    assert np.abs(luma(picture) - gray).max() <= 1
    assert not picture[:40].any() and (picture[-40:] == 255).all(), "black and white have no room for colour"


def test_under_a_hint_lies_the_hints_chroma(colorizer: Colorizer) -> None:
    gray = np.full((300, 400), 120, np.uint8)
    hints = hinted(gray, (90, 80, (150, 100, 110)), (300, 220, (90, 130, 160)))
    picture = colorizer.colorize(gray, hints)
    under = hints[..., 3] > 0
    assert np.abs(chroma(picture) - chroma(hints))[under].max() <= 2


def test_a_hint_outside_the_gamut_keeps_its_hue(colorizer: Colorizer, gray: np.ndarray) -> None:
    hints = hinted(gray, (200, 150, RED))
    picture = colorizer.colorize(gray, hints)
    under = hints[..., 3] > 0
    got, wanted = chroma(picture)[under], chroma(hints)[under]
    cosine = (got * wanted).sum(axis=1) / np.linalg.norm(got, axis=1) / np.linalg.norm(wanted, axis=1)
    assert cosine.min() > 0.995


def test_a_hints_colour_runs_along_its_tone_and_stops_at_the_edge(whole: Write, gray: np.ndarray) -> None:
    """The network is one that sees no hints, so what changes is their own work."""
    session = Colorizer.load(whole("unet", Mode.GRAYSCALE, 1).path, "cpu").open(gray)
    red, blue = (chroma(session.color_layer(hinted(gray, (200, 90, c), (20, 20, GREEN)))) for c in (RED, BLUE))
    change = np.linalg.norm(red - blue, axis=2)
    assert change[110:190, 160:240].mean() > 30, "the whole ball"
    assert change[260:, :].mean() < 2 and change[:, 320:].mean() < 2, "not the ground"


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (37, 53), (300, 1100), (1500, 500)])
def test_any_size_will_do(colorizer: Colorizer, size: tuple[int, int]) -> None:
    gray = np.full(size, 128, np.uint8)
    hints = np.zeros((*size, 4), np.uint8)
    hints[0, 0] = (160, 110, 120, 255)
    session = colorizer.open(gray)
    for draft in (True, False):
        picture = session.preview(hints, draft=draft)
        assert picture.shape == (*size, 3)
        assert np.abs(luma(picture) - gray).max() <= 1
        assert np.abs(chroma(picture)[0, 0] - chroma(hints)[0, 0]).max() <= 2


def test_the_same_seed_gives_the_same_bytes_and_another_another_picture(whole: Write, gray: np.ndarray) -> None:
    path = whole("unet", Mode.GRAYSCALE, 1).path
    first, again, other = (Colorizer.load(path, "cpu", seed=seed).colorize(gray) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert np.abs(first.astype(int) - other).mean() > 1


def test_the_colour_layer_is_the_whole_result(colorizer: Colorizer, gray: np.ndarray) -> None:
    session = colorizer.open(gray)
    assert (session.colors == 255).all()
    assert np.array_equal(session.preview(hinted(gray)), session.colors)


def test_the_source_is_not_written_to(colorizer: Colorizer, gray: np.ndarray) -> None:
    before, hints = gray.copy(), hinted(gray, (200, 150, RED))
    hints.flags.writeable = gray.flags.writeable = False
    colorizer.colorize(gray, hints)
    assert np.array_equal(gray, before)


def test_what_is_no_gray_picture_is_refused(colorizer: Colorizer) -> None:
    for wrong in (np.zeros((20, 20, 3), np.uint8), np.zeros((20, 20), np.float32), np.zeros((0, 20), np.uint8)):
        with pytest.raises(ValueError, match="gray must be uint8"):
            colorizer.open(wrong)
    with pytest.raises(ValueError, match="hints must have the drawing's size"):
        colorizer.open(np.zeros((20, 20), np.uint8)).color_layer(np.zeros((20, 21, 4), np.uint8))
