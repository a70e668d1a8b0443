"""Lines out of a finished colouring, for pictures that come without them: extended difference of Gaussians.

Winnemöller et al. 2012, "XDoG: an eXtended difference-of-Gaussians compendium", on local contrast, so that dark skin
and dark cloth do not turn black: only what is darker than its surroundings is ink.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2

FINE_SIGMA = 0.8
"""Blur of the centre, px at a longest side of about 400."""

SURROUND_RATIO = 1.6
SHARPNESS = 18.0
FLOOR = 0.015
"""A dip less deep than this share of the local brightness is texture, not a line."""


def extract_lines(color: np.ndarray) -> np.ndarray:
    """The line drawing, uint8 [H, W] with 255 = paper, that a colouring, uint8 [H, W, 3], could have come from."""
    gray = cv2.cvtColor(color, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    sigma = FINE_SIGMA * max(1.0, max(gray.shape) / 400)
    center = cv2.GaussianBlur(gray, (0, 0), sigma)
    surround = cv2.GaussianBlur(gray, (0, 0), sigma * SURROUND_RATIO)
    wide = cv2.GaussianBlur(gray, (0, 0), sigma * 8)
    dip = (surround - center) / (0.15 + wide)
    ink = np.clip(np.tanh(SHARPNESS * (dip - FLOOR)), 0, 1)
    return np.rint(255 * (1 - ink)).astype(np.uint8)
