"""Telling pictures apart that are the same one: re-encoded, scaled, or copied.

A 64-bit perceptual hash of the shapes (the signs of the lowest frequencies, as in Zauner 2010, "Implementation and
Benchmarking of Perceptual Image Hash Functions") finds candidates; a coarse grid of colours, in which one figure in two
costumes differs, decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from linepaint.imaging.opencv import cv2

HASH_BITS = 64
MAX_DISTANCE = 4
"""Twins differ in at most so many bits of the hash."""

GRID = 6
MAX_TINT = 10
"""Twins' colours differ nowhere in a grid of so many cells a side by more than this, 0 to 255 in each channel."""

_SMALL = 32
_BANDS = MAX_DISTANCE + 1


@dataclass(frozen=True)
class Likeness:
    """What a picture looks like: the hash of its shapes, and the mean colours of a grid over it, [GRID · GRID · 3]."""

    shapes: int
    tints: bytes

    @classmethod
    def of(cls, color: np.ndarray) -> Likeness:
        """Look at a picture, uint8 [H, W, 3]."""
        small = cv2.resize(color, (_SMALL, _SMALL), interpolation=cv2.INTER_AREA)
        waves = cv2.dct(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32))[:8, :8].ravel()
        # The first is the mean brightness, which says nothing of shapes.
        bits = waves > np.median(waves[1:])
        grid = cv2.resize(color, (GRID, GRID), interpolation=cv2.INTER_AREA)
        return cls(int.from_bytes(np.packbits(bits).tobytes()), grid.tobytes())

    @classmethod
    def from_text(cls, text: str) -> Likeness:
        """The inverse of `str`. Raises ValueError."""
        shapes, tints = text.split("-")
        return cls(int(shapes, 16), bytes.fromhex(tints))

    def __str__(self) -> str:
        return f"{self.shapes:016x}-{self.tints.hex()}"

    def is_twin_of(self, other: Likeness) -> bool:
        """Whether both are one picture."""
        if (self.shapes ^ other.shapes).bit_count() > MAX_DISTANCE:
            return False
        mine, theirs = (np.frombuffer(tints, np.uint8).astype(np.int16) for tints in (self.tints, other.tints))
        return int(np.abs(mine - theirs).max()) <= MAX_TINT


def find_twins(pictures: Iterable[tuple[str, Likeness]]) -> dict[str, str]:
    """For each picture that is a twin of one before it, itself no twin: the name of that one.

    Hashes within MAX_DISTANCE bits agree in at least one of MAX_DISTANCE + 1 bands, so that only those are compared
    (Manku et al. 2007): a fraction of all pairs, though still growing with the square of their number; docs/scale.md.
    """
    kept: dict[tuple[int, int], list[tuple[str, Likeness]]] = defaultdict(list)
    twins: dict[str, str] = {}
    for name, likeness in pictures:
        keys = _bands(likeness.shapes)
        candidates = (other for key in keys for other in kept.get(key, ()))
        twin = next((other for other, known in candidates if likeness.is_twin_of(known)), None)
        if twin is not None:
            twins[name] = twin
            continue
        for key in keys:
            kept[key].append((name, likeness))
    return twins


def _bands(shapes: int) -> list[tuple[int, int]]:
    edges = [HASH_BITS * band // _BANDS for band in range(_BANDS + 1)]
    return [(band, shapes >> low & ((1 << (high - low)) - 1)) for band, (low, high) in enumerate(pairwise(edges))]
