"""Spreading hints over a drawing without a network: a flood that runs through wide passages first.

Each hint colours the basin it lies in; from there the colour travels along the graph of passages (Dijkstra), cheaply
through open ones, dearly through gaps, and across ink only to reach what no hint reaches otherwise. The cost of the
way becomes the confidence. Where several hints share a basin they blend by distance, and a hint in the middle of an
area counts for more of it than one that hugs a line: `linepaint.imaging.blending`. The network refines the result;
where no hint is near it has its own opinion.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from linepaint.imaging.basins import Basins
from linepaint.imaging.blending import Blend, KnownShares, share_out
from linepaint.imaging.marks import Marks, find_marks
from linepaint.imaging.opencv import cv2
from linepaint.imaging.outline_marks import shorten_outline_marks

GAP_COST = 6.0
"""Cost of squeezing through an infinitely small gap; an equally wide passage costs nothing."""

INK_COST = 12.0
"""Cost of crossing a line, whatever its thickness."""

DISTANCE_COST = 4.0
"""Cost of crossing the whole picture in the open."""

WEAK_COST = 4.0
"""What a mark without any room around it pays in a large basin, so that a strong one beside it may have it."""

CONFIDENCE_RANGE = 4.0
"""The cost at which confidence has fallen to 1/e."""

WHITE = 255.0


class Recollection:
    """What was worked out for one stroke on a drawing, for the next one to take over wherever the hints are the same.

    Nothing that comes out depends on it but the time that it takes.
    """

    def __init__(self) -> None:
        self.shares = KnownShares()
        self.color: np.ndarray | None = None
        """The last colours spread."""
        self.blended: dict[int, tuple[Blend, bytes]] = {}
        """The basins that are blended in them, and the blended colours."""


@dataclass(frozen=True)
class Propagation:
    """Hints spread over the drawing: which mark each basin listens to, and how the marks that share a basin blend.

    labels: int32 [H, W], the basin of each pixel. marks: the k marks that spread. owner: int32 [n], the mark each
    basin got its value from, -1 where there is none. certainty: float32 [n] in [0, 1], 1 in a basin that holds a hint.
    """

    labels: np.ndarray
    marks: Marks
    owner: np.ndarray
    certainty: np.ndarray
    blends: tuple[Blend, ...]
    recollection: Recollection | None = None

    @cached_property
    def color(self) -> np.ndarray:
        """The hints' colours spread, uint8 [H, W, 3], read-only; white where there is no hint at all."""
        color = self._spread_color()
        color.flags.writeable = False
        return color

    def _spread_color(self) -> np.ndarray:
        if not self.marks.count:
            return np.full((*self.labels.shape, 3), 255, np.uint8)
        # An owner of -1, nothing reached, looks up the last row.
        palette = np.append(np.rint(self.marks.color), [[WHITE] * 3], axis=0).astype(np.uint8)
        color = _look_up(palette, self.owner.take(self.labels))
        last = self.recollection or Recollection()
        blended = {blend.basin: (blend, self.marks.color[blend.marks].tobytes()) for blend in self.blends}
        same = [basin for basin, as_now in blended.items() if _alike(as_now, last.blended.get(basin))]
        if last.color is not None and same:
            is_same = np.zeros(len(self.owner), np.uint8)
            is_same[same] = 1
            cv2.copyTo(last.color, is_same.take(self.labels), color)
        for basin in blended.keys() - same:
            blended[basin][0].lay(color, self.labels, self.labels.shape, self.marks.color)
        last.color, last.blended = color, blended
        return color

    @cached_property
    def confidence(self) -> np.ndarray:
        """How surely a hint speaks for a pixel, float32 [H, W] in [0, 1]."""
        return self.certainty.take(self.labels)

    def field(self, values: np.ndarray, labels: np.ndarray) -> np.ndarray:
        """Values float32 [k, C], one a mark, spread as the colours are: float32 [h, w, C]; 0 where nothing spread.

        labels: int32 [h, w], the basins at the size that is wanted.
        """
        if not self.marks.count:
            return np.zeros((*labels.shape, values.shape[1]), np.float32)
        nothing = np.zeros((1, values.shape[1]), np.float32)
        spread = np.append(values.astype(np.float32), nothing, axis=0).take(self.owner, axis=0).take(labels, axis=0)
        for blend in self.blends:
            blend.lay(spread, labels, self.labels.shape, values)
        return spread


def passage_costs(basins: Basins, closed_px: float = 0.0) -> np.ndarray:
    """What it costs a colour to go through each passage, float32 [m].

    closed_px: ink and gaps narrower than this let nothing through, at infinite cost; 0: all can be passed.
    """
    height, width = basins.labels.shape
    radius = basins.radius[basins.passages].min(axis=1) if len(basins.passages) else np.zeros(0)
    tightness = 1 - np.clip(basins.width / np.maximum(radius, 1), 0, 1)
    squeeze = np.where(basins.width > 0, GAP_COST * tightness**2, INK_COST)
    costs = squeeze + DISTANCE_COST * basins.distance / max(height, width) + 1e-3
    if closed_px:
        costs[basins.width * 2 < closed_px] = np.inf
    return costs.astype(np.float32)


def propagate(
    basins: Basins, hints: np.ndarray, costs: np.ndarray | None = None, recollection: Recollection | None = None
) -> Propagation:
    """Spread hints, uint8 [H, W, 4], over basins of the same [H, W]; costs as from passage_costs.

    recollection: of strokes on the same basins, which saves time; it is brought up to date.
    """
    if costs is None:
        costs = passage_costs(basins)
    marks = shorten_outline_marks(find_marks(basins, hints), max(basins.labels.shape))
    if not marks.count:
        nothing = np.full(basins.count, -1, np.int32)
        return Propagation(basins.labels, marks, nothing, np.zeros(basins.count, np.float32), ())
    origin, cost = _flood(basins, costs, marks)
    certainty = np.exp(-cost / CONFIDENCE_RANGE).astype(np.float32)
    recollection = recollection or Recollection()
    owner, blends = share_out(basins, marks, origin, certainty, recollection.shares)
    return Propagation(basins.labels, marks, owner, certainty, tuple(blends), recollection)


def _alike(one: tuple[Blend, bytes], other: tuple[Blend, bytes] | None) -> bool:
    """Whether two blends of one basin look the same."""
    return other is not None and one[0].shares is other[0].shares and one[1] == other[1]


def _look_up(palette: np.ndarray, source: np.ndarray) -> np.ndarray:
    """palette[source] for uint8 [k, 3] and int32 [H, W], four bytes at a time, which is several times as fast."""
    packed = np.zeros((len(palette), 4), np.uint8)
    packed[:, :3] = palette
    rgba = packed.view(np.uint32)[:, 0].take(source).view(np.uint8).reshape(*source.shape, 4)
    return cv2.cvtColor(rgba, cv2.COLOR_RGBA2RGB)


def _flood(basins: Basins, costs: np.ndarray, marks: Marks) -> tuple[np.ndarray, np.ndarray]:
    """The basin whose marks each basin listens to, int32 [n], and the cost of their way from there, float64 [n].

    -1 and infinity where no mark comes.
    """
    claim = np.full(basins.count, np.inf)
    room = np.maximum(basins.radius[marks.basin], 1)
    np.minimum.at(claim, marks.basin, WEAK_COST * (1 - np.minimum(marks.reach / room, 1)) ** 2 + 1e-6)
    marked = np.flatnonzero(np.isfinite(claim))
    is_open = np.isfinite(costs)
    passages, costs = basins.passages[is_open], costs[is_open]
    # All marks set out at once from one more node, each at the cost of its claim.
    start = np.full(len(marked), basins.count)
    graph = csr_array(
        (
            np.concatenate([costs, claim[marked]]).astype(np.float64),
            (np.concatenate([passages[:, 0], start]), np.concatenate([passages[:, 1], marked])),
        ),
        shape=(basins.count + 1, basins.count + 1),
    )
    cost, before = dijkstra(graph, directed=False, indices=basins.count, return_predecessors=True)
    cost, before = cost[:-1], before[:-1]
    origin = np.where(before == basins.count, np.arange(basins.count), before).astype(np.int32)
    origin[~np.isfinite(cost)] = -1
    # Follow the way back until it ends; -1 stays, looking up a last element of its own.
    origin = np.append(origin, np.int32(-1))
    while not np.array_equal(origin, further := origin.take(origin)):
        origin = further
    origin = origin[:-1]
    return origin, np.where(origin >= 0, np.maximum(cost - np.append(claim, 0).take(origin), 0), np.inf)
