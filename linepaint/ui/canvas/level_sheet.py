"""One level of the page's pyramid as one array made of tiles, each up to date or stale.

The tiles of a level lie side by side, so that the page is painted in one go and no seam shows between them.
Memory is taken only where something was written: the operating system hands out its pages on the first
write.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from linepaint.document.arrays import Pixels
from linepaint.document.geometry import Rect

TILE_PX: Final = 256
"""Side of a tile on the levels that show the page at full and at half size."""

SOURCE_PX: Final = 512
"""A tile covers at most this much of the page, so that composing one costs about the same on every level."""


class LevelSheet:
    """The page at level `level`, `width` × `height` pixels of that level, uint8 [height, width, 4].

    Of each tile [rows, columns]: `filled`, it holds something to show, if only for the time being; `stale`,
    it has to be composed (again); `composed_at`, the round in which it was composed last.
    """

    def __init__(self, level: int, width: int, height: int) -> None:
        self.level = level
        self.width = width
        self.height = height
        self.tile_px = min(TILE_PX, max(SOURCE_PX >> level, 16))
        self.pixels: Pixels = np.empty((height, width, 4), np.uint8)
        shape = (-(-height // self.tile_px), -(-width // self.tile_px))
        self.filled: npt.NDArray[np.bool_] = np.zeros(shape, np.bool_)
        self.stale: npt.NDArray[np.bool_] = np.ones(shape, np.bool_)
        self.composed_at: npt.NDArray[np.int64] = np.zeros(shape, np.int64)

    @property
    def nbytes(self) -> int:
        """Memory when all tiles are there."""
        return self.pixels.nbytes

    def tile_rect(self, row: int, column: int) -> Rect:
        """The pixels of one tile, cut at the page's edge."""
        side = self.tile_px
        return Rect(column * side, row * side, side, side).clipped(self.width, self.height)

    def tiles_under(self, page_rect: Rect) -> tuple[slice, slice]:
        """(rows, columns) of the tiles that show a rectangle of document pixels."""
        side = self.tile_px << self.level
        return (
            slice(max(page_rect.y // side, 0), max(-(-page_rect.bottom // side), 0)),
            slice(max(page_rect.x // side, 0), max(-(-page_rect.right // side), 0)),
        )

    def level_rect(self, page_rect: Rect) -> Rect:
        """The level's pixels that a rectangle of document pixels has a part in."""
        step = 1 << self.level
        edges = page_rect.x / step, page_rect.y / step, page_rect.right / step, page_rect.bottom / step
        return Rect.from_edges(*edges).clipped(self.width, self.height)

    def page_rect(self, level_rect: Rect) -> Rect:
        """The document pixels under a rectangle of the level's pixels."""
        x, y, width, height = level_rect.x, level_rect.y, level_rect.width, level_rect.height
        return Rect(x << self.level, y << self.level, width << self.level, height << self.level)
