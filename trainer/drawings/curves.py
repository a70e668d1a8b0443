"""Curves as arrays of points: splines, ellipses, blobs, ribbons; float64 [N, 2], x right, y down."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

Points = NDArray[np.float64]


def points(values: ArrayLike) -> Points:
    """`values` as float64 [N, 2]."""
    return np.asarray(values, dtype=np.float64).reshape(-1, 2)


def smooth(values: ArrayLike, closed: bool = False, per: int = 8) -> Points:
    """Catmull-Rom spline through `values`, `per` points a span; a closed one repeats no point."""
    knots = points(values)
    if len(knots) < 3:
        return knots
    if closed:
        padded = np.concatenate([knots[-1:], knots, knots[:2]])
    else:
        padded = np.concatenate([2 * knots[:1] - knots[1:2], knots, 2 * knots[-1:] - knots[-2:-1]])
    p0, p1, p2, p3 = (padded[i : len(padded) - 3 + i, None, :] for i in range(4))
    t = (np.arange(per) / per)[None, :, None]
    curve = 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
    curve = curve.reshape(-1, 2)
    return curve if closed else np.concatenate([curve, knots[-1:]])


def joined(*pieces: ArrayLike, per: int = 8) -> Points:
    """Smooth pieces one after another, with corners where they meet."""
    return np.concatenate([smooth(piece, per=per) for piece in pieces])


def ellipse(
    x: float, y: float, rx: float, ry: float, tilt: float = 0.0, start: float = 0.0, end: float = 360.0
) -> Points:
    """An ellipse (or its arc from `start` to `end` degrees, clockwise on screen) tilted by `tilt` degrees."""
    whole = abs(end - start) >= 360.0
    finest = 72 if max(rx, ry) > 0.28 else 44
    count = max(6, int(finest * abs(end - start) / 360.0))
    angle = np.deg2rad(np.linspace(start, end, count, endpoint=not whole))
    return placed(np.stack([np.cos(angle) * rx, np.sin(angle) * ry], axis=1), (x, y), 1.0, tilt)


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> Points:
    """A rectangle with its top left corner at (x, y), corners rounded by `radius`."""
    if radius <= 0:
        return points([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    r = min(radius, width / 2, height / 2)
    corners = [
        (x + r, y + r, 180.0),
        (x + width - r, y + r, 270.0),
        (x + width - r, y + height - r, 0.0),
        (x + r, y + height - r, 90.0),
    ]
    return np.concatenate(
        [ellipse(cx, cy, r, r, start=a, end=a + 90)[:: 2 if r < 0.01 else 1] for cx, cy, a in corners]
    )


def placed(
    values: ArrayLike,
    at: tuple[float, float] = (0.0, 0.0),
    scale: float = 1.0,
    turn: float = 0.0,
    mirrored: bool = False,
) -> Points:
    """Points mirrored left to right, scaled, turned by `turn` degrees clockwise, then moved to `at`."""
    moved = points(values) * scale
    if mirrored:
        moved = moved * (-1.0, 1.0)
    if turn:
        c, s = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
        moved = moved @ np.array([[c, s], [-s, c]])
    return moved + at


def mirrored(values: ArrayLike, about: float = 0.0) -> Points:
    """Points reflected about x = `about`, in reverse order, so that two halves join into an outline."""
    reflected = points(values)[::-1].copy()
    reflected[:, 0] = 2 * about - reflected[:, 0]
    return reflected


def length_along(values: Points) -> NDArray[np.float64]:
    """Arc length at every point, [N], from 0."""
    steps = values[1:] - values[:-1]
    out = np.zeros(len(values))
    np.cumsum(np.sqrt((steps * steps).sum(axis=1)), out=out[1:])
    return out


def resampled(values: Points, step: float, least: int = 2) -> Points:
    """The same open polyline with points about `step` apart."""
    along = length_along(values)
    count = max(least, int(along[-1] / step) + 1)
    targets = np.arange(count) * (along[-1] / (count - 1))
    out = np.empty((count, 2))
    for i in (0, 1):
        out[:, i] = np.interp(targets, along, values[:, i])
    return out


def at_fraction(values: Points, fraction: float) -> tuple[float, float]:
    """The point at a fraction 0..1 of the length of an open polyline."""
    along = length_along(values)
    target = fraction * along[-1]
    return float(np.interp(target, along, values[:, 0])), float(np.interp(target, along, values[:, 1]))


def normals(values: Points) -> Points:
    """Unit normals of an open polyline, to the right hand of its direction on screen."""
    tangent = np.gradient(values, axis=0)
    tangent = tangent / np.maximum(np.hypot(tangent[:, 0], tangent[:, 1])[:, None], 1e-9)
    return np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)


def ribbon(
    spine: ArrayLike, widths: Sequence[float] | NDArray[np.float64], per: int = 8, round_end: bool = False
) -> Points:
    """Outline of a smooth spine with the given half-widths at its knots: a limb, a lock of hair, a stem.

    `round_end` closes the far end with a half circle.
    """
    knots = points(spine)
    line = smooth(knots, per=per)
    half = np.interp(np.linspace(0, 1, len(line)), np.linspace(0, 1, len(widths)), widths)[:, None]
    side = normals(line) * half
    if not round_end:
        return np.concatenate([line + side, (line - side)[::-1]])
    angle = np.linspace(0, np.pi, 10)[1:-1, None]
    ahead = np.array([side[-1, 1], -side[-1, 0]])
    cap = line[-1] + np.cos(angle) * side[-1] + np.sin(angle) * ahead
    return np.concatenate([line + side, cap, (line - side)[::-1]])


def blob(
    rng: np.random.Generator, x: float, y: float, rx: float, ry: float, lumps: int = 7, rough: float = 0.18
) -> Points:
    """A rounded, irregular closed form of about the given half-sizes."""
    angle = np.linspace(0, 2 * np.pi, lumps, endpoint=False) + rng.uniform(0, 6.28)
    radius = 1 + rng.uniform(-rough, rough, lumps)
    return smooth(np.stack([x + rx * radius * np.cos(angle), y + ry * radius * np.sin(angle)], axis=1), True)


def scalloped(outline: ArrayLike, bumps: int, depth: float, rng: np.random.Generator | None = None) -> Points:
    """A closed outline redrawn as `bumps` round lobes standing out by `depth`: foliage, clouds, wool."""
    base = points(outline)
    ring = np.concatenate([base, base[:1]])
    along = length_along(ring)
    cuts = np.linspace(0, 1, bumps + 1)
    if rng is not None:
        cuts[1:-1] += rng.uniform(-0.3, 0.3, bumps - 1) / bumps
    anchor = np.stack([np.interp(cuts * along[-1], along, ring[:, i]) for i in (0, 1)], axis=1)
    centre = base.mean(axis=0)
    lobes = []
    angle = np.linspace(0, np.pi, 9)[:-1]
    for start, end in pairwise(anchor):
        chord = end - start
        out = np.array([chord[1], -chord[0]])
        if np.dot(out, (start + end) / 2 - centre) < 0:
            out = -out
        out = out / max(float(np.hypot(*out)), 1e-9) * depth * (1.0 if rng is None else rng.uniform(0.75, 1.3))
        arc = start + np.outer((1 - np.cos(angle)) / 2, chord) + np.outer(np.sin(angle), out)
        lobes.append(arc)
    return np.concatenate(lobes)
