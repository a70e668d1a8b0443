"""A line drawing being coloured: what depends on its lines is worked out once, what depends on the hints per stroke.

    lines ──(once)──> basins, upsampling plans, whatever the network can do without hints
    hints ──(every stroke)──> propagation ─┐
                    └──> network ──────────┴─> colour at working size ──> anchored to the hints ──> full size

Whatever network paints, a hint is obeyed, its colour reaches its region, and nothing leaks over a line.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from linepaint.engine.session import DRAFT_PX, Session, Stages
from linepaint.engine.structure import Structure, WorkingLines
from linepaint.engine.tensors import hints_tensor
from linepaint.imaging.anchoring import anchor, tone_error
from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import Propagation
from linepaint.imaging.shrinking import KnownBlocks, shrink_hints

BAND_ROWS = 64
"""Rows of the full-size picture finished at a time: so few stay in the processor's cache."""


@dataclass(frozen=True)
class Prior:
    """Spread hints at a working size: color uint8 [h, w, 3], confidence float32 [h, w]."""

    color: np.ndarray
    confidence: np.ndarray

    @classmethod
    def of(cls, spread: Propagation, size: tuple[int, int]) -> Prior:
        """The propagation, shrunk to size (h, w)."""
        target = size[1], size[0]
        return cls(
            color=cv2.resize(spread.color, target, interpolation=cv2.INTER_AREA),
            confidence=cv2.resize(spread.confidence, target, interpolation=cv2.INTER_AREA),
        )


class DrawingSession(Session):
    """Colours a line drawing; networks differ in `_prepare` and `_paint`. The finished picture is colour × lines."""

    def __init__(
        self, lines: np.ndarray, *, size: int, seed: int, draft_size: int = DRAFT_PX, clamp: bool = False
    ) -> None:
        """lines: uint8 [H, W], 255 = paper. size, draft_size: the network's longest side at rest and for drafts, px.

        clamp: hints colour their own regions, gaps closed, and no other; what no hint is in is the network's alone.
        """
        super().__init__(lines, seed)
        self._size, self._draft_size = size, draft_size
        self._structure = Structure(lines, clamp)
        self._known_hints: dict[tuple[int, int], KnownBlocks] = {}

    @property
    def lines(self) -> np.ndarray:
        """The drawing, uint8 [H, W]."""
        return self.source

    @abstractmethod
    def _prepare(self, working: WorkingLines) -> None:
        """Do, once for each working size, what the hints do not change."""

    @abstractmethod
    def _paint(self, working: WorkingLines, hints: Tensor, prior: Prior) -> np.ndarray:
        """The network's own colour at the working size, float32 [h, w, 3] in [0, 1]; hints: [1, 4, h, w]."""

    def forget(self) -> None:
        """Take nothing over from the strokes before: the next preview comes out the same, but takes longer."""
        self._known_hints.clear()
        self._structure.forget()

    def _color(self, hints: np.ndarray, draft: bool, go_on: Stages) -> np.ndarray:
        structure = self._structure
        marks = self._shrunk(hints, structure.size)
        spread = structure.spread(marks)
        go_on()
        working = structure.working(self._draft_size if draft else self._size)
        self._prepare(working)
        go_on()
        correction = self._correction(working, marks, spread, go_on)
        go_on()
        color = structure.corrected(spread, working.upsampling.apply(correction), marks)
        go_on()
        return structure.full_size(color)

    def _correction(self, working: WorkingLines, marks: np.ndarray, spread: Propagation, go_on: Stages) -> np.ndarray:
        """What is to be added to the propagated colour at working size, float32 [h, w, 3], in units of 1/255."""
        small_marks = self._shrunk(spread.marks.only(marks), working.size)
        prior = Prior.of(spread, working.size)
        hints = hints_tensor(small_marks, working.ink)
        made = self._paint(working, hints, prior)
        go_on()
        base = prior.color.astype(np.float32) * np.float32(1 / 255)
        wanted = small_marks[..., :3].astype(np.float32) * np.float32(1 / 255)
        mask = hints[0, 3].numpy() > 0
        toned = made + tone_error(made, spread, working.basins) * prior.confidence[..., None]
        obedient = anchor(toned, wanted, mask)
        return ((obedient - base) * 255).astype(np.float32)

    def _shrunk(self, hints: np.ndarray, size: tuple[int, int]) -> np.ndarray:
        """Hints at that size; what the last stroke left as it was is known already."""
        return shrink_hints(hints, size, self._known_hints.setdefault(size, {}))

    def _finished(self, colors: np.ndarray) -> np.ndarray:
        finished = np.empty_like(colors)
        for first in range(0, len(colors), BAND_ROWS):
            rows = slice(first, first + BAND_ROWS)
            lines = cv2.cvtColor(self.lines[rows], cv2.COLOR_GRAY2RGB)
            cv2.multiply(colors[rows], lines, dst=finished[rows], scale=1 / 255)
        return finished
