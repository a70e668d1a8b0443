"""A picture being coloured: what each kind of session does, and what all of them do alike.

A session is made once for a picture and asked for colours on every stroke. Line drawings have a `LiveSession` or a
`WholeDrawingSession`, gray pictures a `GrayscaleSession`, any other pairs of pictures a `PictureSession`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

import numpy as np

from linepaint.engine.errors import Stale
from linepaint.engine.memory import enough_memory_or

DRAFT_PX = 192
"""Longest side for the network while the pen is down."""

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
