"""Palettes of finished pictures, for the procedural drawings: k-means in Lab, numbers only.

    .venv/bin/python scripts/measure_palettes.py PICTURES… --out trainer/drawings/palettes.json [--most 360]

PICTURES are folders, searched with all below them; each that holds pictures gives about as many palettes as any other.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from linepaint.imaging.opencv import cv2

KINDS = {".png", ".webp", ".jpg", ".jpeg"}
SIDE = 56
PAPER = 247
LEAST_SHARE = 0.015


def measured(path: Path, count: int) -> list[list[str | int]] | None:
    """Colours (hexadecimal sRGB) with their shares in thousandths, largest first; None for too few of them."""
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        return None
    small = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    painted = small[(small.min(axis=-1) <= PAPER) & (small.max(axis=-1) > 30)]
    if len(painted) < 0.1 * SIDE * SIDE:
        return None
    lab = cv2.cvtColor(painted[None].astype(np.float32) / 255, cv2.COLOR_BGR2LAB)[0]
    stop = (cv2.TERM_CRITERIA_MAX_ITER, 12, 0.0)
    _, labels, centres = cv2.kmeans(lab, count, np.zeros((len(lab), 1), np.int32), stop, 1, cv2.KMEANS_PP_CENTERS)
    shares = np.bincount(labels[:, 0], minlength=count) / len(lab)
    rgb = np.clip(np.round(cv2.cvtColor(centres[None], cv2.COLOR_LAB2RGB)[0] * 255), 0, 255).astype(int)
    order = [i for i in np.argsort(-shares) if shares[i] >= LEAST_SHARE]
    if len(order) < 5:
        return None
    return [["{:02x}{:02x}{:02x}".format(*rgb[i]), round(1000 * shares[i])] for i in order]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--most", type=int, default=360)
    parser.add_argument("--colors", type=int, default=7)
    asked = parser.parse_args()
    cv2.setRNGSeed(0)
    folders: dict[Path, list[Path]] = defaultdict(list)
    for root in asked.pictures:
        for path in sorted(root.rglob("*")):
            if path.suffix.lower() in KINDS and ".line." not in path.name:
                folders[path.parent].append(path)
    palettes = []
    for paths in folders.values():
        wanted = asked.most // len(folders)
        for i in np.unique(np.linspace(0, len(paths) - 1, wanted).astype(int)):
            palette = measured(paths[i], asked.colors)
            if palette is not None:
                palettes.append(palette)
    asked.out.write_text("[\n" + ",\n".join(json.dumps(p, separators=(",", ":")) for p in palettes) + "\n]\n", "utf-8")
    print(f"{len(palettes)} palettes of {len(folders)} folders")


if __name__ == "__main__":
    main()
