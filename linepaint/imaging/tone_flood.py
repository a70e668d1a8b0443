"""Spreading hints over a gray picture: colour runs along even tones and stops where the tone changes.

Each pixel takes the hint from which the way is shortest, where a step costs what the tone changes on it (geodesic
distance on luminance: Yatziv & Sapiro 2006, "Fast Image and Video Colorization Using Chrominance Blending"). The length
of the way becomes the confidence. It is to gray pictures what `linepaint.imaging.propagation` is to lines.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from linepaint.imaging.chroma import chroma_of
from linepaint.imaging.marks import distinct_colors, solid_pixels
from linepaint.imaging.opencv import cv2

TONE_COST = 12.0
"""Cost of a step from black to white."""

GRAIN = 0.015
"""Changes of tone up to this, as a share of white, are grain and shading and cost nothing."""

DISTANCE_COST = 1.0
"""Cost of crossing the whole picture on an even tone."""

CONFIDENCE_RANGE = 1.0
"""The cost at which confidence has fallen to 1/e."""


FADING = 0.25
"""The power of the confidence by which chroma fades: a far hint is trusted less, and gray is the safer guess."""


def tone_graph(gray: np.ndarray) -> csr_array:
    """What a step between neighbouring pixels of uint8 [h, w] costs: a symmetric [h·w, h·w] matrix, upper half."""
    height, width = gray.shape
    tone = cv2.GaussianBlur(gray, (3, 3), 0).astype(np.float32) / 255
    index = np.arange(height * width, dtype=np.int32).reshape(height, width)
    step = DISTANCE_COST / max(height, width)
    costs, starts, ends = [], [], []
    for here, there in (
        ((slice(None), slice(None, -1)), (slice(None), slice(1, None))),
        ((slice(None, -1), slice(None)), (slice(1, None), slice(None))),
    ):
        change = np.maximum(np.abs(tone[here] - tone[there]) - GRAIN, 0)
        costs.append((step + TONE_COST * change).ravel())
        starts.append(index[here].ravel())
        ends.append(index[there].ravel())
    pixels = height * width
    edges = (np.concatenate(costs), (np.concatenate(starts), np.concatenate(ends)))
    return coo_array(edges, shape=(pixels, pixels)).tocsr()


def flood_by_tone(graph: csr_array, hints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Which hint colour reaches each pixel, int32 [h, w], -1 for none, and how surely, float32 [h, w] in [0, 1].

    graph: as from tone_graph for a picture of the size of hints, uint8 [h, w, 4].
    """
    shape = hints.shape[:2]
    ys, xs = solid_pixels(hints)
    if not len(ys):
        return np.full(shape, -1, np.int32), np.zeros(shape, np.float32)
    _, color = distinct_colors(hints[ys, xs, :3])
    pixels = ys * shape[1] + xs
    color_of_pixel = np.full(shape[0] * shape[1], -1, np.int32)
    color_of_pixel[pixels] = color
    cost, _, origin = dijkstra(graph, directed=False, indices=pixels, return_predecessors=True, min_only=True)
    confidence = np.exp(-cost / CONFIDENCE_RANGE).astype(np.float32)
    return color_of_pixel[origin].reshape(shape), confidence.reshape(shape)


def flooded_chroma(source: np.ndarray, confidence: np.ndarray, hints: np.ndarray) -> np.ndarray:
    """The chroma of the hint that reaches each pixel, paler the farther it came: float32 [h, w, 3].

    source, confidence: as from flood_by_tone for hints, uint8 [h, w, 4].
    """
    ys, xs = solid_pixels(hints)
    chroma = np.zeros((*source.shape, 3), np.float32)
    if len(ys):
        colors, _ = distinct_colors(hints[ys, xs, :3])
        table = chroma_of(colors.astype(np.float32) * np.float32(1 / 255))
        chroma = table[source] * (confidence**FADING)[..., None]
    return chroma
