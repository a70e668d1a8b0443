"""Sparse pictures in copy-on-write tiles: what makes hints, undo and snapshots cheap.

A tile is *owned* while its array is writable, and then no one else holds it. Handing a tile out, in a
snapshot or from `tile()`, write-protects it for good: from then on it is a value that may be shared, kept
and read from any thread, and painting over it replaces it with a copy. So two pictures that hold the same
array for a tile hold the same pixels there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.document.geometry import Rect

TILE_SIZE = 256

TileKey = tuple[int, int]
"""(row, column) of a tile, counted in tiles."""


class TiledImage:
    """A uint8 picture [height, width, channels] whose blank tiles (all zeros) take no memory.

    Stored tiles are always full size [256, 256, channels], zero beyond the picture's edge, and never blank.
    Rectangles passed in must lie inside the picture (`Rect.clipped`), else ValueError.
    """

    def __init__(self, height: int, width: int, channels: int) -> None:
        if height < 0 or width < 0 or channels < 1:
            raise ValueError(f"A picture cannot be {height} × {width} with {channels} channels.")
        self.height = height
        self.width = width
        self.channels = channels
        self._tiles: dict[TileKey, Pixels] = {}

    @classmethod
    def from_array(cls, pixels: Pixels) -> TiledImage:
        """A tiled copy of uint8 [H, W, C]."""
        if pixels.dtype != np.uint8 or pixels.ndim != 3:
            raise ValueError(f"Pixels have to be 8-bit [H, W, C], not {pixels.dtype} {list(pixels.shape)}.")
        height, width, channels = pixels.shape
        image = cls(height, width, channels)
        image.write(image.bounds, pixels)
        return image

    @property
    def shape(self) -> tuple[int, int, int]:
        """(height, width, channels)."""
        return self.height, self.width, self.channels

    @property
    def bounds(self) -> Rect:
        """The whole picture."""
        return Rect(0, 0, self.width, self.height)

    @property
    def is_blank(self) -> bool:
        """True when every pixel is zero."""
        return not self._tiles

    @property
    def nbytes(self) -> int:
        """Memory of the stored tiles, shared ones included."""
        return sum(tile.nbytes for tile in self._tiles.values())

    def tile_keys(self) -> list[TileKey]:
        """The stored (so not blank) tiles, in reading order."""
        return sorted(self._tiles)

    def tile_rect(self, row: int, column: int) -> Rect:
        """The pixels of one tile, cut at the picture's edge."""
        square = Rect(column * TILE_SIZE, row * TILE_SIZE, TILE_SIZE, TILE_SIZE)
        return square.clipped(self.width, self.height)

    def tiles_rect(self, keys: Iterable[TileKey]) -> Rect:
        """The smallest rectangle that covers these tiles."""
        covered = Rect.empty()
        for row, column in keys:
            covered = covered.united(self.tile_rect(row, column))
        return covered

    def content_bounds(self) -> Rect:
        """The smallest rectangle of whole tiles that holds everything painted."""
        return self.tiles_rect(self._tiles)

    def is_blank_in(self, rect: Rect) -> bool:
        """True when no stored tile reaches into `rect`; quick, and never wrongly true."""
        self._require_inside(rect)
        return not any(key in self._tiles for key in _keys_under(rect))

    def read(self, rect: Rect | None = None) -> Pixels:
        """A copy of the pixels in `rect` (the whole picture by default): uint8 [h, w, C]."""
        rect = self.bounds if rect is None else rect
        self._require_inside(rect)
        pixels: Pixels = np.zeros((max(rect.height, 0), max(rect.width, 0), self.channels), np.uint8)
        for key in _keys_under(rect):
            tile = self._tiles.get(key)
            if tile is not None:
                inside_tile, inside_rect = _overlap(key, rect)
                pixels[inside_rect] = tile[inside_tile]
        return pixels

    def write(self, rect: Rect, pixels: Pixels) -> None:
        """Replace the pixels in `rect` by uint8 [h, w, C]."""
        self._require_inside(rect)
        if pixels.shape != (rect.height, rect.width, self.channels) and not rect.is_empty:
            raise ValueError(f"Pixels of shape {list(pixels.shape)} do not fit {rect}.")
        for key in _keys_under(rect):
            inside_tile, inside_rect = _overlap(key, rect)
            self._write_tile(key, inside_tile, pixels[inside_rect])

    def tile(self, row: int, column: int) -> Pixels | None:
        """One tile as read-only uint8 [256, 256, C] that will never change, or None where it is blank."""
        tile = self._tiles.get((row, column))
        if tile is not None:
            tile.flags.writeable = False
        return tile

    def put_tiles(self, tiles: Mapping[TileKey, Pixels | None]) -> None:
        """Replace whole tiles by ones that `tile()` of a picture of the same shape gave out."""
        for key, tile in tiles.items():
            if tile is None:
                self._tiles.pop(key, None)
            else:
                assert not tile.flags.writeable, "only a tile that can no longer change may be shared"
                self._tiles[key] = tile

    def copy_tiles_from(self, other: TiledImage, keys: Iterable[TileKey]) -> None:
        """Replace whole tiles by those of another picture of the same shape, sharing their memory."""
        self._require_same_shape(other)
        self.put_tiles({key: other.tile(*key) for key in keys})

    def clear(self) -> None:
        """Make every pixel zero."""
        self._tiles.clear()

    def snapshot(self) -> TiledImage:
        """The picture as it is now, sharing memory: either one may be painted on without changing the other.

        Take it on the thread that paints; afterwards another thread may read it while painting goes on.
        """
        copy = TiledImage(*self.shape)
        for tile in self._tiles.values():
            tile.flags.writeable = False
        copy._tiles = dict(self._tiles)
        return copy

    def changed_tiles(self, other: TiledImage) -> list[TileKey]:
        """Tiles that are not the same array in both, in reading order: quick, and misses no difference."""
        self._require_same_shape(other)
        keys = self._tiles.keys() | other._tiles.keys()
        return sorted(key for key in keys if self._tiles.get(key) is not other._tiles.get(key))

    def same_pixels(self, other: TiledImage) -> bool:
        """True when both pictures have the same shape and the same pixels."""
        if self.shape != other.shape or self._tiles.keys() != other._tiles.keys():
            return False
        return all(np.array_equal(self._tiles[key], other._tiles[key]) for key in self.changed_tiles(other))

    def _write_tile(self, key: TileKey, inside_tile: tuple[slice, slice], pixels: Pixels) -> None:
        tile = self._tiles.get(key)
        blank = not pixels.any()
        if tile is None:
            if blank:
                return
            tile = np.zeros((TILE_SIZE, TILE_SIZE, self.channels), np.uint8)
        elif not tile.flags.writeable:
            tile = tile.copy()
        tile[inside_tile] = pixels
        if blank and not tile.any():
            self._tiles.pop(key, None)
        else:
            self._tiles[key] = tile

    def _require_inside(self, rect: Rect) -> None:
        if not self.bounds.contains(rect):
            raise ValueError(f"{rect} reaches outside the picture of {self.width} × {self.height} pixels.")

    def _require_same_shape(self, other: TiledImage) -> None:
        if self.shape != other.shape:
            raise ValueError(f"Pictures of shape {self.shape} and {other.shape} cannot share tiles.")


def _keys_under(rect: Rect) -> Iterator[TileKey]:
    if rect.is_empty:
        return
    for row in range(rect.y // TILE_SIZE, (rect.bottom - 1) // TILE_SIZE + 1):
        for column in range(rect.x // TILE_SIZE, (rect.right - 1) // TILE_SIZE + 1):
            yield row, column


def _overlap(key: TileKey, rect: Rect) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Where tile and rectangle meet: slices into the tile's array, slices into the rectangle's array."""
    top, left = key[0] * TILE_SIZE, key[1] * TILE_SIZE
    shared = rect.intersected(Rect(left, top, TILE_SIZE, TILE_SIZE))
    inside_tile = Rect(shared.x - left, shared.y - top, shared.width, shared.height)
    inside_rect = Rect(shared.x - rect.x, shared.y - rect.y, shared.width, shared.height)
    return inside_tile.slices, inside_rect.slices
