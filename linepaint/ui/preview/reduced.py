"""A session over a smaller copy of the drawing, for when memory does not suffice for the drawing itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.imaging.opencv import cv2
from linepaint.ui.preview.engine_port import ColorizerLike, SessionLike


class ReducedSession:
    """Takes hints and gives colour at the drawing's full size, and works at 1/`factor` of it in between."""

    def __init__(self, colorizer: ColorizerLike, lines: Pixels, factor: int) -> None:
        height, width = lines.shape
        self._full_size = (width, height)
        self._small_size = (-(-width // factor), -(-height // factor))
        small = np.asarray(cv2.resize(lines, self._small_size, interpolation=cv2.INTER_AREA), np.uint8)
        self._session: SessionLike = colorizer.open(small)

    def color_layer(self, hints: Pixels, *, draft: bool = False, is_stale: Callable[[], bool] | None = None) -> Pixels:
        """Hints uint8 [H, W, 4] -> colour uint8 [H, W, 3]."""
        # Nearest, because a mean would mix a hint with the nothing beside it.
        small = np.asarray(cv2.resize(hints, self._small_size, interpolation=cv2.INTER_NEAREST), np.uint8)
        colors = self._session.color_layer(small, draft=draft, is_stale=is_stale)
        return np.asarray(cv2.resize(colors, self._full_size, interpolation=cv2.INTER_LINEAR), np.uint8)
