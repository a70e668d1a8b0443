"""A picture being coloured: what each kind of session does, and what all of them do alike.

A session is made once for a picture and asked for colours on every stroke. Line drawings have a `LiveSession` or a
`WholeDrawingSession`, gray pictures a `GrayscaleSession`, any other pairs of pictures a `PictureSession`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

import numpy as np

from linepaint.engine.errors import EngineError, Stale
from linepaint.engine.memory import enough_memory_or
from linepaint.engine.suggestion_colors import likely_colors
from linepaint.engine.suggestion_places import Place, best_places, gain_map
from linepaint.engine.suggestion_sketch import OpenSession, Sketch
from linepaint.imaging.opencv import cv2

DRAFT_PX = 192
"""Longest side for the network while the pen is down."""

_NO_ROOM_TO_SUGGEST = "There is not enough memory for suggestions on this drawing."

Stages = Callable[[], None]
"""Called between the stages of the work; raises Stale when the work has become pointless."""


class Session(ABC):
    """Colours one picture again and again as its hints change. Made by `Colorizer.open`.

    Same source, hints and seed: same bytes. Not for use by several threads at once.
    """

    def __init__(self, source: np.ndarray, seed: int) -> None:
        self.source = source
        """What is coloured: lines or gray uint8 [H, W], or a picture uint8 [H, W, 3]."""
        self.seed = seed
        self._colors: np.ndarray | None = None
        self._open_sketch: OpenSession | None = None
        self._sketch: Sketch | None = None

    @property
    def colors(self) -> np.ndarray:
        """The colour layer of the last preview, uint8 [H, W, 3]; white before the first."""
        if self._colors is None:
            return np.full((*self.source.shape[:2], 3), 255, np.uint8)
        return self._colors

    def preview(
        self, hints: np.ndarray, *, draft: bool = False, is_stale: Callable[[], bool] | None = None
    ) -> np.ndarray:
        """The finished picture, uint8 [H, W, 3]; `colors` then holds its colour layer.

        Arguments and errors as for `color_layer`.
        """
        return self._finished(self.color_layer(hints, draft=draft, is_stale=is_stale))

    def suggest_places(
        self, hints: np.ndarray, count: int, *, is_stale: Callable[[], bool] | None = None
    ) -> list[Place]:
        """Up to `count` pixels (x, y, gain) where further hints would help most, best first: `suggestion_places`.

        hints: uint8 [H, W, 4], those that there are. is_stale: as for `color_layer`. Raises OutOfMemory, EngineError
        where what is coloured is no line drawing, ValueError for hints of another size.
        """
        with enough_memory_or(_NO_ROOM_TO_SUGGEST):
            return best_places(self._sketched(), hints, count, _stages(is_stale))

    def suggestion_map(self, hints: np.ndarray, *, is_stale: Callable[[], bool] | None = None) -> np.ndarray:
        """How much a hint at each pixel would help, float32 [H, W] in [0, 1]: 1 at the best, 0 on ink.

        Arguments and errors as for `suggest_places`.
        """
        with enough_memory_or(_NO_ROOM_TO_SUGGEST):
            gain = gain_map(self._sketched(), hints, _stages(is_stale))
            return cv2.resize(gain, self.source.shape[1::-1], interpolation=cv2.INTER_LINEAR)

    def suggest_colors(
        self, hints: np.ndarray, x: int, y: int, count: int = 9, *, is_stale: Callable[[], bool] | None = None
    ) -> list[tuple[int, int, int]]:
        """Likely colours (r, g, b) for the region at pixel (x, y), likeliest first: `suggestion_colors`.

        Errors as for `suggest_places`, and ValueError for a pixel outside the drawing.
        """
        with enough_memory_or(_NO_ROOM_TO_SUGGEST):
            return likely_colors(self._sketched(), hints, x, y, count, _stages(is_stale))

    def sketch_with(self, open_session: OpenSession) -> None:
        """Say how to open a small copy of a line drawing, which suggestions need. `Colorizer.open` does."""
        self._open_sketch = open_session

    def _sketched(self) -> Sketch:
        if self._sketch is None:
            if self._open_sketch is None:
                raise EngineError("Suggestions are for line drawings; choose a checkpoint that colours line art.")
            self._sketch = Sketch(self.source, self._open_sketch)
        return self._sketch

    def color_layer(
        self, hints: np.ndarray, *, draft: bool = False, is_stale: Callable[[], bool] | None = None
    ) -> np.ndarray:
        """The colour layer, uint8 [H, W, 3], for hints uint8 [H, W, 4].

        draft: quicker and a little coarser, for while the pen is down. is_stale: asked between the stages; where it
        says True, Stale is raised. Raises OutOfMemory, ValueError for hints of another size.
        """
        size = self.source.shape[:2]
        if hints.shape != (*size, 4):
            raise ValueError(f"hints must have the drawing's size, {size}, not {hints.shape[:2]}")
        with enough_memory_or("There is not enough memory to colour this drawing at this size."):
            self._colors = self._color(hints, draft, _stages(is_stale))
        return self._colors

    @abstractmethod
    def _color(self, hints: np.ndarray, draft: bool, go_on: Stages) -> np.ndarray:
        """The colour layer, uint8 [H, W, 3]."""

    @abstractmethod
    def _finished(self, colors: np.ndarray) -> np.ndarray:
        """The finished picture with that colour layer, uint8 [H, W, 3]."""


def _stages(is_stale: Callable[[], bool] | None) -> Stages:
    def go_on() -> None:
        if is_stale is not None and is_stale():
            raise Stale

    return go_on
