"""Any picture turned into another, as a network was taught by pairs."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from linepaint.engine import Colorizer
from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.networks.unet import UNet

Write = Callable[..., CheckpointInfo]
TEAL = (20, 140, 150)


@pytest.fixture
def colorizer(whole: Write) -> Colorizer:
    return Colorizer.load(whole("unet", Mode.PICTURE, 3).path, "cpu")


def no_hints(picture: np.ndarray) -> np.ndarray:
    return np.zeros((*picture.shape[:2], 4), np.uint8)


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)


def test_the_result_is_the_networks_picture_at_the_sources_size(
    colorizer: Colorizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def redder(_: UNet, x: torch.Tensor) -> torch.Tensor:
        return torch.stack([torch.ones_like(x[:, 0]), x[:, 1], x[:, 2]], dim=1)

    monkeypatch.setattr(UNet, "forward", redder)
    small = noise(150, 200)
    made = colorizer.colorize(small)
    assert (made[..., 0] == 255).all() and np.array_equal(made[..., 1:], small[..., 1:])
    large = np.full((700, 900, 3), (10, 200, 90), np.uint8)
    assert (colorizer.colorize(large) == (255, 200, 90)).all()


@pytest.mark.parametrize("size", [(1, 1), (37, 53), (300, 700), (900, 31)])
def test_any_size_will_do(colorizer: Colorizer, size: tuple[int, int]) -> None:
    session = colorizer.open(noise(*size))
    for draft in (True, False):
        assert session.preview(no_hints(session.source), draft=draft).shape == (*size, 3)


@pytest.mark.parametrize("channels_in", [3, 7])
def test_a_hint_is_obeyed_where_it_lies(whole: Write, channels_in: int) -> None:
    source = noise(300, 420)
    hints = no_hints(source)
    hints[100:140, 200:260] = (*TEAL, 255)
    made = Colorizer.load(whole("unet", Mode.PICTURE, channels_in).path, "cpu").colorize(source, hints)
    assert (made[100:140, 200:260] == TEAL).all()


def test_the_same_seed_gives_the_same_bytes_and_another_another_picture(whole: Write) -> None:
    path, source = whole("unet", Mode.PICTURE, 3).path, noise(130, 170)
    first, again, other = (Colorizer.load(path, "cpu", seed=seed).colorize(source) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert np.abs(first.astype(int) - other).mean() > 1


def test_what_is_no_colour_picture_is_refused(colorizer: Colorizer) -> None:
    for wrong in (np.zeros((20, 20), np.uint8), np.zeros((20, 20, 4), np.uint8), np.zeros((20, 0, 3), np.uint8)):
        with pytest.raises(ValueError, match="the picture must be uint8"):
            colorizer.open(wrong)
