"""A small drawing with something in every part of it, and archives to tamper with."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from linepaint.document.document import Document, ViewState
from linepaint.document.geometry import Rect
from linepaint.document.layers import Levels
from linepaint.document.palette import Palette, Swatch


def make_drawing(width: int = 300, height: int = 270, seed: int = 7) -> Document:
    """A document whose every field differs from its default; hints lie in two tiles only."""
    rng = np.random.default_rng(seed)
    scan = np.full((height, width), 250, np.uint8)
    scan[height // 3, :] = 12
    scan[:, width // 2] = 30
    document = Document.from_scan(scan)
    document.lines.levels = Levels(20, 240)
    document.lines.opacity, document.lines.name = 0.9, "Ink & <lines>"
    dab = np.zeros((5, 4, 4), np.uint8)
    dab[1:4, 1:3] = rng.integers(1, 256, (3, 2, 4))
    document.hints.pixels.write(Rect(width - 10, height - 8, 4, 5), dab)
    document.hints.visible, document.hints.opacity = False, 0.35
    document.set_color_pixels(rng.integers(0, 256, (height, width, 3)).astype(np.uint8))
    document.color.opacity = 1 / 3
    document.paper.color, document.paper.visible = (250, 240, 230), False
    document.palette = Palette("Kelp – 海藻", (Swatch((1, 2, 3), "Deep"), Swatch((255, 0, 9))))
    document.recent_colors = ((9, 8, 7), (0, 0, 0))
    document.checkpoint, document.seed = "/models/mine.safetensors", 12345
    document.view = ViewState(1.75, 10.5, -3.25, 90.0, True)
    return document


@pytest.fixture
def drawing() -> Document:
    return make_drawing()


@pytest.fixture
def gray_picture() -> Document:
    """A gray document coloured as an engine would, with hints, levels and layers that are not quite opaque."""
    rng = np.random.default_rng(3)
    document = Document.from_gray(rng.integers(0, 256, (90, 130)).astype(np.uint8))
    document.lines.levels, document.lines.opacity = Levels(10, 230), 0.8
    dab = rng.integers(1, 256, (20, 30, 4)).astype(np.uint8)
    document.hints.pixels.write(Rect(40, 30, 30, 20), dab)
    document.set_color_pixels(rng.integers(0, 256, (90, 130, 3)).astype(np.uint8))
    document.color.opacity = 0.7
    document.paper.color = (200, 220, 240)
    document.seed = 4
    return document


@pytest.fixture
def another_drawing() -> Document:
    return make_drawing(64, 48, seed=8)


@pytest.fixture
def changed_archive() -> Callable[..., bytes]:
    """Rebuild an archive with some entries replaced, added, or (None) left out."""

    def change(path: Path, changes: dict[str, bytes | None]) -> bytes:
        with zipfile.ZipFile(path) as old:
            entries = {name: old.read(name) for name in old.namelist()} | changes
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
            for name, content in entries.items():
                if content is not None:
                    new.writestr(name, content)
        return buffer.getvalue()

    return change
