"""Likely colours for a region: what artists use there, what the network sees there, and what the drawing already has.

Each candidate gets a weight, its likelihood: common colours as often as artists give them to such a region; the colour
that the network would give it; the colours of the drawing's hints, more for hints on regions like this one; and lighter
and darker partners of those. Of the candidates those are shown that together leave the least
to be desired: the expected distance from the artist's colour to the nearest of them is minimised greedily, which keeps
them apart from each other (facility location: Cornuejols, Fisher and Nemhauser 1977).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from linepaint.engine.suggestion_palette import COMMON_COLORS, Setting
from linepaint.engine.suggestion_sketch import Sketch
from linepaint.imaging.color_distance import ciede2000, lab_of, rgb_of
from linepaint.imaging.marks import find_marks

SMALL_SHARE = 0.01
BACKGROUND_SHARE = 0.08
"""A region of this share of the drawing that touches its edge is taken to be background."""

NETWORK_WEIGHT = 0.06
HINTS_WEIGHT = 0.4
"""Likelihood of the network's own colour, and of all hint colours together, where that of the common ones is 1."""

PARTNER_SHARE = 0.4
PARTNER_LIGHTNESS = 14.0
"""A colour of the drawing often comes back so much lighter or darker, in units of L*."""

ALIKE = 20.0
"""CIE76 distance between what the network sees in two regions at which they count as unlike."""

DISTINCT = 8.0
"""No two suggestions are nearer to each other, in CIEDE2000."""

FAR = 25.0
"""A colour that far off, in CIEDE2000, is of no use; farther is no worse."""

Color = tuple[int, int, int]


@dataclass(frozen=True)
class Candidates:
    """n colours and their likelihoods. lab: float64 [n, 3], CIE L*a*b*. weight: float64 [n]."""

    lab: np.ndarray
    weight: np.ndarray


def likely_colors(
    sketch: Sketch, hints: np.ndarray, x: int, y: int, count: int, go_on: Callable[[], None]
) -> list[Color]:
    """`count` colours (r, g, b) for the region at pixel (x, y) of the drawing, likeliest first, all distinct.

    hints: uint8 [H, W, 4] at the drawing's size. go_on: called between the stages. Raises ValueError for a pixel
    outside the drawing and for hints of another size.
    """
    at = sketch.small_point(x, y)
    marks = sketch.small(hints)
    here = sketch.regions == sketch.regions[at[1], at[0]]
    seen = sketch.color_layer(marks)
    go_on()
    common = COMMON_COLORS.weight[setting_of(sketch, here)]
    candidates = [
        Candidates(lab_of(COMMON_COLORS.color), common),
        Candidates(_network_lab(sketch, seen, here)[None], np.array([NETWORK_WEIGHT])),
    ]
    candidates += _from_hints(sketch, marks, here)
    go_on()
    lab = np.concatenate([each.lab for each in candidates])
    weight = np.concatenate([each.weight for each in candidates])
    chosen = _spread_choice(ciede2000(lab[:, None], lab[None]), weight / weight.sum(), count)
    return [(int(r), int(g), int(b)) for r, g, b in rgb_of(lab[chosen])]


def setting_of(sketch: Sketch, here: np.ndarray) -> Setting:
    """What kind of region this is, bool [h, w]."""
    paper = here & ~sketch.basins.ink
    share = paper.sum() / max(int((~sketch.basins.ink).sum()), 1)
    at_edge = here[0].any() or here[-1].any() or here[:, 0].any() or here[:, -1].any()
    if at_edge and share >= BACKGROUND_SHARE:
        return Setting.BACKGROUND
    return Setting.SMALL if share < SMALL_SHARE else Setting.FORM


def _network_lab(sketch: Sketch, color: np.ndarray, here: np.ndarray) -> np.ndarray:
    """The median colour of a region in a colour layer, as float64 [3] in CIE L*a*b*."""
    paper = here & ~sketch.basins.ink
    return lab_of(np.median(color[paper if paper.any() else here], axis=0))


def _from_hints(sketch: Sketch, hints: np.ndarray, here: np.ndarray) -> list[Candidates]:
    marks = find_marks(sketch.basins, hints)
    if not marks.count:
        return []
    # Two regions are alike where the network, told nothing, would give them like colours.
    unhinted = sketch.unhinted_color
    homes = sketch.regions[marks.ys, marks.xs][np.searchsorted(marks.index, np.arange(marks.count))]
    there = np.stack([_network_lab(sketch, unhinted, sketch.regions == home) for home in homes])
    unlike = np.linalg.norm(there - _network_lab(sketch, unhinted, here), axis=1)
    weight = np.exp(-unlike / ALIKE) + 0.1
    weight *= HINTS_WEIGHT / weight.sum()
    lab = lab_of(marks.color)
    lighter, darker = lab.copy(), lab.copy()
    lighter[:, 0] = np.minimum(lab[:, 0] + PARTNER_LIGHTNESS, 100)
    darker[:, 0] = np.maximum(lab[:, 0] - PARTNER_LIGHTNESS, 0)
    partners = weight * (PARTNER_SHARE / 2)
    return [Candidates(lab, weight), Candidates(lighter, partners), Candidates(darker, partners)]


def _spread_choice(distance: np.ndarray, weight: np.ndarray, count: int) -> np.ndarray:
    """Indices of up to `count` candidates, intp, the one that stands for most likelihood first.

    distance: float64 [n, n]; weight: float64 [n], their sum 1.
    """
    capped = np.minimum(distance, FAR)
    missing = np.full(len(weight), FAR)
    chosen: list[int] = []
    while len(chosen) < count:
        gain = (np.maximum(missing[:, None] - capped, 0) * weight[:, None]).sum(axis=0)
        if chosen:
            gain[distance[chosen].min(axis=0) <= DISTINCT] = -1
        best = int(gain.argmax())
        if gain[best] < 0:
            break
        chosen.append(best)
        missing = np.minimum(missing, capped[best])
    nearest = distance[chosen].argmin(axis=0)
    stands_for = np.bincount(nearest, weight * (distance[chosen].min(axis=0) < FAR), len(chosen))
    return np.array(chosen, np.intp)[np.argsort(-stands_for, kind="stable")]
