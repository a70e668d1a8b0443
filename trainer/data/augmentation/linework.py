"""The same drawing by another hand, pen or scanner. All functions take and give lines uint8 [H, W], 255 = paper.

What was paper away from the lines never becomes ink: the areas must stay those of the colouring.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.basins import INK_BELOW
from linepaint.imaging.opencv import cv2

WOBBLE_PX = 1.2
"""How far an unsteady hand strays at most, in pixels."""

DARKEST_NOISE = INK_BELOW + 15
"""Noise on paper is never darker, lest it count as ink."""


def roughen(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Lines as another hand or another scanner gives them: thicker, thinner, paler, gapped, softer."""
    kind = random.random()
    if kind < 0.25:
        lines = cv2.erode(lines, np.ones((2, 2), np.uint8))
    elif kind < 0.4:
        lines = cv2.dilate(lines, np.ones((2, 2), np.uint8))
    if random.random() < 0.4:
        lines = _gapped(lines, random)
    if random.random() < 0.3:
        lines = _paler(lines, random.uniform(0.5, 1.0))
    if random.random() < 0.2:
        lines = cv2.GaussianBlur(lines, (0, 0), random.uniform(0.4, 0.8))
    return lines


def wobble(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """An unsteady hand: every place moved by up to WOBBLE_PX, its neighbours alike."""
    height, width = lines.shape
    waves = max(3, round(max(height, width) / 12))
    moves = random.uniform(-WOBBLE_PX, WOBBLE_PX, (2, waves, waves)).astype(np.float32)
    x, y = (cv2.resize(move, (width, height), interpolation=cv2.INTER_LINEAR) for move in moves)
    x += np.arange(width, dtype=np.float32)
    y += np.arange(height, dtype=np.float32)[:, None]
    return cv2.remap(lines, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=255)


def sketchy(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Each line drawn twice, the second time paler and beside the first."""
    return np.minimum(lines, _paler(wobble(wobble(lines, random), random), random.uniform(0.5, 0.9)))


def pencil(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Grey and grainy: the tooth of the paper shows in the lines, which stay dark enough to be lines."""
    grain = random.random(lines.shape, np.float32)
    pressure = random.uniform(0.55, 0.85) + random.uniform(0.1, 0.35) * (grain - 0.5)
    return np.rint(255 - (255 - lines.astype(np.float32)) * pressure).astype(np.uint8)


def scan(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A poor scan: the sensor's noise, off-white paper, JPEG's blocks and ringing."""
    noise = random.normal(0, random.uniform(1, 6), lines.shape).astype(np.float32)
    noisy = np.clip(lines * np.float32(random.uniform(0.94, 1.0)) + noise, 0, 255).astype(np.uint8)
    _, data = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(35, 90))])
    scanned = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE))
    near = cv2.erode(lines, np.ones((5, 5), np.uint8)) < INK_BELOW
    return np.where(near, scanned, np.maximum(scanned, DARKEST_NOISE))


def _gapped(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A few short gaps in the lines."""
    lines = lines.copy()
    inked = np.flatnonzero(lines < 128)
    for _ in range(int(random.integers(1, 12)) if len(inked) else 0):
        y, x = divmod(int(inked[random.integers(len(inked))]), lines.shape[1])
        cv2.circle(lines, (x, y), int(random.integers(1, 4)), 255, -1)
    return lines


def _paler(lines: np.ndarray, strength: float) -> np.ndarray:
    """Ink of so much of its strength."""
    return cv2.convertScaleAbs(lines, alpha=strength, beta=255 * (1 - strength))
