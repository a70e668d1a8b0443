"""Where the next hint would help most: each place worth what a hint there would save, the places chosen together.

What a region is worth is its area times how wrong it is likely to be. A hint speaks for the region that it lies in and,
ever more faintly, for those that its colour reaches, so places are chosen one by one, each for what the ones before it
leave to be said (the greedy maximisation of a submodular function: Nemhauser, Wolsey and Fisher 1978).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from linepaint.engine.suggestion_sketch import Opinion, Sketch

MOST_CANDIDATES = 128
"""So many basins, those worth most, are tried as the home of a hint."""

LEAST_GAIN = 0.002
"""A hint that would put right less than this share of the drawing is not worth suggesting."""

# How wrong a basin is likely to be, as mean squared error in units of the whole range: a linear fit over the basins of
# drawings from the training set, with none, three and ten hints on them.
UNHINTED_ERROR = 0.105
BACKGROUND_RELIEF = 0.1
"""What touches the edge and what the network would leave white is most often background, and white."""
DISAGREEMENT_ERROR = 0.33
LEAST_ERROR = 1e-4

TINTED = 1 / 3
"""From this darkness or chroma on, 0 to 1, the network is not speaking of white."""


class Place(NamedTuple):
    """A pixel of the drawing, and the share of all error that a hint there would take away, 0 to 1."""

    x: int
    y: int
    gain: float


class Chances(NamedTuple):
    """What hints in k basins would save in n basins.

    basins: intp [k]. saved: float64 [k, n], the share of the drawing's error in a basin that a hint takes away.
    """

    basins: np.ndarray
    saved: np.ndarray


def best_places(sketch: Sketch, hints: np.ndarray, count: int, go_on: Callable[[], None]) -> list[Place]:
    """Up to `count` places for the next hints, best first; fewer where little is left to gain.

    hints: uint8 [H, W, 4] at the drawing's size. go_on: called between the stages. Raises ValueError for hints of
    another size.
    """
    chances = _chances(sketch, sketch.small(hints), go_on)
    left = chances.saved.copy()
    places: list[Place] = []
    while len(places) < count and len(left):
        gains = left.sum(axis=1)
        best = int(gains.argmax())
        if gains[best] < LEAST_GAIN:
            break
        x, y = sketch.middle(int(chances.basins[best]))
        places.append(Place(*sketch.full_point(x, y), float(gains[best])))
        left = np.maximum(left - left[best], 0)
    return places


def gain_map(sketch: Sketch, hints: np.ndarray, go_on: Callable[[], None]) -> np.ndarray:
    """What a hint at each pixel would help, float32 [h, w] at the sketch's size: 1 at the best, 0 on ink.

    Arguments and errors as for best_places.
    """
    chances = _chances(sketch, sketch.small(hints), go_on)
    gain = np.zeros(sketch.basins.count, np.float32)
    gain[chances.basins] = chances.saved.sum(axis=1)
    if gain.max() > 0:
        gain /= gain.max()
    return np.where(sketch.basins.ink, np.float32(0), gain[sketch.basins.labels])


def likely_error(sketch: Sketch, opinion: Opinion) -> np.ndarray:
    """The mean squared error to be expected in each basin, float64 [n], in units of the whole range."""
    darkness = 1 - opinion.color.mean(axis=1)
    chroma = opinion.color.max(axis=1) - opinion.color.min(axis=1)
    whiteness = np.maximum(1 - np.maximum(darkness, chroma) / TINTED, 0)
    error = (1 - opinion.confidence) * (UNHINTED_ERROR - BACKGROUND_RELIEF * whiteness * sketch.at_edge)
    return np.maximum(error + DISAGREEMENT_ERROR * opinion.disagreement, LEAST_ERROR).astype(np.float64)


def _chances(sketch: Sketch, hints: np.ndarray, go_on: Callable[[], None]) -> Chances:
    opinion = sketch.opinion(hints, go_on)
    worth = sketch.basins.area * likely_error(sketch, opinion)
    worth /= max(worth.sum(), 1e-9)
    candidates = np.argsort(-worth, kind="stable")[:MOST_CANDIDATES]
    known = sketch.coverage(sketch.hinted_basins(hints)).max(axis=0, initial=0)
    return Chances(candidates, np.maximum(sketch.coverage(candidates) - known, 0) * worth)
