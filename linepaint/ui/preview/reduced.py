"""A session over a smaller copy of the drawing, for when memory does not suffice for the drawing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.document.palette import Color
from linepaint.imaging.chroma import chroma_of, with_chroma
from linepaint.imaging.opencv import cv2
from linepaint.ui.preview.engine_port import ColorizerLike, SessionLike
from linepaint.ui.preview.suggestions import Place

_BAND_ROWS = 256
"""Rows of a gray picture finished at a time: where this is needed, memory is scarce."""


class ReducedSession:
    """Takes hints and gives colour at the drawing's full size, and works at 1/`factor` of it in between."""

    def __init__(self, colorizer: ColorizerLike, lines: Pixels, factor: int) -> None:
        height, width = lines.shape
        self._factor = factor
        self._full_size = (width, height)
        self._small_size = (-(-width // factor), -(-height // factor))
        small = np.asarray(cv2.resize(lines, self._small_size, interpolation=cv2.INTER_AREA), np.uint8)
        self._session: SessionLike = colorizer.open(small)

    def color_layer(self, hints: Pixels, *, draft: bool = False, is_stale: Callable[[], bool] | None = None) -> Pixels:
        """Hints uint8 [H, W, 4] -> colour uint8 [H, W, 3]."""
        colors = self._session.color_layer(self._small(hints), draft=draft, is_stale=is_stale)
        return np.asarray(cv2.resize(colors, self._full_size, interpolation=cv2.INTER_LINEAR), np.uint8)

    def suggest_places(
        self, hints: Pixels, count: int, *, is_stale: Callable[[], bool] | None = None
    ) -> Sequence[Place]:
        """As `SessionLike`, in pixels of the full size."""
        width, height = self._full_size
        middle = self._factor // 2
        return [
            (min(x * self._factor + middle, width - 1), min(y * self._factor + middle, height - 1), gain)
            for x, y, gain in self._session.suggest_places(self._small(hints), count, is_stale=is_stale)
        ]

    def suggest_colors(
        self, hints: Pixels, x: int, y: int, count: int, *, is_stale: Callable[[], bool] | None = None
    ) -> Sequence[Color]:
        """As `SessionLike`, at a pixel of the full size."""
        small, factor = self._small(hints), self._factor
        return self._session.suggest_colors(small, x // factor, y // factor, count, is_stale=is_stale)

    def _small(self, hints: Pixels) -> Pixels:
        # Nearest, because a mean would mix a hint with the nothing beside it.
        return np.asarray(cv2.resize(hints, self._small_size, interpolation=cv2.INTER_NEAREST), np.uint8)


class ReducedGraySession(ReducedSession):
    """The same over a gray picture: only its chroma is enlarged, its luma stays what it is."""

    def __init__(self, colorizer: ColorizerLike, gray: Pixels, factor: int) -> None:
        super().__init__(colorizer, gray, factor)
        self._gray = gray

    def color_layer(self, hints: Pixels, *, draft: bool = False, is_stale: Callable[[], bool] | None = None) -> Pixels:
        """Hints uint8 [H, W, 4] -> colour uint8 [H, W, 3]."""
        colors = super().color_layer(hints, draft=draft, is_stale=is_stale)
        finished = np.empty_like(colors)
        for first in range(0, len(colors), _BAND_ROWS):
            rows = slice(first, first + _BAND_ROWS)
            chroma = chroma_of(colors[rows].astype(np.float32) * np.float32(1 / 255))
            finished[rows] = with_chroma(self._gray[rows], chroma)
        return finished
