"""The open areas of a line drawing, and how wide the passages between them are.

The distance from the ink is a landscape: every open area is a hill whose height is the radius of the largest ball
that fits there, and a gap in an outline is a low pass between two hills. Cutting the landscape along its valleys
(a watershed by steepest ascent) gives basins; where two basins touch, the height of the pass between them says
whether colour may flow: through a wide passage freely, through a gap hardly, across ink not at all. This is the idea
of trapped-ball segmentation (Zhang et al. 2009, "Vectorizing Cartoon Animations") for all ball sizes at once, computed
once for a drawing so that each stroke costs no more than a walk over a small graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.ndimage import find_objects

from linepaint.imaging.opencv import cv2

INK_BELOW = 200
"""Line values darker than this stop colour; antialiased edges and pencil grey count as ink."""

RIDGE_SMOOTHING_PX = 1.0
"""Blur of the landscape, without which the ridge of a corridor breaks into a basin for every pixel."""

SAME_HILL = 0.85
"""Two hills whose pass is at least this share of the lower one's height are one area, not two."""


@dataclass(frozen=True)
class Basins:
    """A drawing cut into basins, with the graph of their passages.

    n basins, m passages. labels: int32 [H, W], the basin of each pixel; ink belongs to the open area it borders.
    ink: bool [H, W]. clearance: float32 [H, W], pixels from the edge of the ink, negative inside a line.
    radius: float32 [n], pixels, the largest ball that fits. area: int32 [n], pixels without ink. center: float32
    [n, 2], (x, y). passages: int32 [m, 2], pairs of touching basins. width: float32 [m], the radius of the widest ball
    that goes through, negative where ink of that half-thickness lies between. distance: float32 [m], pixels between
    the centres.
    """

    labels: np.ndarray
    ink: np.ndarray
    clearance: np.ndarray
    radius: np.ndarray
    area: np.ndarray
    center: np.ndarray
    passages: np.ndarray
    width: np.ndarray
    distance: np.ndarray

    @property
    def count(self) -> int:
        """How many basins there are."""
        return len(self.radius)

    @cached_property
    def boxes(self) -> list[tuple[slice, slice]]:
        """The bounding box of each basin, as slices into the picture."""
        return find_objects(self.labels + 1)


def find_basins(lines: np.ndarray) -> Basins:
    """Cut a drawing, uint8 [H, W] with 255 = paper, into its basins."""
    ink = lines < INK_BELOW
    landscape = _distance_from_ink(ink)
    summits, hill = _steepest_ascent(landscape)
    peak = landscape.ravel()[summits]
    pairs, height = _passages(hill, landscape)
    group = _level_hills(peak, pairs, height)
    count = int(group.max()) + 1
    radius = np.full(count, -np.inf, np.float32)
    np.maximum.at(radius, group, peak)
    passages, width = _widest(group[pairs], height)
    labels = group.take(hill)
    center, area = _centers_and_areas(labels, ink, count)
    distance = np.linalg.norm(center[passages[:, 0]] - center[passages[:, 1]], axis=1)
    return Basins(
        labels=labels,
        ink=ink,
        clearance=landscape,
        radius=radius,
        area=area,
        center=center,
        passages=passages,
        width=width,
        distance=distance.astype(np.float32),
    )


def closed_regions(basins: Basins, gap_px: float) -> np.ndarray:
    """The drawing's regions once gaps narrower than gap_px are closed: int32 [H, W], numbered from 0."""
    open_passages = basins.passages[basins.width * 2 >= gap_px]
    return connected(basins.count, open_passages)[basins.labels]


def _distance_from_ink(ink: np.ndarray) -> np.ndarray:
    """Signed distance from the edge of the ink, float32 [H, W]: positive on paper, negative inside a line."""
    height, width = ink.shape
    if not ink.any():
        return np.full((height, width), float(max(height, width)), np.float32)
    outside = cv2.distanceTransform((~ink).view(np.uint8), cv2.DIST_L2, 5)
    inside = cv2.distanceTransform(ink.view(np.uint8), cv2.DIST_L2, 5)
    landscape = np.maximum(cv2.GaussianBlur(outside, (0, 0), RIDGE_SMOOTHING_PX), np.float32(0.5))
    np.negative(inside, out=landscape, where=ink)
    return landscape


def _steepest_ascent(landscape: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The summits, flat indices int64 [n], and which of them each pixel climbs to, int32 [H, W]."""
    height, width = landscape.shape
    ways = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
    highest = landscape.copy()
    way = np.zeros((height, width), np.int8)
    for number in range(1, len(ways)):
        dy, dx = ways[number]
        here = (slice(max(0, -dy), height - max(0, dy)), slice(max(0, -dx), width - max(0, dx)))
        there = (slice(max(0, dy), height - max(0, -dy)), slice(max(0, dx), width - max(0, -dx)))
        # Numbers rise, so the greatest is the latest: sums and maxima are much faster than choosing by a mask.
        is_higher = (landscape[there] > highest[here]).view(np.int8)
        np.maximum(way[here], is_higher * np.int8(number), out=way[here])
        np.maximum(highest[here], landscape[there], out=highest[here])
    itself = np.arange(height * width)
    goal = np.array([dy * width + dx for dy, dx in ways]).take(way.ravel())
    goal += itself
    further = np.empty_like(goal)
    while True:
        # "clip" never has to, and lets numpy write straight into `further`.
        goal.take(goal, out=further, mode="clip")
        if np.array_equal(further, goal):
            break
        goal, further = further, goal
    is_summit = goal == itself
    summit = np.cumsum(is_summit, dtype=np.int32) - 1
    return np.flatnonzero(is_summit), summit.take(goal).reshape(height, width)


def _level_hills(peak: np.ndarray, pairs: np.ndarray, height: np.ndarray) -> np.ndarray:
    """Which hills are one as no real dip parts them, int32 [n]: a corridor is one area however its ridge wavers."""
    first, second = peak[pairs[:, 0]], peak[pairs[:, 1]]
    level = (height > 0) & (height >= SAME_HILL * np.minimum(first, second))
    # Ink that climbs nowhere (a filled black area) is joined to itself rather than left in a thousand crumbs.
    level |= (first < 0) & (second < 0)
    return connected(len(peak), pairs[level])


def connected(count: int, pairs: np.ndarray) -> np.ndarray:
    """The connected component of each of `count` nodes, int32 [count], given the pairs [m, 2] that are joined.

    Components are numbered by their first nodes. Each round hangs the greater of two joined roots on the smaller.
    """
    first, second = pairs[:, 0], pairs[:, 1]
    root = np.arange(count, dtype=np.int32)
    while True:
        one, other = root.take(first), root.take(second)
        apart = np.flatnonzero(one != other)
        if not len(apart):
            break
        first, second, one, other = first.take(apart), second.take(apart), one.take(apart), other.take(apart)
        np.minimum.at(root, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(root, further := root.take(root)):
            root = further
    number = np.cumsum(root == np.arange(count), dtype=np.int32) - 1
    return number.take(root)


def _passages(labels: np.ndarray, landscape: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of labels that touch, int32 [m, 2], and the height of the highest pass between them, float32 [m]."""
    width = labels.shape[1]
    label, level = labels.ravel(), landscape.ravel()
    across = np.flatnonzero(labels[:, :-1] != labels[:, 1:])
    across += across // max(1, width - 1)  # From numbers in the narrower array to numbers in the picture.
    down = np.flatnonzero(label[:-width] != label[width:])
    here, there = np.concatenate([across, down]), np.concatenate([across + 1, down + width])
    pairs = np.stack([label.take(here), label.take(there)], axis=1)
    return _widest(pairs, np.minimum(level.take(here), level.take(there)))


def _widest(pairs: np.ndarray, height: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each distinct pair of different labels once, int32 [m, 2], smaller label first, with its greatest height."""
    one, other = pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64)
    apart = np.flatnonzero(one != other)
    if not len(apart):
        return np.zeros((0, 2), np.int32), np.zeros(0, np.float32)
    packed = (np.minimum(one, other) << 32 | np.maximum(one, other)).take(apart)
    # Any order within a pair will do, for its maximum is the same.
    order = np.argsort(packed)
    packed, height = packed.take(order), height.take(apart.take(order))
    first = np.flatnonzero(np.concatenate([[True], packed[1:] != packed[:-1]]))
    unique = packed.take(first)
    distinct = np.stack([unique >> 32, unique & 0xFFFFFFFF], axis=1).astype(np.int32)
    return distinct, np.maximum.reduceat(height, first).astype(np.float32)


def _centers_and_areas(labels: np.ndarray, ink: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The mean (x, y) of each label's pixels, float32 [count, 2], and how many are not ink, int32 [count]."""
    height, width = labels.shape
    flat = labels.ravel().astype(np.intp)
    size = np.bincount(flat, minlength=count)
    x = np.bincount(flat, np.tile(np.arange(width, dtype=np.float64), height), count)
    y = np.bincount(flat, np.repeat(np.arange(height, dtype=np.float64), width), count)
    area = size - np.bincount(flat, ink.ravel(), count)
    return (np.stack([x, y], axis=1) / size[:, None]).astype(np.float32), area.astype(np.int32)
