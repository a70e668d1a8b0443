"""Spreading hints over a drawing without a network: a flood that runs through wide passages first.

Each hint colours the basin it lies in; from there the colour travels along the graph of passages (Dijkstra), cheaply
through open ones, dearly through gaps, and across ink only to reach what no hint reaches otherwise. The cost of the
way becomes the confidence. The network refines the result; where no hint is near it has its own opinion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from linepaint.imaging.basins import Basins, connected
from linepaint.imaging.opencv import cv2

SOLID = 128
"""A hint pixel counts from this alpha on."""

FOLLOWS_LINE = 0.15
"""A stroke with this share of its pixels on ink is taken to be about the line."""

FILLS_AREA = 0.2
"""A stroke about a line still colours an area of which it covers this share."""

GAP_COST = 6.0
"""Cost of squeezing through an infinitely small gap; an equally wide passage costs nothing."""

INK_COST = 12.0
"""Cost of crossing a line, whatever its thickness."""

DISTANCE_COST = 4.0
"""Cost of crossing the whole picture in the open."""

CONFIDENCE_RANGE = 4.0
"""The cost at which confidence has fallen to 1/e."""


@dataclass(frozen=True)
class Propagation:
    """Hints spread over the drawing.

    color: uint8 [H, W, 3], white where there is no hint at all. confidence: float32 [H, W] in [0, 1], 1 in a basin
    that holds the hint. source: int32 [H, W], which hint colour (an index into palette) a pixel got, -1 for none.
    palette: uint8 [k, 3].
    """

    color: np.ndarray
    confidence: np.ndarray
    source: np.ndarray
    palette: np.ndarray


@dataclass(frozen=True)
class _Seeds:
    """Hint pixels gathered by basin and colour: one row for each pair that occurs."""

    basin: np.ndarray
    color: np.ndarray
    weight: np.ndarray
    center: np.ndarray


def passage_costs(basins: Basins) -> np.ndarray:
    """What it costs a colour to go through each passage, float32 [m]."""
    height, width = basins.labels.shape
    radius = basins.radius[basins.passages].min(axis=1) if len(basins.passages) else np.zeros(0)
    tightness = 1 - np.clip(basins.width / np.maximum(radius, 1), 0, 1)
    squeeze = np.where(basins.width > 0, GAP_COST * tightness**2, INK_COST)
    return (squeeze + DISTANCE_COST * basins.distance / max(height, width) + 1e-3).astype(np.float32)


def propagate(basins: Basins, hints: np.ndarray, costs: np.ndarray | None = None) -> Propagation:
    """Spread hints, uint8 [H, W, 4], over basins of the same [H, W]; costs as from passage_costs."""
    if costs is None:
        costs = passage_costs(basins)
    ys, xs = _meant_for_paper(basins, hints)
    if not len(ys):
        shape = basins.labels.shape
        return Propagation(
            color=np.full((*shape, 3), 255, np.uint8),
            confidence=np.zeros(shape, np.float32),
            source=np.full(shape, -1, np.int32),
            palette=np.zeros((0, 3), np.uint8),
        )
    palette, color_of_pixel = distinct_colors(hints[ys, xs, :3])
    seeds = _gather(basins, ys, xs, color_of_pixel, len(palette))
    basin_color, cost = _flood(basins, costs, seeds)
    source = basin_color.take(basins.labels)
    _split_shared_basins(basins, source, seeds, ys, xs, color_of_pixel)
    confidence = np.exp(-cost / CONFIDENCE_RANGE).astype(np.float32).take(basins.labels)
    return Propagation(_look_up(palette, source), confidence, source, palette)


def _look_up(palette: np.ndarray, source: np.ndarray) -> np.ndarray:
    """palette[source] for uint8 [k, 3] and int32 [H, W], four bytes at a time, which is several times as fast."""
    packed = np.zeros((len(palette), 4), np.uint8)
    packed[:, :3] = palette
    rgba = packed.view(np.uint32)[:, 0].take(source).view(np.uint8).reshape(*source.shape, 4)
    return cv2.cvtColor(rgba, cv2.COLOR_RGBA2RGB)


def _meant_for_paper(basins: Basins, hints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The hint pixels that are to spread, (ys, xs).

    What lies on ink colours nothing, and a stroke that mostly follows a line is meant for the line: where it
    merely spills over the line's edge it must not flood the area beside it.
    """
    ys, xs = solid_pixels(hints)
    if not len(ys):
        return ys, xs
    on_ink = basins.ink[ys, xs]
    blob = _blobs(hints, ys, xs)
    ink_share = np.bincount(blob, on_ink) / np.maximum(np.bincount(blob), 1)
    basin = basins.labels[ys, xs]
    pair, index = np.unique(blob * basins.count + basin, return_inverse=True)
    cover = np.bincount(index, ~on_ink) / np.maximum(basins.area[pair % basins.count], 1)
    spread = ~on_ink & ((ink_share[blob] < FOLLOWS_LINE) | (cover[index] >= FILLS_AREA))
    return ys[spread], xs[spread]


def solid_pixels(hints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where there are hints, (ys, xs); looks only at the rows that have any."""
    alpha = np.ascontiguousarray(hints[..., 3])
    rows = np.flatnonzero(alpha.max(axis=1) >= SOLID)
    ys, xs = np.nonzero(alpha[rows] >= SOLID)
    return rows[ys], xs


def _blobs(hints: np.ndarray, ys: np.ndarray, xs: np.ndarray) -> np.ndarray:
    """Which dab or stroke, a connected patch of about one colour, each hint pixel belongs to: int32 [p]."""
    coarse = (hints[ys, xs, :3] >> 4).astype(np.int32)
    value = coarse[:, 0] << 8 | coarse[:, 1] << 4 | coarse[:, 2]
    at = ys * hints.shape[1] + xs
    # The pixels lie row by row: runs along a row first, then the runs that touch below.
    starts = (value[1:] != value[:-1]) | (at[1:] != at[:-1] + 1) | (ys[1:] != ys[:-1])
    run = np.concatenate([np.zeros(1, np.int64), np.cumsum(starts)])
    below = np.minimum(np.searchsorted(at, at + hints.shape[1]), len(at) - 1)
    joined = np.flatnonzero((at.take(below) == at + hints.shape[1]) & (value.take(below) == value))
    pairs = np.stack([run.take(joined), run.take(below.take(joined))], axis=1)
    return connected(int(run[-1]) + 1, pairs).take(run)


def distinct_colors(colors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The distinct hint colours, uint8 [k, 3], and which one each pixel has, int32 [p]; near twins count as one."""
    coarse = (colors >> 3).astype(np.int32)
    _, index = np.unique(coarse[:, 0] << 10 | coarse[:, 1] << 5 | coarse[:, 2], return_inverse=True)
    count = np.bincount(index)
    mean = np.stack([np.bincount(index, colors[:, c]) / count for c in range(3)], axis=1)
    return np.rint(mean).astype(np.uint8), index.astype(np.int32)


def _gather(basins: Basins, ys: np.ndarray, xs: np.ndarray, color: np.ndarray, colors: int) -> _Seeds:
    pair, index, weight = np.unique(
        basins.labels[ys, xs].astype(np.int64) * colors + color, return_inverse=True, return_counts=True
    )
    center = np.stack([np.bincount(index, xs), np.bincount(index, ys)], axis=1) / weight[:, None]
    return _Seeds((pair // colors).astype(np.int32), (pair % colors).astype(np.int32), weight, center)


def _flood(basins: Basins, costs: np.ndarray, seeds: _Seeds) -> tuple[np.ndarray, np.ndarray]:
    """The hint colour of each basin, int32 [n], and the cost of its way there, float64 [n]."""
    order = np.argsort(basins.passages[:, 0], kind="stable")
    a, b = basins.passages[order].T
    starts = np.searchsorted(a, np.arange(basins.count + 1)).astype(np.int32)
    graph = csr_array((costs[order].astype(np.float64), b, starts), shape=(basins.count, basins.count))
    origins = np.unique(seeds.basin)
    cost, _, origin = dijkstra(graph, directed=False, indices=origins, return_predecessors=True, min_only=True)
    reached = np.flatnonzero(origin >= 0)
    color = np.full(basins.count, seeds.color[np.argmax(seeds.weight)], np.int32)
    order = np.argsort(seeds.basin, kind="stable")
    start = np.searchsorted(seeds.basin[order], np.arange(basins.count + 1))
    color[reached] = seeds.color[order[start[origin[reached]]]]
    # Of several hints in the basin a colour sets out from, the one nearest to where it goes is meant.
    shared = start[1:] - start[:-1] > 1
    for basin in reached[shared[origin[reached]]]:
        rows = order[start[origin[basin]] : start[origin[basin] + 1]]
        if origin[basin] == basin:
            meant = rows[np.argmax(seeds.weight[rows])]
        else:
            gap = seeds.center[rows] - basins.center[basin]
            meant = rows[np.argmin((gap**2).sum(axis=1))]
        color[basin] = seeds.color[meant]
    return color, np.where(origin >= 0, cost, np.inf)


def _split_shared_basins(
    basins: Basins, source: np.ndarray, seeds: _Seeds, ys: np.ndarray, xs: np.ndarray, color: np.ndarray
) -> None:
    """Where one basin holds several hint colours, give each of its pixels the nearest; writes into source."""
    shared = np.flatnonzero(np.bincount(seeds.basin, minlength=basins.count) > 1)
    order = np.argsort(basins.labels[ys, xs], kind="stable")
    ys, xs, color = ys[order], xs[order], color[order]
    start = np.searchsorted(basins.labels[ys, xs], np.arange(basins.count + 1))
    for basin in shared:
        mine = slice(start[basin], start[basin + 1])
        box = basins.boxes[basin]
        y, x = ys[mine] - box[0].start, xs[mine] - box[1].start
        inside = basins.labels[box] == basin
        away = np.ones(inside.shape, np.uint8)
        away[y, x] = 0
        _, nearest = cv2.distanceTransformWithLabels(away, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
        color_of_label = np.zeros(int(nearest.max()) + 1, np.int32)
        color_of_label[nearest[y, x]] = color[mine]
        source[box][inside] = color_of_label[nearest[inside]]
