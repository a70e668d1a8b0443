"""What a line drawing says before any network looks at it: its areas, how colour may flow, how to enlarge it.

Two sizes are at work: the *structure* size, at which basins are found and hints propagated, keeps colour borders
sharp; the smaller *working* size, at which the network runs, decides how long a stroke takes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linepaint.imaging.basins import closed_regions, find_basins
from linepaint.imaging.marks import SOLID
from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import Propagation, Recollection, passage_costs, propagate
from linepaint.imaging.shrinking import shrink_lines
from linepaint.imaging.upsampling import Upsampling, plan_upsampling

STRUCTURE_PX = 768
"""Longest side at which regions are found and hints propagated."""

GAP_PX = 4.0
"""Gaps in outlines up to this width, at the structure size, do not join two areas."""


LINES_OWN_BELOW = 150
"""A hint about a line, darker than this in its largest channel, is the line's own colour and not painted beside it."""


@dataclass(frozen=True)
class WorkingLines:
    """The drawing at one working size [h, w].

    lines: uint8, 255 = paper. ink: bool, wherever a line touches the pixel. areas: int32, numbered from 0. basins:
    int32, the structure's basins.
    """

    lines: np.ndarray
    ink: np.ndarray
    areas: np.ndarray
    basins: np.ndarray
    upsampling: Upsampling

    @property
    def size(self) -> tuple[int, int]:
        """(h, w)."""
        return self.lines.shape[0], self.lines.shape[1]


class Structure:
    """A drawing's basins, found once, and its working sizes, each made the first time it is asked for."""

    def __init__(self, lines: np.ndarray, clamp: bool = False) -> None:
        """Read lines, uint8 [H, W] with 255 = paper. clamp: hints colour nothing beyond their closed regions."""
        self.lines = shrink_lines(lines, STRUCTURE_PX)
        """At the structure size, uint8 [S, T]."""
        self._full = lines.shape[1], lines.shape[0]
        self._basins = find_basins(self.lines)
        self._ink = np.where(self._basins.ink, np.uint8(255), np.uint8(0)).astype(np.uint8)
        self._costs = passage_costs(self._basins, GAP_PX if clamp else 0.0)
        self._areas = closed_regions(self._basins, GAP_PX)
        self._working: dict[int, WorkingLines] = {}
        self._recollection = Recollection()

    @property
    def size(self) -> tuple[int, int]:
        """The structure size, (S, T)."""
        return self.lines.shape[0], self.lines.shape[1]

    def spread(self, marks: np.ndarray) -> Propagation:
        """Hints uint8 [S, T, 4] spread over the drawing."""
        return propagate(self._basins, marks, self._costs, self._recollection)

    def forget(self) -> None:
        """Take nothing over from earlier hints."""
        self._recollection = Recollection()

    def working(self, longest_side: int) -> WorkingLines:
        """The drawing at a working size, at most the structure size."""
        if longest_side not in self._working:
            lines = shrink_lines(self.lines, longest_side)
            size = lines.shape[1], lines.shape[0]
            self._working[longest_side] = WorkingLines(
                lines=lines,
                ink=cv2.resize(self._ink, size, interpolation=cv2.INTER_AREA) > 0,
                areas=cv2.resize(self._areas, size, interpolation=cv2.INTER_NEAREST),
                basins=cv2.resize(self._basins.labels, size, interpolation=cv2.INTER_NEAREST),
                upsampling=plan_upsampling(self._basins.labels, (lines.shape[0], lines.shape[1])),
            )
        return self._working[longest_side]

    def corrected(self, spread: Propagation, large_correction: np.ndarray, marks: np.ndarray) -> np.ndarray:
        """The colour layer uint8 [S, T, 3]: the spread hints with a correction float32 [S, T, 3] in units of 1/255
        added, and the hints themselves on the paper: those that spread, and of those about a line what is not its own.
        """
        color = cv2.add(spread.color, large_correction, dtype=cv2.CV_8U)
        # Whole pictures, which OpenCV goes through faster than numpy through lists of pixels.
        solid = cv2.inRange(marks, (0, 0, 0, SOLID), (255, 255, 255, 255))
        dark = LINES_OWN_BELOW - 1
        is_lines_own = cv2.bitwise_or(self._ink, cv2.inRange(marks, (0, 0, 0, 0), (dark, dark, dark, 255)))
        kept = cv2.bitwise_and(solid, cv2.bitwise_not(is_lines_own))
        kept[spread.marks.ys, spread.marks.xs] = 255
        cv2.copyTo(cv2.cvtColor(marks, cv2.COLOR_RGBA2RGB), kept, color)
        return color

    def full_size(self, color: np.ndarray) -> np.ndarray:
        """A colour layer [S, T, 3] at the document's own size."""
        if self._full[::-1] == self.size:
            return color
        return cv2.resize(color, self._full, interpolation=cv2.INTER_LINEAR)
