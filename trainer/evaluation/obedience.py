"""Does a colouring do what the hints say? Their colours where they lie, and nowhere that they do not belong.

*Obedience* is the CIEDE2000 difference under the hints. *Bleed* is the share of hinted colour that has crossed into
another region of the artist's own colouring, where another colour belongs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linepaint.imaging.marks import SOLID
from linepaint.imaging.opencv import cv2

from .metrics import color_difference, lab
from .regions import Regions

PAPER_FROM = 230
"""Under a hint is judged where the line art is lighter than this all around: antialiased ink is the artist's affair."""

WORN = 10.0
"""A pixel wears a hint's colour if it is no further from it than this: CIE76, Euclid's distance in Lab."""


@dataclass(frozen=True)
class Bleed:
    """In pixels, so that those of several pictures can be added: what wears a hint's colour, and what of it crossed."""

    hinted: int
    crossed: int

    @property
    def share(self) -> float | None:
        """crossed / hinted: 0 nothing bled … 1 all of it; None where nothing wears a hint's colour."""
        return self.crossed / self.hinted if self.hinted else None

    def __add__(self, other: Bleed) -> Bleed:
        """Of both pictures together."""
        return Bleed(self.hinted + other.hinted, self.crossed + other.crossed)


def hint_obedience(made_lab: np.ndarray, hints: np.ndarray, wanted: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """CIEDE2000 at each hinted pixel off the ink, float32 [p]; 0 where the hint is obeyed.

    made_lab: the finished picture in Lab [H, W, 3]. hints: uint8 [H, W, 4]. wanted: uint8 [H, W, 3], what the finished
    picture is to show under the hints (the hint through translucent ink; in grayscale its hue on the picture's own
    light). lines: uint8 [H, W].
    """
    counts = (hints[..., 3] >= SOLID) & (cv2.erode(lines, np.ones((3, 3), np.uint8)) > PAPER_FROM)
    return color_difference(made_lab[counts][None], lab(wanted[counts][None]))[0]


@dataclass(frozen=True)
class HomedHints:
    """The hints on a drawing, with the regions that they are for. They depend on the drawing alone, not on a result.

    patches: int32 [H, W], which hint covers a pixel, 0 = none; a hint is a connected patch of one colour. home: int32
    [k], for each hint the region that holds most of it; those that lie on ink or colour edges only are left out.
    color_lab: float32 [k, 3], the colour that each is to give its home.
    """

    patches: np.ndarray
    home: np.ndarray
    color_lab: np.ndarray


def home_hints(hints: np.ndarray, wanted: np.ndarray, regions: Regions) -> HomedHints:
    """Find each hint's home; hints uint8 [H, W, 4] and wanted as for `hint_obedience`."""
    patches = _patches(hints)
    inside = (patches > 0) & (regions.labels > 0)
    stride = regions.count + 1
    pair_of_pixel = patches[inside].astype(np.int64) * stride + regions.labels[inside]
    by_pair = np.argsort(pair_of_pixel, kind="stable")
    shown = wanted[inside][by_pair]
    pairs, start, pixels = np.unique(pair_of_pixel[by_pair], return_index=True, return_counts=True)
    patch, region = pairs // stride, pairs % stride
    # Sorted by patch, then by size: the last row of each patch is its largest part.
    order = np.lexsort((pixels, patch))
    largest = order[np.flatnonzero(np.diff(patch[order], append=-1))]
    colors = np.zeros((len(largest), 3), np.uint8)
    for row, pair in enumerate(largest):
        colors[row] = np.median(shown[start[pair] : start[pair] + pixels[pair]], axis=0).round()
    return HomedHints(patches, region[largest].astype(np.int32), lab(colors[None])[0])


def bleed(
    made_lab: np.ndarray, truth_lab: np.ndarray, hints: HomedHints, regions: Regions, *, chroma_only: bool = False
) -> Bleed:
    """How much of the hinted colour crossed into regions where it does not belong.

    Judged are the pixels that lie in a region and under no hint. Such a pixel *wears* a hint's colour if it is within
    WORN of it. The colour has *crossed* if no hint at home in the pixel's region has it, and the truth there is more
    than 2 × WORN from the nearest hint colour, so that, by the triangle inequality, the pixel is nearer to that hint
    than to the truth. chroma_only: compare a and b alone, where the light was given (grayscale).
    """
    judged = (regions.labels > 0) & (hints.patches == 0)
    if not len(hints.home) or not judged.any():
        return Bleed(0, 0)
    axes = slice(1 if chroma_only else 0, 3)
    made, truth, region = made_lab[judged][:, axes], truth_lab[judged][:, axes], regions.labels[judged]
    color = hints.color_lab[:, axes]
    own = np.zeros(len(made), bool)
    for number in np.unique(hints.home):
        here = np.flatnonzero(region == number)
        own[here] = _nearest(made[here], color[hints.home == number])[1] <= WORN
    nearest, away = _nearest(made, color)
    worn = own | (away <= WORN)
    elsewhere = np.linalg.norm(truth - nearest, axis=1) > 2 * WORN
    return Bleed(int(worn.sum()), int((worn & ~own & elsewhere).sum()))


def _patches(hints: np.ndarray) -> np.ndarray:
    """Connected patches of one colour, int32 [H, W], numbered from 1."""
    solid = hints[..., 3] >= SOLID
    packed = hints[..., 0].astype(np.int32) << 16 | hints[..., 1].astype(np.int32) << 8 | hints[..., 2]
    patches = np.zeros(solid.shape, np.int32)
    count = 0
    for color in np.unique(packed[solid]):
        found, labels = cv2.connectedComponents((solid & (packed == color)).astype(np.uint8), connectivity=8)
        patches += np.where(labels > 0, labels + count, 0).astype(np.int32)
        count += found - 1
    return patches


def _nearest(colors: np.ndarray, hints: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each colour [p, n] of Lab, the nearest of the hints' [k, n], and how far it is away: [p, n] and [p]."""
    hints = np.unique(hints, axis=0)
    # |c - h|² without the |c|² that is the same for all hints: one product of matrices, and no root of all of it.
    nearer = colors @ (-2 * hints.T)
    nearer += (hints**2).sum(axis=1)
    nearest = hints[nearer.argmin(axis=1)]
    return nearest, np.linalg.norm(colors - nearest, axis=1)
