"""Tiles as runs of equal pixels: the form in which undo keeps them.

Hints are flat paint, so a tile of 256 KiB mostly comes down to a few KiB; finding the runs takes a fraction
of a millisecond. A tile without runs worth the name, such as a piece of a photograph, is kept as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linepaint.document.arrays import Pixels


@dataclass(frozen=True, eq=False)
class Runs:
    """Four-channel pixels in reading order, as runs: each value holds from its start to the next one's."""

    shape: tuple[int, ...]
    values: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.uint32]

    @property
    def nbytes(self) -> int:
        """Memory of the runs."""
        return self.values.nbytes + self.starts.nbytes


PackedTile = Runs | Pixels


def packed(tile: Pixels) -> PackedTile:
    """A read-only tile uint8 [h, w, 4] in as little memory as runs make it."""
    pixels = tile.view(np.uint32).ravel()
    starts = np.concatenate([[0], np.flatnonzero(pixels[1:] != pixels[:-1]) + 1]).astype(np.uint32)
    runs = Runs(tile.shape, pixels[starts], starts)
    return runs if 2 * runs.nbytes <= tile.nbytes else tile


def unpacked(tile: PackedTile) -> Pixels:
    """The tile again, read-only uint8 [h, w, 4]."""
    if not isinstance(tile, Runs):
        return tile
    height, width, _ = tile.shape
    lengths = np.diff(tile.starts, append=np.uint32(height * width))
    pixels = np.repeat(tile.values, lengths).view(np.uint8).reshape(tile.shape)
    pixels.flags.writeable = False
    return pixels
