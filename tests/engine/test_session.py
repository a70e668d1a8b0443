"""Colouring a drawing: hints are obeyed, lines hold, the same comes out again, and any size will do."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from linepaint.engine import Colorizer, DeviceError, OutOfMemory, Stale, available_devices
from linepaint.engine.catalog import CheckpointInfo
from linepaint.engine.session import DRAFT_PX
from linepaint.imaging.opencv import cv2
from linepaint.networks.live import HintDecoder, LineEncoder

RED, GREEN, BLUE = (220, 30, 40), (40, 180, 70), (30, 60, 210)
COLORS = (RED, GREEN, BLUE, (240, 220, 40), (90, 20, 110), (250, 200, 170))


def no_hints(lines: np.ndarray) -> np.ndarray:
    return np.zeros((*lines.shape, 4), np.uint8)


def dabs(lines: np.ndarray, *marks: tuple[int, int, tuple[int, int, int]], radius: int = 8) -> np.ndarray:
    """Hints: a round dab at each (x, y, colour)."""
    hints = no_hints(lines)
    for x, y, color in marks:
        cv2.circle(hints, (x, y), radius, (*color, 255), -1)
    return hints


@pytest.fixture
def hints(drawing: np.ndarray) -> np.ndarray:
    return dabs(drawing, (80, 70, RED), (240, 80, GREEN), (85, 190, BLUE), (170, 130, COLORS[3]))


@pytest.fixture(params=["filler", "scatterbrain"])
def colorizer(request: pytest.FixtureRequest) -> Colorizer:
    """What must hold for every network is tried with one that adds nothing and one that adds nonsense."""
    made = request.getfixturevalue(request.param)
    assert isinstance(made, Colorizer)
    return made


def off_by(colors: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The largest difference of a channel, pixel by pixel."""
    return np.abs(colors[..., :3].astype(int) - wanted[..., :3].astype(int)).max(axis=-1)


def test_under_a_hint_is_the_hints_colour(colorizer: Colorizer, drawing: np.ndarray, hints: np.ndarray) -> None:
    colors = colorizer.open(drawing).color_layer(hints)
    under = (hints[..., 3] > 0) & (drawing > 250)
    assert np.median(off_by(colors, hints)[under]) <= 3
    assert off_by(colors, hints)[80, 240] <= 3, "red, green and blue in that order"


@pytest.mark.parametrize("scale", [1, 3])
def test_many_hints_of_all_sizes_are_obeyed(colorizer: Colorizer, drawing: np.ndarray, scale: int) -> None:
    lines = cv2.resize(drawing, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    random = np.random.default_rng(4)
    hints = no_hints(lines)
    for i in range(24):
        x, y = (int(random.integers(10, side - 10)) for side in (lines.shape[1], lines.shape[0]))
        cv2.circle(hints, (x, y), int(random.integers(4, 12)) * scale, (*COLORS[i % len(COLORS)], 255), -1)
    under = (hints[..., 3] > 0) & (cv2.erode(lines, np.ones((5, 5), np.uint8)) > 250)
    assert np.median(off_by(colorizer.open(lines).color_layer(hints), hints)[under]) <= 3


def test_colour_fills_its_outline_and_stops_there(filler: Colorizer) -> None:
    """At full size, which is larger than any size the engine works at."""
    lines = np.full((1100, 1500), 255, np.uint8)
    cv2.ellipse(lines, (750, 550), (500, 350), 10, 0, 360, 0, 5, cv2.LINE_AA)
    inside = np.zeros_like(lines)
    cv2.ellipse(inside, (750, 550), (500, 350), 10, 0, 360, 1, -1)
    hints = dabs(lines, (750, 550, RED), (60, 60, GREEN), radius=15)
    session = filler.open(lines)
    picture = session.preview(hints)
    paper = lines == 255
    assert off_by(picture, np.array(RED))[(inside == 1) & paper].max() <= 3
    assert off_by(picture, np.array(GREEN))[(inside == 0) & paper].max() <= 3


def test_even_nonsense_does_not_make_a_hint_spill_over_a_line(scatterbrain: Colorizer, drawing: np.ndarray) -> None:
    """Another colour inside an outline changes nothing outside it beyond what the network itself makes of it."""
    outside = (slice(240, 260), slice(0, 190))
    session = scatterbrain.open(drawing)
    both = [session.color_layer(dabs(drawing, (85, 190, c), (5, 5, GREEN)))[outside].astype(int) for c in (RED, BLUE)]
    inside = [session.color_layer(dabs(drawing, (85, 190, c), (5, 5, GREEN)))[200, 60].astype(int) for c in (RED, BLUE)]
    assert np.abs(both[0] - both[1]).mean() < 0.25 * np.abs(inside[0] - inside[1]).mean()


def test_an_area_takes_its_hints_tone_whatever_the_network_would_like(
    scatterbrain: Colorizer, drawing: np.ndarray, hints: np.ndarray
) -> None:
    colors = scatterbrain.open(drawing).color_layer(hints)
    for area, color in (((slice(155, 226), slice(35, 136)), BLUE), ((slice(40, 100), slice(50, 110)), RED)):
        assert np.abs(colors[area].reshape(-1, 3).mean(axis=0) - color).max() < 25


def test_what_the_network_adds_does_not_leak_over_a_line_of_one_pixel(
    filler: Colorizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It works on a smaller picture, where that line is a fraction of a pixel."""

    def dark_on_the_left(
        _: HintDecoder, __: list[torch.Tensor], hints: torch.Tensor, ___: torch.Tensor
    ) -> torch.Tensor:
        correction = torch.zeros(1, 3, *hints.shape[2:])
        correction[..., : 384 * DRAFT_PX // 768] = -0.5
        return correction

    monkeypatch.setattr(HintDecoder, "forward", dark_on_the_left)
    lines = np.full((600, 768), 255, np.uint8)
    lines[:, 384] = 0
    colors = filler.open(lines).color_layer(no_hints(lines), draft=True)
    assert colors[:, :384].max() <= 129
    assert colors[:, 385:].min() >= 254


def test_lines_are_left_as_they_are(colorizer: Colorizer, drawing: np.ndarray, hints: np.ndarray) -> None:
    session = colorizer.open(drawing)
    picture = session.preview(hints)
    assert picture.shape == (*drawing.shape, 3) and picture.dtype == np.uint8
    assert not picture[drawing == 0].any()
    assert np.array_equal(picture[drawing == 255], session.colors[drawing == 255])
    expected = np.rint(session.colors / 255 * drawing[..., None])
    assert np.abs(picture - expected).max() <= 1


def test_no_hints_leave_the_page_to_the_network(filler: Colorizer, drawing: np.ndarray) -> None:
    session = filler.open(drawing)
    assert (session.color_layer(no_hints(drawing)) == 255).all()
    assert np.array_equal(filler.colorize(drawing), session.preview(no_hints(drawing)))


def test_hints_on_ink_are_ignored(filler: Colorizer, drawing: np.ndarray) -> None:
    hints = no_hints(drawing)
    hints[drawing == 0] = (*RED, 255)
    assert (filler.open(drawing).color_layer(hints)[drawing == 255] == 255).all()


def test_faint_hints_do_not_count(filler: Colorizer, drawing: np.ndarray, hints: np.ndarray) -> None:
    hints[..., 3] //= 3
    assert (filler.open(drawing).color_layer(hints) == 255).all()


def test_before_the_first_preview_the_layer_is_white(filler: Colorizer, drawing: np.ndarray) -> None:
    assert (filler.open(drawing).colors == 255).all()


def test_the_same_hints_give_the_same_bytes_whatever_was_painted_before(
    scatterbrain: Colorizer, opinionated: CheckpointInfo, drawing: np.ndarray, hints: np.ndarray
) -> None:
    session = scatterbrain.open(drawing)
    first = session.preview(hints)
    session.preview(hints[:, ::-1].copy(), draft=True)
    assert np.array_equal(session.preview(hints), first)
    assert np.array_equal(scatterbrain.open(drawing).preview(hints), first)
    assert np.array_equal(Colorizer.load(opinionated.path, "cpu").colorize(drawing, hints), first)


def test_lines_and_hints_are_not_written_to(scatterbrain: Colorizer, drawing: np.ndarray, hints: np.ndarray) -> None:
    lines_before, hints_before = drawing.copy(), hints.copy()
    hints.flags.writeable = False
    scatterbrain.colorize(drawing, hints)
    assert np.array_equal(drawing, lines_before) and np.array_equal(hints, hints_before)


def test_a_view_of_an_array_is_coloured_like_its_copy(
    scatterbrain: Colorizer, drawing: np.ndarray, hints: np.ndarray
) -> None:
    mirrored = scatterbrain.colorize(drawing[::-1, ::-1], hints[::-1, ::-1])
    copied = scatterbrain.colorize(drawing[::-1, ::-1].copy(), hints[::-1, ::-1].copy())
    assert np.array_equal(mirrored, copied)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (37, 53), (300, 2000), (2100, 900)])
@pytest.mark.parametrize("draft", [False, True])
def test_any_size_is_coloured_at_that_size(scatterbrain: Colorizer, size: tuple[int, int], draft: bool) -> None:
    lines = np.full(size, 255, np.uint8)
    hints = no_hints(lines)
    hints[: max(1, size[0] // 4), : max(1, size[1] // 4)] = (*RED, 255)
    colors = scatterbrain.open(lines).color_layer(hints, draft=draft)
    assert colors.shape == (*size, 3) and colors.dtype == np.uint8
    assert off_by(colors, np.array(RED))[0, 0] <= 3


@pytest.mark.parametrize("value", [0, 255])
def test_black_and_blank_pages_are_drawings(scatterbrain: Colorizer, value: int) -> None:
    picture = scatterbrain.colorize(np.full((70, 90), value, np.uint8))
    assert picture.shape == (70, 90, 3)
    assert value or not picture.any()


def test_draft_and_final_agree_where_the_network_has_nothing_to_add(
    filler: Colorizer, drawing: np.ndarray, hints: np.ndarray
) -> None:
    session = filler.open(drawing)
    draft, final = session.color_layer(hints, draft=True), session.color_layer(hints)
    assert np.abs(draft.astype(int) - final).mean() < 1


@pytest.mark.parametrize("shape", [(260, 340, 3), (260, 341, 4), (340, 260, 4), (260, 340)])
def test_hints_of_another_shape_are_refused(filler: Colorizer, drawing: np.ndarray, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="hints must have the drawing's size"):
        filler.open(drawing).color_layer(np.zeros(shape, np.uint8))


@pytest.mark.parametrize(
    "lines",
    [np.zeros((20, 20, 3), np.uint8), np.zeros((20, 20), np.float32), np.zeros((0, 20), np.uint8), np.zeros((20, 0))],
)
def test_what_is_no_line_drawing_is_refused(filler: Colorizer, lines: np.ndarray) -> None:
    with pytest.raises(ValueError, match="lines must be uint8"):
        filler.open(lines)


def stale_at(asked: int) -> Callable[[], bool]:
    """A newer stroke that comes just before the question of that number."""
    questions = iter(range(1, 1000))
    return lambda: next(questions) >= asked


def test_work_that_is_overtaken_stops_at_the_next_stage_and_leaves_the_layer(
    filler: Colorizer, drawing: np.ndarray, hints: np.ndarray
) -> None:
    session = filler.open(drawing)
    before = session.color_layer(hints)
    questions = 0

    def count() -> bool:
        nonlocal questions
        questions += 1
        return False

    session.color_layer(hints, is_stale=count)
    assert questions >= 4, "asked often enough to stop within a fraction of the work"
    for asked in range(1, questions + 1):
        with pytest.raises(Stale):
            session.color_layer(no_hints(drawing), is_stale=stale_at(asked))
        assert np.array_equal(session.colors, before)


def test_a_stale_request_does_not_reach_the_network(
    filler: Colorizer, drawing: np.ndarray, hints: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = filler.open(drawing)

    def never(*_: object) -> None:
        raise AssertionError("the network ran for nothing")

    monkeypatch.setattr(HintDecoder, "forward", never)
    with pytest.raises(Stale):
        session.color_layer(hints, is_stale=lambda: True)


@pytest.mark.parametrize("part", [HintDecoder, LineEncoder])
@pytest.mark.parametrize("error", [torch.OutOfMemoryError, MemoryError])
def test_too_little_memory_is_said_plainly_and_survived(
    filler: Colorizer,
    drawing: np.ndarray,
    hints: np.ndarray,
    part: type,
    error: type[Exception],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = filler.open(drawing)

    def too_large(*_: object) -> None:
        raise error("Tried to allocate 40.00 GiB")

    with monkeypatch.context() as patch:
        patch.setattr(part, "forward", too_large)
        with pytest.raises(OutOfMemory, match="not enough memory"):
            session.color_layer(hints)
        assert (session.colors == 255).all(), "the layer stays as it was"
    assert np.array_equal(session.color_layer(hints), filler.open(drawing).color_layer(hints))


def test_a_drawing_too_large_to_open_is_said_plainly(
    filler: Colorizer, drawing: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(_: np.ndarray) -> None:
        raise MemoryError

    monkeypatch.setattr("linepaint.engine.structure.find_basins", too_large)
    with pytest.raises(OutOfMemory, match="open this drawing"):
        filler.open(drawing)


def test_the_cpu_is_always_there_and_comes_first() -> None:
    assert available_devices()[0].key == "cpu"
    assert available_devices()[0].label == "CPU"


@pytest.mark.parametrize("key", ["cuda:99", "tpu", ""])
def test_a_device_that_is_not_there_is_refused_with_those_that_are(untrained: CheckpointInfo, key: str) -> None:
    with pytest.raises(DeviceError, match="auto, cpu"):
        Colorizer.load(untrained.path, key)


def test_the_colorizer_says_what_it_runs_on_and_with(filler: Colorizer, untrained: CheckpointInfo) -> None:
    assert filler.device_label == "CPU"
    assert filler.info == untrained
