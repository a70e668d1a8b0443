"""Trapped ball: balls roll through the drawing, the largest first, and each room that one is trapped in is an area.

Zhang, Chen, Zhang, Hu and Martin 2009, "Vectorizing Cartoon Animations": a ball does not pass a gap narrower than it,
so an outline need not be closed. Areas take the colour of the hint with most pixels in them; those without one
join the neighbour with which they share the longest open border, and across ink the nearest that has a colour.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2

from .filler import Fill, commonest, grown, ink_of, seeds_of

RADII = (0.02, 0.01, 0.005)
"""Of the balls, as shares of the longest side; then single pixels."""


def trapped_ball(lines: np.ndarray) -> Fill:
    """The filler by trapped balls; see `Filler`."""
    ink = ink_of(lines)
    areas, count = _areas(ink)
    neighbours, border = _borders(areas, count)
    reach = grown(areas)

    def fill(hints: np.ndarray) -> np.ndarray:
        seeds = seeds_of(hints, ink)
        color = commonest(areas, seeds.number, count)
        color[0] = 0
        _join(color, neighbours, border)
        return seeds.painted(grown(color.take(reach)))

    return fill


def _areas(ink: np.ndarray) -> tuple[np.ndarray, int]:
    """Areas numbered from 1, int32 [H, W] with 0 on ink, and one more than the last number."""
    areas = np.zeros(ink.shape, np.int32)
    free = (~ink).astype(np.uint8)
    count = 1
    sizes = sorted({max(1, round(share * max(ink.shape))) for share in RADII}, reverse=True)
    for radius in (*sizes, 0):
        ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1,) * 2)
        # Beyond the picture's edge there is no ink, so that a ball may lie half outside.
        centers = cv2.erode(free, ball, borderType=cv2.BORDER_CONSTANT, borderValue=1)
        found, rooms = cv2.connectedComponents(centers, connectivity=4)
        # What a ball covers: each pixel within its radius of a centre belongs to the nearest centre's room.
        taken = (cv2.dilate(centers, ball) > 0) & (free > 0)
        areas[taken] = grown(rooms)[taken] + count - 1
        free[taken] = 0
        count += found - 1
    return areas, count


def _borders(areas: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of areas that touch off the ink, int64 [m, 2], and their borders' pixels, int64 [m]; the longest first."""
    touching = [(areas[:, :-1], areas[:, 1:]), (areas[:-1], areas[1:])]
    one = np.concatenate([a.ravel() for a, _ in touching]).astype(np.int64)
    other = np.concatenate([b.ravel() for _, b in touching]).astype(np.int64)
    apart = (one != other) & (one > 0) & (other > 0)
    low, high = np.minimum(one, other)[apart], np.maximum(one, other)[apart]
    packed, border = np.unique(low * count + high, return_counts=True)
    order = np.argsort(-border, kind="stable")
    return np.stack([packed // count, packed % count], axis=1)[order], border[order]


def _join(color: np.ndarray, pairs: np.ndarray, border: np.ndarray) -> None:
    """Give areas without a colour, 0 in color int32 [n], that of their neighbours, in place, until none changes."""
    while len(pairs):
        one, other = color[pairs[:, 0]], color[pairs[:, 1]]
        here, there = (one == 0) & (other > 0), (one > 0) & (other == 0)
        if not (here.any() or there.any()):
            return
        gaining = np.concatenate([pairs[here, 0], pairs[there, 1]])
        given = np.concatenate([other[here], one[there]])
        order = np.argsort(np.concatenate([border[here], border[there]]), kind="stable")
        # Written in order of the border, the longest last.
        color[gaining[order]] = given[order]
