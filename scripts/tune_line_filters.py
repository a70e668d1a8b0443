"""Find the settings with which DoG, XDoG and Canny come nearest to artists' own lines: those in line_filters.py.

    .venv/bin/python scripts/tune_line_filters.py FOLDER… [--most 12]

Each folder holds NAME.color.* with the artist's own NAME.line.*; drawings of our own making are one source more. Every
source counts alike. What is sought is the highest mean of the F-scores within one and two pixels. The pictures must be
others than those that the filters are measured on later.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from linepaint.trainer.data.pictures import Pair, find_pictures, read_pair
from linepaint.trainer.drawings import draw
from linepaint.trainer.evaluation.ink import INK_BELOW
from linepaint.trainer.evaluation.line_filters import (
    TUNED_PX,
    Canny,
    Dog,
    Xdog,
    canny,
    difference_of_gaussians,
    extended_difference_of_gaussians,
)

from linepaint.imaging.opencv import cv2

FIRST_SEED = 100
"""Of the drawings of our own making; those that are measured later have seeds from 7000 on."""

SIGMAS, SURROUNDS = (0.3, 0.5, 0.7, 1.0, 1.4), (1.6, 3.0, 5.0, 8.0, 12.0, 20.0)
GRIDS: dict[str, tuple[Callable[..., np.ndarray], Any, dict[str, Sequence[float]]]] = {
    "dog": (
        difference_of_gaussians,
        Dog,
        {"sigma": SIGMAS, "surround": SURROUNDS, "threshold": (0.01, 0.02, 0.04, 0.06, 0.09, 0.13, 0.18)},
    ),
    "xdog": (
        extended_difference_of_gaussians,
        Xdog,
        {
            "sigma": (0.3, 0.5, 0.8, 1.2),
            "surround": (1.6, 3.0, 5.0),
            "sharpen": (1.0, 2.0, 4.0, 8.0, 20.0),
            "level": (0.0, 0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.6),
        },
    ),
    "canny": (
        canny,
        Canny,
        {
            "sigma": (0.3, 0.5, 0.8, 1.2),
            "high": (60.0, 120.0, 200.0, 300.0),
            "low": (0.3, 0.6),
            "close": (0, 5, 9, 13, 17, 21),
        },
    ),
}

Truth = tuple[np.ndarray, np.ndarray, np.ndarray]
"""A picture, its ink bool [H, W], and how far each pixel is from that ink."""


def away_from(ink: np.ndarray) -> np.ndarray:
    """Pixels to the nearest ink, float32 [H, W]; far where there is none."""
    if not ink.any():
        return np.full(ink.shape, 1e4, np.float32)
    return cv2.distanceTransform((~ink).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)


def score(made: np.ndarray, truth: Truth) -> float:
    """The mean of the F-scores within one and two pixels, as `evaluation.ink` has them."""
    _, wanted, from_wanted = truth
    drawn = made < INK_BELOW
    from_drawn, found = away_from(drawn), []
    for tolerance in (1, 2):
        precision = float(np.mean(from_wanted[drawn] <= tolerance + 5e-4)) if drawn.any() else 1.0
        recall = float(np.mean(from_drawn[wanted] <= tolerance + 5e-4))
        found.append(2 * precision * recall / max(precision + recall, 1e-9))
    return float(np.mean(found))


def sources(folders: Sequence[Path], most: int) -> Iterator[tuple[str, list[Truth]]]:
    """The drawings of each source."""
    for folder in folders:
        files = [found for found in find_pictures(folder) if found.lines is not None]
        chosen = [files[i] for i in np.linspace(0, len(files) - 1, most).astype(int)]
        yield folder.name, [_truth(read_pair(one, TUNED_PX)) for one in chosen]
    drawn = (draw(FIRST_SEED + i, TUNED_PX) for i in range(most))
    yield "procedural", [_truth(Pair(drawing.color, drawing.lines)) for drawing in drawn]


def _truth(pair: Pair) -> Truth:
    ink = pair.lines < INK_BELOW
    return pair.color, ink, away_from(ink)


def main() -> None:
    """Print the best settings of each filter, and what they reach on each source."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", metavar="FOLDER", type=Path, nargs="+")
    parser.add_argument("--most", metavar="N", type=int, default=12, help="drawings of each source (default: 12)")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    drawings = dict(sources(arguments.folders, arguments.most))
    for draw_lines, settings, grid in GRIDS.values():
        tried = []
        for values in product(*grid.values()):
            chosen = settings(**dict(zip(grid, values, strict=True)))
            means = {s: float(np.mean([score(draw_lines(t[0], chosen), t) for t in ts])) for s, ts in drawings.items()}
            tried.append((float(np.mean(list(means.values()))), chosen, means))
        tried.sort(key=lambda one: -one[0])
        for mean, chosen, means in tried[:3]:
            print(f"{mean:.4f}  {chosen}  " + ", ".join(f"{s} {v:.3f}" for s, v in means.items()), flush=True)


if __name__ == "__main__":
    main()
