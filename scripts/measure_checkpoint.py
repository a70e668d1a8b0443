"""Measures a checkpoint on a folder of finished colourings: the figures of its model card.

    .venv/bin/python scripts/measure_checkpoint.py FOLDER [CHECKPOINT]

PSNR of the composite in dB and colourfulness (Hasler and Süsstrunk 2003), by the number of simulated hints.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from linepaint.trainer.data.pictures import find_pictures, read_pair
from linepaint.trainer.hints import simulate_hints
from linepaint.trainer.recipe import HintRecipe

from linepaint.engine import Colorizer
from linepaint.imaging.basins import find_basins

HINTS = (0, 4, 16, 64)
LONGEST_SIDE = 512


def psnr(made: np.ndarray, truth: np.ndarray) -> float:
    """Peak signal-to-noise ratio of uint8 pictures, dB."""
    return 10 * float(np.log10(255**2 / max(1e-2, np.mean((made.astype(float) - truth) ** 2))))


def colorfulness(picture: np.ndarray) -> float:
    """Hasler and Süsstrunk's measure of a uint8 [H, W, 3] picture."""
    red, green, blue = np.moveaxis(picture.astype(float), 2, 0)
    first, second = red - green, (red + green) / 2 - blue
    return float(np.hypot(first.std(), second.std()) + 0.3 * np.hypot(first.mean(), second.mean()))


def main() -> None:
    """Print one line for each number of hints."""
    folder, checkpoint = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None
    colorizer = Colorizer.load(checkpoint, "cpu")
    rows: dict[int, list[tuple[float, float]]] = {count: [] for count in HINTS}
    truths = []
    for number, files in enumerate(find_pictures(folder)):
        pair = read_pair(files, LONGEST_SIDE)
        basins, session = find_basins(pair.lines), colorizer.open(pair.lines)
        truths.append(colorfulness(pair.color))
        for count in HINTS:
            random = np.random.default_rng(number * 100 + count)
            made = session.preview(simulate_hints(pair.color, basins, HintRecipe(), random, count))
            rows[count].append((psnr(made, pair.color), colorfulness(made)))
    print(f"{len(truths)} pictures, colourfulness of the truth {np.mean(truths):.1f}")
    for count, values in rows.items():
        quality, color = np.mean(values, axis=0)
        print(f"{count:3d} hints: PSNR {quality:.2f} dB, colourfulness {color:.1f}")


if __name__ == "__main__":
    main()
