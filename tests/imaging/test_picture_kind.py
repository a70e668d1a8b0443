"""What a picture is taken for: drawings of every kind, gray pictures and colourings told apart."""

from collections.abc import Callable
from time import perf_counter

import numpy as np
import pytest
from linepaint.trainer.data.augmentation.linework import pencil, scan, sketchy
from linepaint.trainer.drawings import Drawing, draw

from linepaint.imaging.opencv import cv2
from linepaint.imaging.picture_kind import PictureKind, guess_kind, measure

SEEDS = range(5)
LINES, GRAY, COLOR = PictureKind

Treatment = Callable[[np.ndarray], np.ndarray]


@pytest.fixture(scope="module")
def drawings() -> list[Drawing]:
    return [draw(seed, 320, "figure") for seed in SEEDS]


def random() -> np.random.Generator:
    return np.random.default_rng(3)


def rgb(gray: np.ndarray) -> np.ndarray:
    return np.repeat(gray[..., None], 3, axis=2)


def tinted(gray: np.ndarray, paper: tuple[int, int, int] = (236, 218, 176)) -> np.ndarray:
    return (rgb(gray) / 255 * paper).astype(np.uint8)


def lit_from_the_left(picture: np.ndarray) -> np.ndarray:
    light = np.linspace(1, 0.55, picture.shape[1])
    noisy = picture * (light if picture.ndim == 2 else light[:, None]) + random().normal(0, 3, picture.shape)
    return noisy.clip(0, 255).astype(np.uint8)


def in_ink(lines: np.ndarray, ink: tuple[int, int, int]) -> np.ndarray:
    share = lines[..., None] / 255
    return (share * 255 + (1 - share) * ink).astype(np.uint8)


def on_nothing(lines: np.ndarray) -> np.ndarray:
    return np.dstack([np.zeros((*lines.shape, 3), np.uint8), 255 - lines])


def enlarged(picture: np.ndarray) -> np.ndarray:
    return cv2.resize(picture, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)


def screened(gray: np.ndarray) -> np.ndarray:
    """In black dots on white, as printed."""
    large = enlarged(gray)
    y, x = np.mgrid[0 : large.shape[0], 0 : large.shape[1]]
    wave = (np.cos(2 * np.pi * (x + y) / 8) + np.cos(2 * np.pi * (x - y) / 8) + 2) / 4
    ranks = np.quantile(wave[:64, :64], np.linspace(0, 1, 256))
    return np.where(wave < ranks[large], 255, 0).astype(np.uint8)


def sepia(gray: np.ndarray) -> np.ndarray:
    return np.minimum(gray[..., None] * np.array([1.351, 1.203, 0.937]), 255).astype(np.uint8)


def as_jpeg(picture: np.ndarray) -> np.ndarray:
    """Grainy, and squeezed hard."""
    grainy = (picture + random().normal(0, 3, picture.shape)).clip(0, 255).astype(np.uint8)
    data = cv2.imencode(".jpg", grainy, [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def with_blacks_and_a_light_tone(drawing: Drawing) -> np.ndarray:
    """The two smallest forms of some size filled with black and with a light gray."""
    sizes = np.bincount(drawing.labels.ravel())
    fit = [label for label in np.argsort(sizes) if 0.004 < sizes[label] / drawing.labels.size < 0.06][:2]
    page = drawing.lines.copy()
    for label, tone in zip(fit, (0, 205), strict=False):
        page[drawing.labels == label] = np.minimum(page, tone)[drawing.labels == label]
    return page


DRAWN: dict[str, Treatment] = {
    "ink": lambda lines: lines,
    "large": enlarged,
    "sketch": lambda lines: sketchy(lines, random()),
    "pencil": lambda lines: pencil(lines, random()),
    "scan": lambda lines: scan(lines, random()),
    "yellowed paper": tinted,
    "pencil under a lamp": lambda lines: lit_from_the_left(tinted(pencil(lines, random()))),
    "blue pencil": lambda lines: in_ink(lines, (110, 150, 230)),
    "red ink": lambda lines: in_ink(lines, (200, 40, 40)),
    "white on black": lambda lines: 255 - lines,
    "ink on nothing": on_nothing,
    "16 bits": lambda lines: lines.astype(np.uint16) * 257,
}
TONED: dict[str, Treatment] = {
    "gray": lambda gray: gray,
    "gray in three channels": rgb,
    "sepia": sepia,
    "sepia as JPEG": lambda gray: as_jpeg(sepia(gray)),
    "yellowed": tinted,
    "grainy": lit_from_the_left,
    "screened": screened,
    "16 bits": lambda gray: gray.astype(np.uint16) * 257,
}


@pytest.mark.parametrize("treatment", DRAWN)
def test_drawings_by_any_pen_on_any_paper_are_line_art(drawings: list[Drawing], treatment: str) -> None:
    assert [guess_kind(DRAWN[treatment](drawing.lines)) for drawing in drawings] == [LINES] * len(drawings)


def test_solid_blacks_and_a_light_tone_leave_a_drawing_line_art(drawings: list[Drawing]) -> None:
    pages = [with_blacks_and_a_light_tone(drawing) for drawing in drawings]
    assert any((page == 205).mean() > 0.003 for page in pages)
    assert [guess_kind(page) for page in pages] == [LINES] * len(pages)


@pytest.mark.parametrize("treatment", TONED)
def test_pictures_in_tones_are_gray(treatment: str) -> None:
    landscapes = [cv2.cvtColor(draw(seed, 320, "landscape").color, cv2.COLOR_RGB2GRAY) for seed in SEEDS]
    assert [guess_kind(TONED[treatment](gray)) for gray in landscapes] == [GRAY] * len(landscapes)


def test_finished_colourings_are_colour(drawings: list[Drawing]) -> None:
    scenes = [draw(seed, 320, "landscape") for seed in SEEDS]
    clear = [np.dstack([d.color, np.where(d.labels == 0, 0, 255).astype(np.uint8)]) for d in drawings]
    for pictures in ([d.color for d in drawings], [d.color for d in scenes], clear):
        assert [guess_kind(picture) for picture in pictures] == [COLOR] * len(pictures)


@pytest.mark.parametrize("paper", [0, 128, 255])
def test_an_empty_page_is_line_art(paper: int) -> None:
    assert guess_kind(np.full((40, 60), paper, np.uint8)) is LINES
    assert guess_kind(np.full((1, 1, 4), paper, np.uint8)) is LINES


def test_shares_are_shares_and_size_hardly_matters(drawings: list[Drawing]) -> None:
    color = drawings[0].color
    small, large = measure(color), measure(enlarged(color))
    assert 0.02 < small.colored <= 1 and 0 < small.toned <= 1
    assert small.colored == pytest.approx(large.colored, abs=0.05)
    assert small.toned == pytest.approx(large.toned, abs=0.1)


def test_a_very_long_picture_and_arrays_of_another_kind() -> None:
    assert guess_kind(np.full((3, 20_000), 255, np.uint8)) is LINES
    for wrong in (np.zeros((4, 4)), np.zeros((4, 4, 2), np.uint8), np.zeros((0, 4), np.uint8)):
        with pytest.raises(ValueError, match=r"^A picture .*\.$"):
            guess_kind(wrong)


def test_a_large_picture_costs_little_more_than_shrinking_it() -> None:
    large = np.ascontiguousarray(np.broadcast_to(np.uint8(200), (4096, 4096)))

    def seconds(work: Callable[[], object]) -> float:
        times = []
        for _ in range(3):
            start = perf_counter()
            work()
            times.append(perf_counter() - start)
        return min(times)

    shrinking = seconds(lambda: cv2.resize(large, (384, 384), interpolation=cv2.INTER_AREA))
    whole = seconds(lambda: cv2.morphologyEx(large, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)))
    assert seconds(lambda: guess_kind(large)) < 4 * shrinking + 2 * whole
