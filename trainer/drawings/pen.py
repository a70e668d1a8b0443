"""Ink strokes: a path becomes polygons whose width swells and tapers as a nib's does."""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linepaint.imaging.opencv import cv2

from .curves import Points, length_along, resampled
from .look import Pen

SHIFT = 4
"""Bits of fraction in the coordinates handed to OpenCV."""
FIXED = float(1 << SHIFT)
STEEPEST_TURN = 1.2
"""Radians that one piece of a stroke may turn before it is cut."""


def fixed_point(polygon: Points) -> NDArray[np.int32]:
    """Polygon in OpenCV's fixed-point integers, pixel centres at whole numbers."""
    return np.round((polygon - 0.5) * FIXED).astype(np.int32)


def pieces_between_gaps(rng: np.random.Generator, path: Points, pen: Pen, scale: float) -> list[Points]:
    """The path cut into the stretches that are inked; `scale` is canvas pixels per finished pixel."""
    if pen.gaps <= 0:
        return [path]
    along = length_along(path)
    total = along[-1]
    count = int(rng.poisson(pen.gaps * total / (100.0 * scale)))
    if count == 0 or total < 14 * scale:
        return [path]
    pieces, begin = [], 0.0
    for centre in np.sort(rng.uniform(0.05, 0.95, count)) * total:
        half = rng.uniform(*pen.gap_px) * scale / 2 + pen.weight * scale * 0.5
        pieces.append(path[(along >= begin) & (along <= centre - half)])
        begin = max(begin, centre + half)
    pieces.append(path[along >= begin])
    return [piece for piece in pieces if len(piece) > 2]


def stroke_widths(
    rng: np.random.Generator, count: int, width: float, pen: Pen, taper: tuple[float, float]
) -> NDArray[np.float64]:
    """Half-widths along a stroke: a slow swell, thinning out over `taper` of the length at the ends."""
    t = np.arange(count) * (1.0 / max(count - 1, 1))
    phase, cycles = rng.uniform(0, 6.28), rng.uniform(0.5, 1.3)
    profile = 1 + pen.swell * np.sin(6.283 * cycles * t + phase) * 0.6
    for share, distance in ((taper[0], t), (taper[1], 1 - t)):
        if share > 0:
            ramp = np.clip(distance / share, 0, 1)
            profile *= 0.22 + 0.78 * ramp * (2 - ramp)
    return 0.5 * width * profile


def _bends(steps: Points) -> NDArray[np.float64]:
    """How far a polyline turns at each of its inner points, radians."""
    heading = np.arctan2(steps[:, 1], steps[:, 0])
    return np.abs((heading[1:] - heading[:-1] + np.pi) % (2 * np.pi) - np.pi)


def draw_stroke(image: np.ndarray, path: Points, half: NDArray[np.float64], value: Any) -> None:
    """Draw one stroke (canvas pixels, half-widths) into `image`; `value` is a grey level or an (r, g, b).

    The stroke is cut where it turns far and each piece filled alone: a polygon that crosses itself leaves
    holes.
    """
    steps = path[1:] - path[:-1]
    along = np.concatenate([steps[:1], steps[:-1] + steps[1:], steps[-1:]])
    along /= np.maximum(np.sqrt((along * along).sum(axis=1)), 1e-9)[:, None]
    side = along[:, ::-1] * (half[:, None] * (-1.0, 1.0))
    left, right = fixed_point(path + side), fixed_point(path - side)
    bend = _bends(steps)
    cuts = [0]
    if len(bend) and (bend.sum() > STEEPEST_TURN or bend.max() > 0.6):
        turned = 0.0
        for i, turn in enumerate(bend.tolist(), start=1):
            turned += turn
            if turned > STEEPEST_TURN or turn > 0.6:
                cuts.append(i)
                turned = 0.0
    cuts.append(len(path) - 1)
    for begin, end in pairwise(cuts):
        piece = np.concatenate([left[begin : end + 1], right[begin : end + 1][::-1]])
        cv2.fillPoly(image, [piece], value, cv2.LINE_AA, SHIFT)
    # Round ends and corners: without them a wide line shows its square cuts.
    corners = [0, *(np.flatnonzero(bend > 0.35) + 1).tolist(), len(path) - 1]
    for i in corners:
        radius = float(half[i])
        if radius > 1.2:
            x, y = path[i].tolist()
            centre = (round((x - 0.5) * FIXED), round((y - 0.5) * FIXED))
            cv2.circle(image, centre, int(radius * FIXED), value, -1, cv2.LINE_AA, SHIFT)


def draw_small_stroke(image: np.ndarray, path: Points, width: float, value: Any) -> None:
    """Draw a stroke too short for its swell and taper to show, several times faster than `draw_stroke`."""
    cv2.polylines(image, [fixed_point(path)], False, value, max(1, round(width)), cv2.LINE_AA, SHIFT)


def unsteady(rng: np.random.Generator, path: Points, amount: float, wavelength: float) -> Points:
    """The path pushed about by slow waves of about `amount` canvas pixels; a closed one stays closed."""
    along = length_along(path)
    total = along[-1]
    if total < 1e-6:
        return path
    turns = along * (2 * np.pi / total)
    waves = np.zeros_like(path)
    for share in (0.25, 0.5, 0.9):
        cycles = max(1, round(share * rng.uniform(0.7, 1.3) * total / wavelength))
        for axis in (0, 1):
            waves[:, axis] += rng.normal(0, 0.45) * np.sin(cycles * turns + rng.uniform(0, 6.283))
    return path + waves * min(amount, 0.03 * total)


def stroke_width(pen: Pen, weight: float, scale: float) -> float:
    """The full width of a line in canvas pixels."""
    return max(pen.weight * weight, 0.7) * scale


def inked(
    rng: np.random.Generator, path: Points, pen: Pen, weight: float, taper: tuple[float, float], scale: float
) -> list[tuple[Points, NDArray[np.float64]]]:
    """A line as strokes (path and half-widths, canvas pixels), gone over and broken as the pen does."""
    width = stroke_width(pen, weight, scale)
    strokes = []
    path = resampled(path, 3.0 * scale, 4)
    extent = length_along(path)[-1]
    if extent < 0.3:
        return []
    for repeat in range(pen.strokes if extent > 12 * scale else 1):
        line = path
        if pen.strokes > 1:
            line = unsteady(rng, path, min(1.1 * scale * (0.5 + repeat), 0.02 * extent), 40 * scale)
            if repeat:
                begin, end = np.sort(rng.uniform(0, 1, 2))
                cut = line[int(begin * len(line) * 0.5) : max(int((0.5 + end / 2) * len(line)), 4)]
                line = cut if len(cut) > 3 else line
        for piece in pieces_between_gaps(rng, line, pen, scale):
            ends = (max(taper[0], 0.1), max(taper[1], 0.1)) if pen.gaps > 0 else taper
            share = width * (0.8 if pen.strokes > 1 else 1.0)
            strokes.append((piece, stroke_widths(rng, len(piece), share, pen, ends)))
    return strokes
