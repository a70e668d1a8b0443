"""The pen lines of a finished colouring: flow-based difference of Gaussians on local contrast.

Kang et al. 2007, "Coherent Line Drawing"; Winnemöller et al. 2012, "XDoG: an eXtended difference-of-Gaussians
compendium". Theirs marks the dark side of every edge. An artist's ink is more special, a ridge: darker than what lies
on *both* sides of it. So three kinds of line are told apart, and all but the first depend on how dark they are:

* ridges no wider than a pen's stroke, of any tone: the quotient of the picture and its morphological closing, which is
  blind to steps, so that skin, hair and cloth stay paper however dark they are;
* the same for brush strokes, if they are nearly black, and spots of the ink's own black up to a bounded width;
* edges, by the difference of Gaussians, where the dark side is nearly black, or all over in a picture that its artist
  hardly inked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linepaint.imaging.opencv import cv2

from .flow import smooth_along, tangent_flow

REFERENCE_SIDE = 640
"""The longest side, px, from which on the blurs grow with the picture."""

PEN_WIDTH, BRUSH_WIDTH, SPOT_WIDTH = 0.010, 0.030, 0.060
"""The widest stroke of any tone, dark stroke, and spot of black that count as ink, as shares of the longest side."""

FLOW_SIGMA, STROKE_SIGMA = 2.0, 2.0
"""How far the flow, and the lines along it, are smoothed, px."""

RIDGE_SOFTNESS = (0.14, 0.34)
"""From no ink to full ink: how much of its surroundings' brightness a stroke takes away."""

DARKNESS_FLOOR = 0.10
"""Added to brightness before contrast is taken, or the noise of near-black areas would be drawn."""

BRUSH_TONES, EDGE_TONES = (45.0, 75.0), (60.0, 110.0)
"""Brightest channels, 0 to 255, up to which a pixel surely, and from which never, is a brush's ink or a dark edge."""

DARKEST_INK, INK_MARGIN = 20.0, 10.0
"""Spots are at most this much brighter than the ink of the thin strokes, taken to be no brighter than the first."""

EDGE_SIGMA, SURROUND_RATIO = 0.7, 1.6
EDGE_FLOOR, EDGE_GAIN = 0.010, 32.0
"""A dip less deep than this share of the local brightness is texture; above it ink grows with this slope (of tanh)."""

INKED_SOFTNESS = (0.60, 0.85)
"""From all edges drawn to none: the share of the picture's edges that the artist inked."""


@dataclass(frozen=True)
class PenLines:
    """A derived line drawing, uint8 [H, W] with 255 = paper, and the share of the edges that the artist inked."""

    lines: np.ndarray
    inked: float


def pen_lines(color: np.ndarray) -> PenLines:
    """The line drawing that a finished colouring, uint8 [H, W, 3], could have come from."""
    side = max(color.shape[:2])
    scale = max(1.0, side / REFERENCE_SIDE)
    gray = cv2.cvtColor(color, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    brightest = color.max(axis=2)
    flow = tangent_flow(gray, FLOW_SIGMA * scale)
    found = np.dstack([_ridges(gray, brightest, side), _dips(gray, EDGE_SIGMA * scale)])
    ridges, dips = np.dsplit(smooth_along(found, flow, STROKE_SIGMA * scale), 2)
    strokes = _ramp(ridges[..., 0], RIDGE_SOFTNESS)
    edges = np.clip(np.tanh(EDGE_GAIN * (dips[..., 0] - EDGE_FLOOR)), 0, 1)
    ink = np.maximum(strokes, _spots(brightest, strokes, side))
    inked = _inked(edges, ink)
    edge_weight = np.maximum(1 - _ramp(np.array(inked), INKED_SOFTNESS), 1 - _ramp(brightest, EDGE_TONES))
    ink = np.maximum(ink, edge_weight * edges)
    return PenLines(np.rint(255 * (1 - ink)).astype(np.uint8), inked)


def _ridges(gray: np.ndarray, brightest: np.ndarray, side: int) -> np.ndarray:
    """How much darker each pixel is than both sides of the stroke it lies in, 0 to 1."""
    pen = _quotient(gray, max(5, round(PEN_WIDTH * side)))
    brush = _quotient(gray, max(5, round(BRUSH_WIDTH * side)))
    return np.maximum(pen, brush * (1 - _ramp(brightest, BRUSH_TONES)))


def _quotient(gray: np.ndarray, width: int) -> np.ndarray:
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width | 1, width | 1))
    surround = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, disc)
    return (surround - gray) / (surround + DARKNESS_FLOOR)


def _dips(gray: np.ndarray, sigma: float) -> np.ndarray:
    """The difference of Gaussians on local contrast: positive on the dark side of an edge, and in a line."""
    center, surround, wide = (cv2.GaussianBlur(gray, (0, 0), sigma * width) for width in (1, SURROUND_RATIO, 8))
    return (surround - center) / (wide + 0.15)


def _spots(brightest: np.ndarray, strokes: np.ndarray, side: int) -> np.ndarray:
    """The solid black of the artist's pen, 0 to 1: as dark as the thin strokes, and nowhere wider than SPOT_WIDTH."""
    body = brightest[strokes > 0.7]
    tone = min(float(np.percentile(body, 25)), DARKEST_INK) if body.size > 50 else DARKEST_INK
    black = cv2.inRange(cv2.medianBlur(brightest, 3), 0, tone + INK_MARGIN)
    black = cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    radius = SPOT_WIDTH * side / 2
    core = cv2.distanceTransform(black, cv2.DIST_L2, 5) > radius
    if core.any():
        # Whatever lies within the radius of a pixel that deep belongs to the same large area.
        from_core = cv2.distanceTransform(np.uint8(255) * ~core, cv2.DIST_L2, 5)
        black[from_core <= radius + 2] = 0
    return cv2.GaussianBlur(black.astype(np.float32) / 255, (0, 0), 0.6)


def _inked(edges: np.ndarray, ink: np.ndarray) -> float:
    """The share of the edges that lie within two pixels of ink; 0 where there are none."""
    visible = edges > 0.3
    near = cv2.dilate((ink > 0.5).astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5)))
    return float(near[visible].mean()) if visible.any() else 0.0


def _ramp(values: np.ndarray, ends: tuple[float, float]) -> np.ndarray:
    """From 0 at the first end to 1 at the second, smoothly."""
    share = np.clip((values.astype(np.float32) - ends[0]) / (ends[1] - ends[0]), 0, 1)
    return share * share * (3 - 2 * share)
