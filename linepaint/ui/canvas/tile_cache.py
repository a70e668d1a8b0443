"""The composited page, kept at the levels of zoom that are looked at, and brought up to date bit by bit.

Nothing here composes for longer than its time budget (but at least one tile): what a stroke touched comes
first, then the tiles around the cursor, then those that have waited longest, so that none waits for ever
while previews keep coming.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.imaging.opencv import cv2
from linepaint.ui.canvas.composer import compose, level_size
from linepaint.ui.canvas.level_sheet import SOURCE_PX, LevelSheet

SHEETS_LIMIT_BYTES: Final = 192 * 2**20

NEAR_CURSOR_TILES: Final = 2.0
"""Tiles within this distance of the cursor, counted in tiles, are always composed first."""

ENLARGED_OCTAVES: Final = 0.1
"""A level is still used when it has to be enlarged by so little: the eye does not see it, and it is half
the work."""

URGENT_LIMIT_PX: Final = 512 * 512
"""A painted rectangle larger than this on its level is brought up to date by tiles, those at the cursor
first."""


class TileCache:
    """Level sheets of one document, each made when its level is first looked at."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sheets: OrderedDict[int, LevelSheet] = OrderedDict()
        self._urgent: list[Rect] = []
        self._color_pyramid: Sequence[Pixels] = ()
        self._round = 0

    # --- what is looked at ----------------------------------------------------------------------

    def level_for(self, zoom: float) -> int:
        """The coarsest level that still has a pixel for (almost) every device pixel."""
        if self._document.is_null:
            return 0
        coarsest = math.ceil(math.log2(max(self._document.size)))
        return min(max(math.floor(-math.log2(zoom) + ENLARGED_OCTAVES), 0), coarsest)

    def sheet(self, level: int) -> LevelSheet:
        """The sheet of a level; others that were not used for long make room for it."""
        sheet = self._sheets.get(level)
        if sheet is None:
            sheet = LevelSheet(level, *level_size(self._document, level))
            self._sheets[level] = sheet
        self._sheets.move_to_end(level)
        while len(self._sheets) > 1 and self.nbytes > SHEETS_LIMIT_BYTES:
            self._sheets.popitem(last=False)
        return sheet

    @property
    def nbytes(self) -> int:
        """Memory of all sheets when all their tiles are there."""
        return sum(sheet.nbytes for sheet in self._sheets.values())

    def filled_sheet(self, level: int, page_rect: Rect) -> LevelSheet:
        """The sheet of a level with something to show all over `page_rect`: where nothing was composed yet,
        what another level has there, or plain paper."""
        sheet = self.sheet(level)
        rows, columns = sheet.tiles_under(page_rect)
        for row, column in np.argwhere(~sheet.filled[rows, columns]).tolist():
            tile = (row + rows.start, column + columns.start)
            self._fill(sheet, sheet.tile_rect(*tile))
            sheet.filled[tile] = True
        return sheet

    def set_color_pyramid(self, levels: Sequence[Pixels]) -> None:
        """Halvings of the colour layer made elsewhere; used while level 0 is the document's own array."""
        self._color_pyramid = levels

    # --- what changed ---------------------------------------------------------------------------

    def mark_stale(self, page_rect: Rect | None = None) -> None:
        """Have everything, or what shows this rectangle of document pixels, composed again in time."""
        for sheet in self._sheets.values():
            if page_rect is None:
                sheet.stale[:] = True
            else:
                sheet.stale[sheet.tiles_under(page_rect)] = True

    def mark_painted(self, page_rect: Rect, level: int) -> None:
        """A stroke ran there: have just this rectangle of the level being looked at composed in the next
        slice."""
        page_rect = page_rect.clipped(*self._document.size)
        if page_rect.is_empty:
            return
        is_large = (page_rect.width >> level) * (page_rect.height >> level) > URGENT_LIMIT_PX
        for sheet in self._sheets.values():
            if sheet.level != level or is_large:
                sheet.stale[sheet.tiles_under(page_rect)] = True
        if is_large:
            return
        if self._urgent:
            both = self._urgent[-1].united(page_rect)
            if _area(both) <= 1.5 * (_area(self._urgent[-1]) + _area(page_rect)):
                self._urgent[-1] = both
                return
        self._urgent.append(page_rect)

    # --- bringing it up to date -----------------------------------------------------------------

    def is_settled(self, level: int, visible: Rect) -> bool:
        """True when the visible part of the page is shown at this level as it is."""
        if self._urgent:
            return False
        sheet = self.sheet(level)
        return not bool(sheet.stale[sheet.tiles_under(visible)].any())

    def refresh(self, level: int, visible: Rect, near: tuple[float, float], budget_seconds: float) -> list[Rect]:
        """Compose what is most wanted until the time is up; returns the rectangles that look different now.

        All are document pixels: what is in sight, the cursor, and what is returned.
        """
        deadline = time.perf_counter() + budget_seconds
        sheet = self.sheet(level)
        refreshed = self._refresh_urgent(sheet, deadline)
        if refreshed and time.perf_counter() >= deadline:
            return refreshed
        self._round += 1
        for tile in self._wanted(sheet, visible, near):
            rect = sheet.tile_rect(*tile)
            self._compose(sheet, rect)
            sheet.filled[tile] = True
            sheet.stale[tile] = False
            sheet.composed_at[tile] = self._round
            refreshed.append(sheet.page_rect(rect))
            if time.perf_counter() >= deadline:
                break
        return refreshed

    def _refresh_urgent(self, sheet: LevelSheet, deadline: float) -> list[Rect]:
        refreshed: list[Rect] = []
        while self._urgent:
            whole = sheet.level_rect(self._urgent.pop(0))
            rows = min(whole.height, _rows_at_once(whole.width, sheet.level))
            part = Rect(whole.x, whole.y, whole.width, rows)
            rest = Rect.from_edges(whole.x, part.bottom, whole.right, whole.bottom)
            if not rest.is_empty:
                self._urgent.insert(0, sheet.page_rect(rest).clipped(*self._document.size))
            self._compose(sheet, part)
            refreshed.append(sheet.page_rect(part))
            if time.perf_counter() >= deadline:
                break
        return refreshed

    def _wanted(self, sheet: LevelSheet, visible: Rect, near: tuple[float, float]) -> list[tuple[int, int]]:
        """The stale tiles in sight, the most wanted first."""
        rows, columns = sheet.tiles_under(visible)
        found = np.argwhere(sheet.stale[rows, columns])
        if not len(found):
            return []
        tiles = found + np.array([rows.start, columns.start])
        side = sheet.tile_px << sheet.level
        gap = (tiles + 0.5) * side - np.array([near[1], near[0]])
        distance = np.hypot(gap[:, 0], gap[:, 1]) / side
        is_far = distance > NEAR_CURSOR_TILES
        waited_since = np.where(is_far, sheet.composed_at[tiles[:, 0], tiles[:, 1]], 0)
        order = np.lexsort((distance, waited_since, is_far))
        return [(row, column) for row, column in tiles[order].tolist()]

    def _compose(self, sheet: LevelSheet, rect: Rect) -> None:
        sheet.pixels[rect.slices] = compose(self._document, sheet.level, rect, self._color_pyramid)

    def _fill(self, sheet: LevelSheet, rect: Rect) -> None:
        others = [other for other in self._sheets.values() if other is not sheet]
        page_rect = sheet.page_rect(rect).clipped(*self._document.size)
        for other in sorted(others, key=lambda other: abs(other.level - sheet.level)):
            if other.filled[other.tiles_under(page_rect)].all():
                source = other.pixels[other.level_rect(page_rect).slices]
                size = (rect.width, rect.height)
                sheet.pixels[rect.slices] = cv2.resize(source, size, interpolation=cv2.INTER_LINEAR)
                return
        paper = self._document.paper
        red, green, blue = paper.color if paper.visible else (255, 255, 255)
        sheet.pixels[rect.slices] = (blue, green, red, 255)


def _area(rect: Rect) -> int:
    return rect.width * rect.height


def _rows_at_once(width: int, level: int) -> int:
    """Rows of a painted rectangle to compose between two looks at the clock: about a tile's worth of page."""
    return max((SOURCE_PX * SOURCE_PX >> 2 * level) // max(width, 1), 4)
