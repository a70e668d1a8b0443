"""Finished art, drawn small: figures with pen lines, flat colours and a dark cloth, each unlike the others."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from linepaint.imaging.opencv import cv2

SIDE = 160


@pytest.fixture
def art() -> Callable[..., np.ndarray]:
    """A colouring, uint8 [side, side, 3], with black lines; each seed another one."""

    def paint(seed: int = 0, side: int = SIDE) -> np.ndarray:
        random = np.random.default_rng(seed)
        color = np.full((side, side, 3), random.integers(150, 255, 3), np.uint8)
        for _ in range(4):
            center = tuple(random.integers(side // 5, side - side // 5, 2).tolist())
            axes = tuple(random.integers(side // 10, side // 3, 2).tolist())
            fill = tuple(random.integers(60, 255, 3).tolist())
            cv2.ellipse(color, center, axes, int(random.integers(180)), 0, 360, fill, -1)
            cv2.ellipse(color, center, axes, 0, 0, 360, (0, 0, 0), 2)
        return color

    return paint


@pytest.fixture
def save() -> Callable[[Path, np.ndarray], Path]:
    """Write a picture, RGB or gray, as its suffix says."""

    def write(path: Path, pixels: np.ndarray) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        assert cv2.imwrite(str(path), pixels[..., ::-1] if pixels.ndim == 3 else pixels)
        return path

    return write


@pytest.fixture
def folder(tmp_path: Path, art: Callable[..., np.ndarray], save: Callable[[Path, np.ndarray], Path]) -> Path:
    """Six pictures in two sources, one of them with a licence."""
    root = tmp_path / "art"
    for seed in range(6):
        save(root / ("friends" if seed % 2 else "mine") / f"picture{seed}.png", art(seed))
    (root / "friends" / "LICENSE.txt").write_text("CC BY 4.0, by friends.\n\nMore.", "utf-8")
    return root


@pytest.fixture
def content() -> Callable[[Path], dict[str, bytes]]:
    """Every file below a folder, but the journal of work still going on, by its path."""

    def read(root: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(root)): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and ".journal" not in path.parts
        }

    return read
