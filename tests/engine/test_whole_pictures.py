"""Line art coloured by networks that see the whole drawing: what holds for `live` holds for them, and noise repeats."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from linepaint.engine import CheckpointError, Colorizer, OutOfMemory, Stale
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.imaging.opencv import cv2
from linepaint.networks.scribbler import Scribbler
from linepaint.networks.unet import UNet

Write = Callable[..., CheckpointInfo]
RED, GREEN, BLUE, YELLOW = (220, 30, 40), (40, 180, 70), (30, 60, 210), (240, 220, 40)
KINDS = (("unet", 1), ("unet", 5), ("encoder-decoder", 5), ("scribbler", 1), ("scribbler", 5))


@pytest.fixture(params=KINDS, ids=lambda kind: f"{kind[0]}-{kind[1]}")
def colorizer(request: pytest.FixtureRequest, whole: Write) -> Colorizer:
    """Networks with and without noise, with and without hints."""
    architecture, channels_in = request.param
    return Colorizer.load(whole(architecture, Mode.LINEART, channels_in).path, "cpu")


def no_hints(lines: np.ndarray) -> np.ndarray:
    return np.zeros((*lines.shape, 4), np.uint8)


def dabs(lines: np.ndarray, *marks: tuple[int, int, tuple[int, int, int]]) -> np.ndarray:
    hints = no_hints(lines)
    for x, y, color in marks:
        cv2.circle(hints, (x, y), 8, (*color, 255), -1)
    return hints


@pytest.fixture
def hints(drawing: np.ndarray) -> np.ndarray:
    return dabs(drawing, (80, 70, RED), (240, 80, GREEN), (85, 190, BLUE), (170, 130, YELLOW))


def off_by(colors: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The largest difference of a channel, pixel by pixel."""
    return np.abs(colors[..., :3].astype(int) - wanted[..., :3].astype(int)).max(axis=-1)


def test_what_you_paint_is_what_you_get(colorizer: Colorizer, drawing: np.ndarray, hints: np.ndarray) -> None:
    under = (hints[..., 3] > 0) & (drawing > 250)
    session = colorizer.open(drawing)
    for draft in (True, False):
        colors = session.color_layer(hints, draft=draft)
        assert np.median(off_by(colors, hints)[under]) <= 3
        assert off_by(colors, hints)[80, 240] <= 3, "red, green and blue in that order"


def test_a_hint_draws_its_whole_region_to_its_tone(
    colorizer: Colorizer, drawing: np.ndarray, hints: np.ndarray
) -> None:
    """However loud a network is, and even if it is blind to hints."""
    session = colorizer.open(drawing)
    plain, colors = session.color_layer(no_hints(drawing)), session.color_layer(hints)
    for area, color in (((slice(155, 226), slice(35, 136)), BLUE), ((slice(40, 100), slice(50, 110)), RED)):
        off, was_off = (np.abs(c[area].reshape(-1, 3).mean(axis=0) - color).max() for c in (colors, plain))
        assert off < 0.5 * was_off


@pytest.mark.parametrize("architecture", ["unet", "scribbler"])
def test_another_colour_inside_an_outline_changes_nothing_outside(
    whole: Write, architecture: str, drawing: np.ndarray
) -> None:
    """By the anchoring, that is; so the network is one that sees no hints."""
    session = Colorizer.load(whole(architecture, Mode.LINEART, 1).path, "cpu").open(drawing)
    red, blue = (session.color_layer(dabs(drawing, (85, 190, c), (5, 5, GREEN))).astype(int) for c in (RED, BLUE))
    outside = (slice(236, 260), slice(0, 190))
    assert np.abs(red - blue)[outside].max() <= 1
    assert np.abs(red - blue)[160:220, 40:130].mean() > 50


def test_the_networks_own_picture_shows_where_nobody_painted(colorizer: Colorizer, drawing: np.ndarray) -> None:
    colors = colorizer.open(drawing).color_layer(no_hints(drawing))
    assert colors.std() > 8, "it has opinions"


def test_lines_are_left_as_they_are(colorizer: Colorizer, drawing: np.ndarray, hints: np.ndarray) -> None:
    session = colorizer.open(drawing)
    picture = session.preview(hints)
    assert not picture[drawing == 0].any()
    assert np.array_equal(picture[drawing == 255], session.colors[drawing == 255])


def test_the_same_seed_gives_the_same_bytes(colorizer: Colorizer, drawing: np.ndarray, hints: np.ndarray) -> None:
    session = colorizer.open(drawing)
    first = session.preview(hints)
    session.preview(hints[:, ::-1].copy(), draft=True)
    assert np.array_equal(session.preview(hints), first)
    again = Colorizer.load(colorizer.info.path, "cpu", seed=colorizer.seed)
    torch.rand(3)
    assert np.array_equal(again.colorize(drawing, hints), first)


@pytest.mark.parametrize(
    ("architecture", "is_noisy"), [("unet", True), ("encoder-decoder", True), ("scribbler", False)]
)
def test_another_seed_gives_another_picture_where_there_is_noise(
    whole: Write, drawing: np.ndarray, architecture: str, is_noisy: bool
) -> None:
    path = whole(architecture, Mode.LINEART, 1).path
    first, other = (Colorizer.load(path, "cpu", seed=s).colorize(drawing).astype(int) for s in (0, 7))
    assert bool((first != other).any()) == is_noisy
    assert not is_noisy or np.abs(first - other).mean() > 2


@pytest.mark.parametrize("seed", [-(2**63), 2**64 - 1])
def test_every_seed_that_a_document_can_hold_will_do(whole: Write, drawing: np.ndarray, seed: int) -> None:
    Colorizer.load(whole("unet", Mode.LINEART, 1).path, "cpu", seed=seed).colorize(drawing)


def test_noise_leaves_the_stream_of_random_numbers_alone(whole: Write, drawing: np.ndarray) -> None:
    colorizer = Colorizer.load(whole("unet", Mode.LINEART, 1).path, "cpu")
    torch.manual_seed(11)
    expected = torch.rand(4)
    torch.manual_seed(11)
    colorizer.colorize(drawing)
    assert torch.equal(torch.rand(4), expected)


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (37, 53), (150, 401), (900, 300)])
@pytest.mark.parametrize("architecture", ["unet", "scribbler"])
def test_any_size_is_coloured_at_that_size(whole: Write, architecture: str, size: tuple[int, int]) -> None:
    lines = np.full(size, 255, np.uint8)
    hints = no_hints(lines)
    hints[: max(1, size[0] // 4), : max(1, size[1] // 4)] = (*RED, 255)
    session = Colorizer.load(whole(architecture, Mode.LINEART, 5).path, "cpu").open(lines)
    for draft in (True, False):
        colors = session.color_layer(hints, draft=draft)
        assert colors.shape == (*size, 3) and colors.dtype == np.uint8
        assert off_by(colors, np.array(RED))[0, 0] <= 3


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The shape of everything that a U-Net or Scribbler is given from now on."""
    shapes: list[tuple[int, ...]] = []
    for network in (UNet, Scribbler):

        def watched(
            self: torch.nn.Module, x: torch.Tensor, forward: Callable[..., torch.Tensor] = network.forward
        ) -> torch.Tensor:
            shapes.append(tuple(x.shape))
            return forward(self, x)

        monkeypatch.setattr(network, "forward", watched)
    return shapes


def test_a_network_works_at_the_size_it_was_trained_at(
    whole: Write, drawing: np.ndarray, seen: list[tuple[int, ...]]
) -> None:
    colorizer = Colorizer.load(whole("scribbler", Mode.LINEART, 5, size=224).path, "cpu")
    hints = no_hints(drawing)
    session = colorizer.open(drawing)
    session.color_layer(hints)
    session.color_layer(hints, draft=True)
    colorizer.open(drawing, size=100).color_layer(hints)
    assert seen == [(1, 5, 176, 224), (1, 5, 152, 192), (1, 5, 80, 104)], "padded to multiples of its stride"


def test_a_draft_is_never_finer_than_the_final_picture(
    whole: Write, drawing: np.ndarray, seen: list[tuple[int, ...]]
) -> None:
    session = Colorizer.load(whole("unet", Mode.LINEART, 1, size=128).path, "cpu").open(drawing)
    final, draft = (session.color_layer(no_hints(drawing), draft=draft) for draft in (False, True))
    assert np.array_equal(final, draft)
    assert seen == [(1, 1, 128, 128)]


@pytest.mark.parametrize(("channels_in", "runs"), [(1, 1), (5, 3)])
def test_a_network_that_sees_no_hints_runs_once_for_a_drawing(
    whole: Write,
    drawing: np.ndarray,
    hints: np.ndarray,
    seen: list[tuple[int, ...]],
    channels_in: int,
    runs: int,
) -> None:
    session = Colorizer.load(whole("unet", Mode.LINEART, channels_in).path, "cpu").open(drawing)
    for mirror in (1, -1, 1):
        session.color_layer(hints[::mirror].copy())
    assert len(seen) == runs


def test_work_that_is_overtaken_stops_and_leaves_the_layer(
    colorizer: Colorizer, drawing: np.ndarray, hints: np.ndarray
) -> None:
    session = colorizer.open(drawing)
    before = session.color_layer(hints)
    for stage in range(1, 5):
        questions = iter(range(1, 100))
        with pytest.raises(Stale):
            session.color_layer(
                no_hints(drawing), is_stale=lambda stage=stage, questions=questions: next(questions) >= stage
            )
        assert np.array_equal(session.colors, before)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory: you tried …"),
    ],
    ids=["python", "gpu", "cpu"],
)
def test_too_little_memory_is_said_plainly(
    whole: Write, drawing: np.ndarray, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Colorizer.load(whole("unet", Mode.LINEART, 1).path, "cpu").open(drawing)

    def too_large(*_: object) -> None:
        raise error

    monkeypatch.setattr(UNet, "forward", too_large)
    with pytest.raises(OutOfMemory, match="not enough memory"):
        session.color_layer(no_hints(drawing))


def test_a_fault_that_is_no_lack_of_memory_is_not_called_one(
    whole: Write, drawing: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    monkeypatch.setattr(UNet, "forward", broken)
    with pytest.raises(RuntimeError, match="mat1"):
        Colorizer.load(whole("unet", Mode.LINEART, 1).path, "cpu").colorize(drawing)


@pytest.mark.parametrize(
    ("mode", "channels_in", "channels_out"),
    [
        (Mode.LINEART, 3, 3),
        (Mode.LINEART, 4, 3),
        (Mode.LINEART, 1, 1),
        (Mode.GRAYSCALE, 2, 3),
        (Mode.PICTURE, 1, 3),
        (Mode.PICTURE, 3, 1),
    ],
)
def test_a_network_whose_channels_do_not_suit_its_mode_is_refused(
    whole: Write, mode: Mode, channels_in: int, channels_out: int
) -> None:
    info = whole("unet", mode, channels_in, channels_out)
    with pytest.raises(CheckpointError, match=rf"{info.path.name} .* turns {channels_in} channels into {channels_out}"):
        Colorizer.load(info.path, "cpu")
