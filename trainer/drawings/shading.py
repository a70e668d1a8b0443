"""Modelling of a form: a map of tones (0 shade, 128 own colour, 255 light) turned into colours."""

from dataclasses import dataclass

import numpy as np

from linepaint.imaging.opencv import cv2

from .colors import Color, lighter, mixed
from .look import Look, Shading

BASE = 128
SECOND = 0
FIRST = 56
LIGHT = 230


@dataclass(frozen=True)
class Tone:
    """How one form departs from the look of the drawing.

    `kind` replaces the look's shading; `strength` scales it; `size` scales the width of the shade; `gleam`
    allows a highlight (0..1, its strength); `end` makes the form a soft gradient from its colour at the
    top to this colour at the bottom (or along `axis`, a unit vector), whatever the look.
    """

    kind: Shading | None = None
    strength: float = 1.0
    size: float = 1.0
    gleam: float = 0.0
    end: Color | None = None
    axis: tuple[float, float] = (0.0, 1.0)


PLAIN = Tone(kind=Shading.FLAT)


def _shifted(mask: np.ndarray, dx: int, dy: int) -> np.ndarray:
    """The mask moved by whole pixels; its border repeats, so that the sheet's edge casts no shade."""
    tall, wide = mask.shape
    padded = cv2.copyMakeBorder(mask, max(dy, 0), max(-dy, 0), max(dx, 0), max(-dx, 0), cv2.BORDER_REPLICATE)
    return padded[max(-dy, 0) : max(-dy, 0) + tall, max(-dx, 0) : max(-dx, 0) + wide]


def _lit(mask: np.ndarray, light: tuple[float, float], distance: float) -> np.ndarray:
    """The part of the form that stays lit when its shade is `distance` pixels wide."""
    return _shifted(mask, round(light[0] * distance), round(light[1] * distance))


def _ramp(shape: tuple[int, int], axis: tuple[float, float], low: float, high: float) -> np.ndarray:
    """A linear ramp along `axis` across an image of this shape, from `low` to `high`."""
    tall, wide = min(shape[0], 64), min(shape[1], 64)
    y, x = np.mgrid[0:tall, 0:wide].astype(np.float32)
    way = (x / max(wide - 1, 1) - 0.5) * axis[0] + (y / max(tall - 1, 1) - 0.5) * axis[1]
    way = way / max(abs(axis[0]) + abs(axis[1]), 1e-6) + 0.5
    return cv2.resize((low + (high - low) * way).astype(np.uint8), shape[::-1], interpolation=cv2.INTER_LINEAR)


def tone_map(mask: np.ndarray, look: Look, tone: Tone, scale: float) -> np.ndarray | None:
    """Tones of a form over its mask's frame, or None where it is all its own colour."""
    if tone.end is not None:
        return _ramp(mask.shape, tone.axis, 0, 255)
    kind = tone.kind if tone.kind is not None else look.shading
    extent = float(min(mask.shape))
    if kind is Shading.FLAT or extent < 14:
        return None
    distance = tone.size * min(0.24 * extent, 0.02 * scale + 0.1 * extent)
    if kind is Shading.GRADIENT:
        tones = _ramp(mask.shape, look.light, 60, 150)
    elif kind is Shading.SOFT:
        lit = _lit(mask, look.light, distance)
        small = max(1, int(distance / 4))
        low = cv2.resize(lit, None, fx=1 / small, fy=1 / small, interpolation=cv2.INTER_AREA)
        low = cv2.GaussianBlur(low, (0, 0), max(1.0, distance / small * (0.35 + 0.4 * look.smoothness)))
        lit = cv2.resize(low, mask.shape[::-1], interpolation=cv2.INTER_LINEAR)
        tones = cv2.LUT(lit, np.linspace(SECOND + 20, BASE, 256).astype(np.uint8))
    else:
        tones = np.full(mask.shape, BASE, np.uint8)
        tones[_lit(mask, look.light, distance) == 0] = FIRST
        if kind is Shading.CEL_TWO:
            tones[_lit(mask, look.light, 0.45 * distance) == 0] = SECOND
    if tone.gleam > 0 and look.highlights and extent > 16:
        inner = cv2.bitwise_and(_lit(mask, (-look.light[0], -look.light[1]), 0.35 * distance + 2), mask)
        rim = cv2.bitwise_and(inner, cv2.bitwise_not(_lit(mask, (-look.light[0], -look.light[1]), 0.75 * distance + 4)))
        tones[rim > 0] = round(BASE + (LIGHT - BASE) * tone.gleam)
    return tones


def shaded_pixels(tones: np.ndarray, color: Color, look: Look, tone: Tone) -> np.ndarray:
    """RGB pixels of a tone map for a form of this colour."""
    steps = np.arange(256)[:, None]
    if tone.end is not None:
        ramp = np.array(color) + (np.array(tone.end) - np.array(color)) * steps / 255
    else:
        r, g, b = (int(c * t / 150) for c, t in zip(color, look.shade_tint, strict=True))
        shade = mixed(color, (r, g, b), 0.75)
        deep = np.array(mixed(color, shade, min(2.1 * look.depth * tone.strength, 1.0)), np.float64)
        light = np.array(lighter(color, 0.55), np.float64)
        base = np.array(color, np.float64)
        ramp = np.where(
            steps <= BASE,
            deep + (base - deep) * steps / BASE,
            base + (light - base) * (steps - BASE) / (255 - BASE),
        )
    table = np.clip(ramp + 0.5, 0, 255).astype(np.uint8)
    return cv2.applyColorMap(tones, table[:, None, :])
