"""Gray pictures under the pen: a live network corrects the hints' flood along the tones, and the tones stay."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from linepaint.engine import CheckpointError, Colorizer, EngineError, Stale
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.engine.session import DRAFT_PX
from linepaint.imaging.chroma import with_chroma
from linepaint.imaging.opencv import cv2
from linepaint.imaging.tone_flood import flood_by_tone, flooded_chroma, tone_graph
from linepaint.networks.live import LineEncoder

Write = Callable[..., CheckpointInfo]
RED, GREEN, BLUE = (220, 30, 40), (40, 180, 70), (30, 60, 210)
LUMA = np.array([0.299, 0.587, 0.114])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gray")


@pytest.fixture
def flood(folder: Path, checkpoint_at: Write) -> Colorizer:
    """An untrained network, which adds nothing."""
    return Colorizer.load(checkpoint_at(folder / "flood.safetensors", mode=Mode.GRAYSCALE).path, "cpu")


@pytest.fixture
def loud(folder: Path, checkpoint_at: Write) -> Colorizer:
    """A network that adds nonsense everywhere."""
    return Colorizer.load(checkpoint_at(folder / "loud.safetensors", 0.2, Mode.GRAYSCALE).path, "cpu")


def hinted(gray: np.ndarray, *marks: tuple[int, int, tuple[int, int, int]]) -> np.ndarray:
    hints = np.zeros((*gray.shape, 4), np.uint8)
    for x, y, color in marks:
        cv2.circle(hints, (x, y), 6, (*color, 255), -1)
    return hints


def chroma(colors: np.ndarray) -> np.ndarray:
    """In units of 1/255, float [..., 3]."""
    values = colors[..., :3].astype(float)
    return values - (values @ LUMA)[..., None]


def test_every_pixel_stays_as_light_as_it_was(loud: Colorizer, gray: np.ndarray) -> None:
    """To the rounding of three channels, whatever the network adds and the hints ask for."""
    session = loud.open(gray)
    for hints in (hinted(gray), hinted(gray, (200, 150, BLUE), (20, 20, RED))):
        for draft in (True, False):
            picture = session.preview(hints, draft=draft)
            assert picture.shape == (*gray.shape, 3) and picture.dtype == np.uint8
            assert np.abs(picture @ LUMA - gray).max() <= 0.5 + 1e-3
            assert np.ptp(picture, axis=2).mean() > 5, "there is colour"
            assert np.array_equal(picture, session.colors), "the colour layer is the whole picture"


def test_noise_and_extremes_keep_their_luma_too(loud: Colorizer) -> None:
    gray = np.random.default_rng(0).integers(0, 256, (130, 211), dtype=np.uint8)
    gray[:40], gray[-40:] = 0, 255
    picture = loud.colorize(gray, hinted(gray, (100, 20, RED), (100, 115, GREEN), (60, 65, BLUE)))
    assert np.abs(picture @ LUMA - gray).max() <= 0.5 + 1e-3
    assert not picture[:40].any() and (picture[-40:] == 255).all(), "black and white have no room for colour"


def test_what_you_paint_is_what_you_get(loud: Colorizer) -> None:
    gray = np.full((300, 400), 120, np.uint8)
    hints = hinted(gray, (90, 80, (150, 100, 110)), (300, 220, (90, 130, 160)))
    session = loud.open(gray)
    under = hints[..., 3] > 0
    for draft in (True, False):
        picture = session.preview(hints, draft=draft)
        assert np.abs(chroma(picture) - chroma(hints))[under].max() <= 2


def test_a_hint_draws_its_tone_to_its_colour(loud: Colorizer, gray: np.ndarray) -> None:
    """However loud the network is: the whole ball turns, and the ground keeps what it has."""
    session = loud.open(gray)
    red, blue = (chroma(session.color_layer(hinted(gray, (200, 90, c), (20, 20, GREEN)))) for c in (RED, BLUE))
    change = np.linalg.norm(red - blue, axis=2)
    assert change[110:190, 160:240].mean() > 25
    assert change[260:, :].mean() < 0.3 * change[110:190, 160:240].mean()


def test_without_hints_an_untrained_one_leaves_the_picture_gray(flood: Colorizer, gray: np.ndarray) -> None:
    session = flood.open(gray)
    for draft in (True, False):
        assert (session.preview(hinted(gray), draft=draft) == gray[..., None]).all()


def test_without_hints_a_trained_one_colours_by_itself(loud: Colorizer, gray: np.ndarray) -> None:
    assert np.ptp(loud.colorize(gray), axis=2).mean() > 5


def test_an_untrained_one_gives_the_flood_along_the_tones(flood: Colorizer) -> None:
    """Training starts from it, and is spent on what it cannot do."""
    gray = np.full((150, 200), 90, np.uint8)
    gray[:, 100:] = 170
    hints = hinted(gray, (30, 75, (120, 75, 70)), (170, 40, (150, 178, 190)))
    plain = with_chroma(gray, flooded_chroma(*flood_by_tone(tone_graph(gray), hints), hints))
    picture = flood.colorize(gray, hints)
    off = np.abs(picture.astype(int) - plain)
    assert np.ptp(plain, axis=2)[:, 95].min() > 10, "the colour comes as far as the edge"
    assert off.mean() < 1 and np.percentile(off, 99) <= 3


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (37, 53), (300, 1100), (900, 31)])
def test_any_size_will_do(loud: Colorizer, size: tuple[int, int]) -> None:
    gray = np.full(size, 128, np.uint8)
    hints = np.zeros((*size, 4), np.uint8)
    hints[0, 0] = (160, 110, 120, 255)
    session = loud.open(gray)
    for draft in (True, False):
        picture = session.preview(hints, draft=draft)
        assert picture.shape == (*size, 3)
        assert np.abs(picture @ LUMA - gray).max() <= 0.5 + 1e-3
        assert np.abs(chroma(picture)[0, 0] - chroma(hints)[0, 0]).max() <= 2


def test_the_same_input_gives_the_same_bytes_whatever_was_painted_before(loud: Colorizer, gray: np.ndarray) -> None:
    hints = hinted(gray, (200, 150, BLUE), (20, 20, RED))
    session = loud.open(gray)
    first = session.color_layer(hints)
    session.color_layer(hinted(gray, (300, 250, GREEN)), draft=True)
    assert np.array_equal(session.color_layer(hints), first)
    assert np.array_equal(loud.open(gray).color_layer(hints), first)


def test_the_network_reads_darkness_once_for_each_size(
    loud: Colorizer, gray: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    """White is to it what paper is in a drawing: nothing. A stroke costs it no second reading."""
    seen: list[Tensor] = []
    encode = LineEncoder.forward

    def recorded(encoder: LineEncoder, source: Tensor) -> list[Tensor]:
        seen.append(source)
        return encode(encoder, source)

    monkeypatch.setattr(LineEncoder, "forward", recorded)
    small = gray[:160, :192]
    session = loud.open(small, size=256)
    for x in (20, 60, 100):
        for draft in (True, False):
            session.color_layer(hinted(small, (x, 40, RED)), draft=draft)
    assert 1 <= len(seen) <= 2, "not once for each of six strokes"
    assert torch.allclose(seen[0][0, 0, :160, :192], 1 - torch.from_numpy(small / 255).float())


def test_a_draft_is_made_at_a_smaller_size(loud: Colorizer, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    encode = LineEncoder.forward

    def recorded(encoder: LineEncoder, source: Tensor) -> list[Tensor]:
        sizes.append(max(source.shape[2:]))
        return encode(encoder, source)

    monkeypatch.setattr(LineEncoder, "forward", recorded)
    gray = np.full((400, 640), 128, np.uint8)
    for size, expected in ((None, [DRAFT_PX, 256]), (320, [DRAFT_PX, 320]), (96, [96])):
        sizes.clear()
        session = loud.open(gray, size)
        session.color_layer(hinted(gray), draft=True)
        session.color_layer(hinted(gray))
        assert sizes == expected


def test_what_has_become_pointless_is_given_up(loud: Colorizer, gray: np.ndarray) -> None:
    session = loud.open(gray)
    before = session.color_layer(hinted(gray))
    with pytest.raises(Stale):
        session.color_layer(hinted(gray, (200, 150, RED)), is_stale=lambda: True)
    assert np.array_equal(session.colors, before)


def test_suggestions_are_for_line_drawings(loud: Colorizer, gray: np.ndarray) -> None:
    with pytest.raises(EngineError, match="for line drawings"):
        loud.open(gray).suggest_places(hinted(gray), 3)


def test_a_live_checkpoint_says_whether_it_is_for_lines_or_for_gray(
    tmp_path: Path, checkpoint_at: Write, gray: np.ndarray
) -> None:
    info = checkpoint_at(tmp_path / "gray.safetensors", mode=Mode.GRAYSCALE)
    assert Colorizer.load(info.path, "cpu").mode is Mode.GRAYSCALE
    assert Colorizer.load(info.path, "cpu", mode=Mode.GRAYSCALE).mode is Mode.GRAYSCALE
    with pytest.raises(CheckpointError, match="for grayscale, not for lineart"):
        Colorizer.load(info.path, "cpu", mode=Mode.LINEART)


@pytest.mark.parametrize(
    ("wrong", "asked", "reason"),
    [
        (Mode.SCAN, None, "it draws lines and gives no colour"),
        (Mode.SCAN, Mode.SCAN, "live network colours line art and gray pictures only"),
        (Mode.PICTURE, None, "live network colours line art and gray pictures only"),
    ],
)
def test_a_live_network_for_anything_else_is_refused(
    tmp_path: Path, checkpoint_at: Write, wrong: Mode, asked: Mode | None, reason: str
) -> None:
    info = checkpoint_at(tmp_path / "odd.safetensors", mode=wrong)
    with pytest.raises(CheckpointError, match=reason):
        Colorizer.load(info.path, "cpu", mode=asked)
