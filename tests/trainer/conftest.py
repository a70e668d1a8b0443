"""Recipes that train in a second, a folder of pictures, and one thread so that runs can be compared bit for bit."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from linepaint.trainer import loop
from linepaint.trainer.data import drawn
from linepaint.trainer.data.collection import Pictures
from linepaint.trainer.data.samples import Sample
from linepaint.trainer.data.sampling import SampleDataset
from linepaint.trainer.distributed import World
from linepaint.trainer.drawings import draw
from linepaint.trainer.recipe import Recipe
from linepaint.trainer.recipe_file import parse_recipe
from linepaint.trainer.steps import Teaching

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

PIX2PIX = """# A small pix2pix for tests: the objective, the noise and the critic of the large one.
name = "tiny-pix2pix"
mode = "lineart"
architecture = "unet"
seed = 3
betas = [0.5, 0.999]
critic_betas = [0.5, 0.999]
weight_decay = 0
gradient_clip = 0
log_every = 1
sheet_every = 1000
save_every = 2

[network]
levels = 3
channels = 4
norm = "instance"

[critic]
loss = "vanilla"
conditional = true
receptive_field = 16
channels = 4
norm = "instance"

[data]
procedural = 1.0
workers = 0

[[stages]]
steps = 4
size = 32
batch = 2
learning_rate = 1e-3
critic_rate = 1e-3
warmup = 0
schedule = "linear"
loss = { l1 = 100.0, adversarial = 1.0 }
"""

SCAN = """# A small CycleGAN for tests.
name = "tiny-scan"
mode = "scan"
architecture = "cyclegan"
step = "unpaired"
seed = 3
weight_decay = 0
gradient_clip = 0
log_every = 1
sheet_every = 1000
save_every = 2

[network]
channels_in = 3
channels_out = 1
channels = 4
blocks = 1

[partner]
channels_in = 1
channels_out = 3
channels = 2
blocks = 1

[critic]
loss = "least-squares"
receptive_field = 16
channels = 4
norm = "instance"
buffer = 3

[data]
procedural = 1.0
workers = 0

[[stages]]
steps = 4
size = 32
batch = 2
learning_rate = 1e-3
critic_rate = 1e-3
warmup = 0
schedule = "linear"
loss = { adversarial = 1.0, cycle = 10.0, identity = 5.0 }
"""

TEXTS = {"tiny": TINY, "tiny-pix2pix": PIX2PIX, "tiny-scan": SCAN}


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """What `fit` sets for its process is taken back after each test."""
    torch_threads, opencv_threads = torch.get_num_threads(), cv2.getNumThreads()
    torch.set_num_threads(1)
    # Before any test forks: a child of a process with OpenCV's threads waits for threads that it has not got.
    cv2.setNumThreads(1)
    yield
    torch.set_num_threads(torch_threads)
    cv2.setNumThreads(opencv_threads)
    torch.set_flush_denormal(False)


@pytest.fixture
def cheap_drawings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes most of a tiny run's time: few pictures on a sheet, and plain shapes."""
    monkeypatch.setattr(loop, "SHEET_SAMPLES", 2)
    monkeypatch.setattr(drawn, "draw", lambda seed, size: draw(seed, size, "shapes"))


@pytest.fixture
def tiny_text() -> Callable[..., str]:
    """TOML of a tiny recipe, some of its lines replaced: tiny_text(("steps = 4", "steps = 9"), of="tiny-pix2pix")."""

    def text(*replacements: tuple[str, str], of: str = "tiny") -> str:
        made = TEXTS[of]
        for old, new in replacements:
            assert made.count(old) == 1, old
            made = made.replace(old, new)
        return made

    return text


@pytest.fixture
def tiny(tiny_text: Callable[..., str]) -> Callable[..., Recipe]:
    """The live recipe in small, or of="tiny-pix2pix", of="tiny-scan", changed in the same way."""
    return lambda *replacements, of="tiny": parse_recipe(tiny_text(*replacements, of=of))


@pytest.fixture
def teaching() -> Teaching:
    """One process on the CPU in float32."""
    return Teaching(World(), torch.device("cpu"))


@pytest.fixture
def batch_of() -> Callable[..., Sample]:
    """Batch number `number` of procedural drawings for a recipe's first stage."""

    def batch(recipe: Recipe, number: int = 0) -> Sample:
        stage = recipe.stages[0]
        dataset = SampleDataset(Pictures([], {}, 448), recipe, stage.size, number * stage.batch, stage.batch)
        return Sample.stack([dataset[i] for i in range(stage.batch)])

    return batch


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
