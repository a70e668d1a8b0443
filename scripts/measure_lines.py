"""How well derived lines match artists' own: precision, recall and F-score of ink within one and two pixels.

    .venv/bin/python scripts/measure_lines.py DATA [--most 60]

DATA holds NAME.color.* with NAME.line.*; each sub-folder is a row. `fdog` is what `linepaint-train prepare` derives,
`quick` what is derived from pictures without lines while they are read.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np
from linepaint.trainer.data.line_extraction import extract_lines
from linepaint.trainer.data.pictures import Pair, find_pictures, read_pair
from linepaint.trainer.prepare.fdog import pen_lines

from linepaint.imaging.opencv import cv2

METHODS = {"quick": extract_lines, "fdog": lambda color: pen_lines(color).lines}


def scores(made: np.ndarray, truth: np.ndarray, tolerance: int) -> tuple[float, float, float]:
    """Precision, recall and F-score of ink, each pixel of which may be so many pixels off."""
    around = np.ones((2 * tolerance + 1,) * 2, np.uint8)
    drawn, wanted = (made < 128).astype(np.uint8), (truth < 128).astype(np.uint8)
    precision = float((drawn & cv2.dilate(wanted, around)).sum() / max(drawn.sum(), 1))
    recall = float((wanted & cv2.dilate(drawn, around)).sum() / max(wanted.sum(), 1))
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", metavar="DATA", type=Path)
    parser.add_argument("--most", metavar="N", type=int, default=60, help="pictures of each source (default: 60)")
    arguments = parser.parse_args()
    sources = defaultdict(list)
    for files in find_pictures(arguments.data):
        if files.lines is not None:
            sources[files.source].append(files)
    print("| source | pictures | method | P, R, F within 1 px | within 2 px |\n|---|---|---|---|---|")
    for source, found in sources.items():
        chosen = found[:: -(-len(found) // arguments.most)]
        pairs: list[Pair] = [read_pair(files, 1 << 30) for files in chosen]
        for name, method in METHODS.items():
            made = [method(pair.color) for pair in pairs]
            cells = []
            for tolerance in (1, 2):
                each = [scores(lines, pair.lines, tolerance) for lines, pair in zip(made, pairs, strict=True)]
                cells.append(", ".join(f"{value:.3f}" for value in np.mean(each, axis=0)))
            print(f"| {source} | {len(pairs)} | {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
