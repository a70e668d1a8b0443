"""A recipe that trains in a second, a folder of pictures, and one thread so that runs can be compared bit for bit."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from linepaint.trainer.recipe import Recipe, parse_recipe

from linepaint.imaging.opencv import cv2

TINY = """# A recipe for tests.
name = "tiny"
mode = "lineart"
architecture = "live"
seed = 3
log_every = 1
sheet_every = 1000
save_every = 2

[network]
encoder_channels = [4, 4, 4, 4]
encoder_blocks = [1, 1, 1, 1]
decoder_channels = [4, 4, 4, 4]
decoder_blocks = [1, 1, 1, 1]

[data]
procedural = 1.0
workers = 0

[[stages]]
steps = 4
size = 32
batch = 2
learning_rate = 1e-3
warmup = 1
"""


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """What `fit` sets for its process is taken back after each test."""
    torch_threads, opencv_threads = torch.get_num_threads(), cv2.getNumThreads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(torch_threads)
    cv2.setNumThreads(opencv_threads)
    torch.set_flush_denormal(False)


@pytest.fixture
def tiny_text() -> Callable[..., str]:
    """TOML of the tiny recipe with some of its lines replaced: tiny_text(("steps = 4", "steps = 9"))."""

    def text(*replacements: tuple[str, str]) -> str:
        made = TINY
        for old, new in replacements:
            assert made.count(old) == 1, old
            made = made.replace(old, new)
        return made

    return text


@pytest.fixture
def tiny(tiny_text: Callable[..., str]) -> Callable[..., Recipe]:
    """The tiny recipe, changed in the same way."""
    return lambda *replacements: parse_recipe(tiny_text(*replacements))


@pytest.fixture
def flat_picture() -> Callable[..., tuple[np.ndarray, np.ndarray]]:
    """A finished colouring, uint8 [size, size, 3], of three flat areas, and its lines, uint8 [size, size]."""

    def picture(size: int = 64) -> tuple[np.ndarray, np.ndarray]:
        color = np.full((size, size, 3), (250, 240, 200), np.uint8)
        lines = np.full((size, size), 255, np.uint8)
        middle, radius = size // 2, size // 4
        cv2.circle(color, (middle, middle), radius, (200, 40, 60), -1)
        color[: size // 8] = (40, 90, 220)
        cv2.circle(lines, (middle, middle), radius, 0, 2)
        lines[size // 8 - 1 : size // 8 + 1] = 0
        color[lines == 0] = 0
        return color, lines

    return picture


@pytest.fixture
def picture_folder(tmp_path: Path, flat_picture: Callable[..., tuple[np.ndarray, np.ndarray]]) -> Path:
    """Two pairs in a sub-folder with a licence."""
    folder = tmp_path / "data"
    (folder / "friends").mkdir(parents=True)
    color, lines = flat_picture()
    for name in ("one", "two"):
        cv2.imwrite(str(folder / "friends" / f"{name}.color.png"), color[..., ::-1])
        cv2.imwrite(str(folder / "friends" / f"{name}.line.png"), lines)
    (folder / "friends" / "LICENSE.txt").write_text("CC0, drawn\nby friends.\n\nMore text.", "utf-8")
    return folder
