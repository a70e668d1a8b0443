"""How a set of pictures uses the Lab axes beside how the artists did: the histogram intersections of pix2pix.

Isola et al. 2016, "Image-to-Image Translation with Conditional Adversarial Networks", figure 7: the marginal
distributions of L, a and b over all pixels of the set, and their intersection with those of the truth. A colouring that
averages over what is possible has narrow a and b, which PSNR does not punish.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

BINS = (
    np.linspace(0, 100, 101),
    np.linspace(-110, 110, 221),
    np.linspace(-110, 110, 221),
)
"""Edges of the bins of L, a and b, one unit wide; what lies outside counts in the outermost."""


@dataclass(frozen=True)
class LabHistogram:
    """Counts of pixels along L, int64 [100], and along a and b, int64 [220]; add several to make a set's."""

    counts: tuple[np.ndarray, np.ndarray, np.ndarray]

    def __add__(self, other: LabHistogram) -> LabHistogram:
        """Both sets of pixels together."""
        first, second = self.counts, other.counts
        return LabHistogram((first[0] + second[0], first[1] + second[1], first[2] + second[2]))

    def intersection(self, truth: LabHistogram) -> tuple[float, float, float]:
        """Share of pixels whose L, a and b the two have in common, each from 0 to 1 = the same distribution."""
        return tuple(  # type: ignore[return-value]
            float(np.minimum(mine / max(mine.sum(), 1), theirs / max(theirs.sum(), 1)).sum())
            for mine, theirs in zip(self.counts, truth.counts, strict=True)
        )


def lab_histogram(picture_lab: np.ndarray) -> LabHistogram:
    """The histogram of one picture in Lab, float [H, W, 3]."""
    counts = []
    for axis, edges in enumerate(BINS):
        values = np.clip(picture_lab[..., axis], edges[0], edges[-1])
        counts.append(np.histogram(values, edges)[0])
    return LabHistogram((counts[0], counts[1], counts[2]))


def lab_histogram_distance(made_lab: Iterable[np.ndarray], truth_lab: Iterable[np.ndarray]) -> tuple[float, ...]:
    """1 - intersection of two sets of pictures in Lab, for L, a and b: 0 the same distribution, 1 nothing in common."""
    made, truth = (_total(pictures) for pictures in (made_lab, truth_lab))
    return tuple(1 - share for share in made.intersection(truth))


def _total(pictures_lab: Iterable[np.ndarray]) -> LabHistogram:
    total = LabHistogram((np.zeros(100, np.int64), np.zeros(220, np.int64), np.zeros(220, np.int64)))
    for picture in pictures_lab:
        total += lab_histogram(picture)
    return total
