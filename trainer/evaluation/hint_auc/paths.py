"""A region's middle line: the longest path along its skeleton, and the place in the middle of that."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra
from skimage.morphology import skeletonize

STEPS = ((0, 1), (1, -1), (1, 0), (1, 1))
"""To the neighbours that come later in raster order."""


def longest_path(region: np.ndarray) -> np.ndarray:
    """The longest of all shortest paths along a region's skeleton, bool [h, w]: its pixels in raster order, int [p, 2].

    The skeleton is Zhang and Suen's (1984); its pixels touch along sides and corners, a step costs its length, and a
    corner is not cut where the path could go round it. Of equally long paths, the first in raster order. Empty where
    thinning leaves nothing.
    """
    skeleton = skeletonize(np.pad(region, 1))[1:-1, 1:-1]
    nodes = np.argwhere(skeleton)
    if len(nodes) < 2:
        return nodes
    graph = _graph(skeleton, nodes)
    starts = _possible_ends(graph)
    lengths = dijkstra(graph, indices=starts)
    # Rounded, so that equally long paths are equal; what cannot be reached is nowhere.
    lengths = np.where(np.isfinite(lengths), lengths.round(6), -1.0)
    row, end = np.unravel_index(int(np.argmax(lengths)), lengths.shape)
    path = [int(end)]
    while path[-1] != starts[row]:
        path.append(_before(path[-1], graph, lengths[row]))
    return nodes[np.sort(path)]


def medoid(path: np.ndarray) -> np.ndarray:
    """The pixel of a path, int [p, 2], with the least total way to all others in city blocks: int [2]."""
    away = np.abs(path[:, None] - path[None]).sum(axis=(1, 2))
    return path[int(np.argmin(away))]


def _graph(skeleton: np.ndarray, nodes: np.ndarray) -> csr_array:
    """The steps between a skeleton's pixels with their lengths, sparse [n, n], both ways."""
    number = np.full(np.add(skeleton.shape, 2), -1)
    number[1:-1, 1:-1][skeleton] = np.arange(len(nodes))
    y, x = nodes.T + 1
    ends, lengths = [], []
    for down, right in STEPS:
        there = number[y + down, x + right]
        steps = there >= 0
        if down and right:
            steps &= (number[y + down, x] < 0) & (number[y, x + right] < 0)
        here = np.flatnonzero(steps)
        ends.append(np.stack([here, there[here]]))
        lengths.append(np.full(len(here), np.hypot(down, right)))
    a, b = np.concatenate(ends, axis=1)
    graph = csr_array((np.concatenate(lengths), (a, b)), shape=(len(nodes),) * 2)
    return csr_array(graph + graph.T)


def _before(node: int, graph: csr_array, length: np.ndarray) -> int:
    """The neighbour through which the shortest path comes to a node, the first of several in raster order.

    length: float64 [n], of the shortest paths to all nodes, rounded.
    """
    around = slice(graph.indptr[node], graph.indptr[node + 1])
    neighbours, steps = graph.indices[around], graph.data[around]
    on_the_way = np.abs(length[neighbours] + steps - length[node]) < 1e-4
    return int(neighbours[on_the_way].min())


def _possible_ends(graph: csr_array) -> np.ndarray:
    """Pixels of which one is an end of the longest path: the tips of trees, and all pixels of what has a ring."""
    count, part = connected_components(graph, directed=False)
    degree = np.diff(graph.indptr)
    ringed = np.bincount(part, degree, count) / 2 >= np.bincount(part, minlength=count)
    return np.flatnonzero((degree <= 1) | ringed[part])
