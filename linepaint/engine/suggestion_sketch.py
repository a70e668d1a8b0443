"""A drawing at thumbnail size, as suggestions see it: its regions, how far a hint would reach, what the network thinks.

Suggestions need several looks at a drawing where a preview needs one, and no fine detail, so they have sessions of
their own over a small copy of the lines: one of the drawing, and one of its mirror image. A network that sees the same
lines mirrored ought to give the same colours; where it does not, it is guessing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from linepaint.imaging.basins import Basins, closed_regions, find_basins
from linepaint.imaging.marks import find_marks
from linepaint.imaging.propagation import CONFIDENCE_RANGE, passage_costs, propagate
from linepaint.imaging.shrinking import shrink_hints, shrink_lines

SKETCH_PX = 224
"""Longest side of the small copy."""

GAP_PX = 1.2
"""Gaps in outlines up to this width, on the small copy, do not join two regions."""

HOME_CERTAINTY = 0.9
"""How well a hint speaks, at least, for the rest of its own region."""

ABROAD_SHARE = 0.3
"""How well it speaks for other regions, as a share of the propagation's confidence there: artists like contrast."""


class SmallSession(Protocol):
    """What a sketch needs of a session: `Session` has it."""

    def color_layer(self, hints: np.ndarray, *, draft: bool = False) -> np.ndarray:
        """The colour layer, uint8 [h, w, 3], for hints uint8 [h, w, 4]."""


OpenSession = Callable[[np.ndarray], SmallSession]
"""Lines uint8 [h, w] -> a session of the same checkpoint."""


@dataclass(frozen=True)
class Opinion:
    """What is known about n basins under some hints.

    color: float32 [n, 3] in [0, 1], the mean colour. disagreement: float32 [n] in [0, 1], root mean square difference
    from what the network makes of the mirrored drawing. confidence: float32 [n] in [0, 1], that of the propagation.
    """

    color: np.ndarray
    disagreement: np.ndarray
    confidence: np.ndarray


class Sketch:
    """One drawing at thumbnail size. What does not depend on hints is worked out once, when it is first needed."""

    def __init__(self, lines: np.ndarray, open_session: OpenSession) -> None:
        """lines: uint8 [H, W], 255 = paper, at any size."""
        self._open = open_session
        self.full_size: tuple[int, int] = (lines.shape[0], lines.shape[1])
        """(H, W)."""
        self.lines = shrink_lines(lines, SKETCH_PX)
        """uint8 [h, w]."""
        self._seen: dict[bool, tuple[bytes, np.ndarray]] = {}
        """The newest colour layer of the drawing and of its mirror image, with the hints that gave it."""

    @cached_property
    def basins(self) -> Basins:
        """The small drawing's basins."""
        return find_basins(self.lines)

    @cached_property
    def regions(self) -> np.ndarray:
        """Basins joined where nothing but a narrow gap could part them: int32 [h, w], numbered from 0."""
        return closed_regions(self.basins, GAP_PX)

    @cached_property
    def at_edge(self) -> np.ndarray:
        """Which basins touch the edge of the picture, bool [n]; most often they are background."""
        labels = self.basins.labels
        touching = np.zeros(self.basins.count, bool)
        for side in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
            touching[side] = True
        return touching

    def coverage(self, basins: np.ndarray) -> np.ndarray:
        """How well a hint in each of the basins int [k] would speak for every basin: float64 [k, n] in [0, 1]."""
        cost = dijkstra(self._passages, directed=False, indices=basins)
        certainty = np.exp(-cost / CONFIDENCE_RANGE)
        region = np.zeros(self.basins.count, np.int32)
        region[self.basins.labels.ravel()] = self.regions.ravel()
        is_home = region[basins][:, None] == region
        return np.where(is_home, np.maximum(certainty, HOME_CERTAINTY), ABROAD_SHARE * certainty)

    def hinted_basins(self, hints: np.ndarray) -> np.ndarray:
        """The basins in which hints, uint8 [h, w, 4], lie: int32 [k]."""
        return np.unique(find_marks(self.basins, hints).basin)

    def opinion(self, hints: np.ndarray, go_on: Callable[[], None]) -> Opinion:
        """What the network and the propagation say under hints, uint8 [h, w, 4]; go_on is called between the stages."""
        here = self.color_layer(hints).astype(np.float32) / 255
        go_on()
        mirrored = self._color_layer(hints, mirrored=True).astype(np.float32) / 255
        go_on()
        difference = here - mirrored
        return Opinion(
            color=self.mean(here),
            disagreement=np.sqrt(self.mean((difference**2).mean(axis=2, keepdims=True))[:, 0]),
            confidence=self.mean(propagate(self.basins, hints, self._costs).confidence[..., None])[:, 0],
        )

    def color_layer(self, hints: np.ndarray) -> np.ndarray:
        """What the drawing would be given, uint8 [h, w, 3], under hints uint8 [h, w, 4]."""
        return self._color_layer(hints, mirrored=False)

    @cached_property
    def unhinted_color(self) -> np.ndarray:
        """What the drawing would be given without a hint, uint8 [h, w, 3]."""
        return self._session.color_layer(np.zeros((*self.lines.shape, 4), np.uint8), draft=True).copy()

    def small(self, hints: np.ndarray) -> np.ndarray:
        """Hints at the drawing's size, uint8 [H, W, 4], at the small one, uint8 [h, w, 4].

        Raises ValueError for hints of another size.
        """
        if hints.shape != (*self.full_size, 4):
            raise ValueError(f"hints must have the drawing's size, {self.full_size}, not {hints.shape[:2]}")
        return shrink_hints(hints, (self.lines.shape[0], self.lines.shape[1]))

    def mean(self, picture: np.ndarray) -> np.ndarray:
        """The mean of each basin's paper, float32 [n, C], of a picture float32 [h, w, C]."""
        labels, paper = self.basins.labels.ravel(), (~self.basins.ink).ravel().astype(np.float64)
        area = np.maximum(self.basins.area, 1)
        channels = picture.reshape(len(labels), -1).T
        sums = [np.bincount(labels, channel * paper, self.basins.count) for channel in channels]
        return (np.stack(sums, axis=1) / area[:, None]).astype(np.float32)

    def middle(self, basin: int) -> tuple[int, int]:
        """The (x, y) of a basin, on the small copy, that has most room: far from any line, and off the page's edge."""
        rows, columns = self.basins.boxes[basin]
        height, width = self.lines.shape
        ys, xs = np.ogrid[rows, columns]
        inset = np.minimum(np.minimum(ys, height - 1 - ys), np.minimum(xs, width - 1 - xs))
        room = np.minimum(self.basins.clearance[rows, columns], 2 * inset + 1)
        clearance = np.where(self.basins.labels[rows, columns] == basin, room, -np.inf)
        y, x = np.unravel_index(int(clearance.argmax()), clearance.shape)
        return columns.start + int(x), rows.start + int(y)

    def full_point(self, x: int, y: int) -> tuple[int, int]:
        """The middle of a small pixel in the drawing's own pixels."""
        height, width = self.lines.shape
        return int((x + 0.5) * self.full_size[1] / width), int((y + 0.5) * self.full_size[0] / height)

    def small_point(self, x: int, y: int) -> tuple[int, int]:
        """The small pixel that holds a pixel of the drawing. Raises ValueError for one outside it."""
        tall, wide = self.full_size
        if not (0 <= x < wide and 0 <= y < tall):
            raise ValueError(f"there is no pixel ({x}, {y}) in a drawing of {wide} × {tall}")
        height, width = self.lines.shape
        return min(x * width // wide, width - 1), min(y * height // tall, height - 1)

    @cached_property
    def _costs(self) -> np.ndarray:
        return passage_costs(self.basins)

    @cached_property
    def _passages(self) -> csr_array:
        ends, count = self.basins.passages, self.basins.count
        return csr_array((self._costs.astype(np.float64), (ends[:, 0], ends[:, 1])), shape=(count, count))

    @cached_property
    def _session(self) -> SmallSession:
        return self._open(self.lines)

    @cached_property
    def _mirrored_session(self) -> SmallSession:
        return self._open(np.ascontiguousarray(self.lines[:, ::-1]))

    def _color_layer(self, hints: np.ndarray, *, mirrored: bool) -> np.ndarray:
        # The pen wanders over many regions while the hints stay as they are.
        key = hints.tobytes()
        known = self._seen.get(mirrored)
        if known is not None and known[0] == key:
            return known[1]
        if mirrored:
            color = self._mirrored_session.color_layer(np.ascontiguousarray(hints[:, ::-1]), draft=True)[:, ::-1]
        else:
            color = self._session.color_layer(hints, draft=True)
        self._seen[mirrored] = key, color.copy()
        return self._seen[mirrored][1]
