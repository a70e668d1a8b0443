"""Line drawings by filters that learn nothing: what a scan generator has to beat.

Each takes a picture, uint8 [H, W, 3], and gives lines, uint8 [H, W] with 255 = paper.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linepaint.imaging.opencv import cv2

SIGMA_PX = 1.0
SURROUND = 1.6
"""The outer Gaussian's σ in inner ones; so their difference is nearest to a Laplacian (Marr and Hildreth 1980)."""

DOG_THRESHOLD = 0.01
"""How much darker than around it, of the whole range, is a line."""

XDOG_SHARPEN = 20.0
XDOG_LEVEL = 0.6
XDOG_STEEPNESS = 10.0
"""p, ε and φ of Winnemöller et al. 2012, "XDoG: an eXtended difference-of-Gaussians compendium"."""

CANNY = (60.0, 160.0)
"""Hysteresis thresholds, on a picture blurred by SIGMA_PX."""


def difference_of_gaussians(picture: np.ndarray) -> np.ndarray:
    """Ink where the picture is darker than its surroundings, thresholded hard."""
    center, surround = _blurred(picture)
    return np.where(surround - center > DOG_THRESHOLD, 0, 255).astype(np.uint8)


def extended_difference_of_gaussians(picture: np.ndarray) -> np.ndarray:
    """XDoG: sharpened by the difference, then thresholded softly; dark areas turn to ink as a whole."""
    center, surround = _blurred(picture)
    sharpened = (1 + XDOG_SHARPEN) * center - XDOG_SHARPEN * surround
    soft = 1 + np.tanh(np.minimum(XDOG_STEEPNESS * (sharpened - XDOG_LEVEL), 0))
    return np.rint(255 * soft).astype(np.uint8)


def canny(picture: np.ndarray) -> np.ndarray:
    """Canny's edges (1986): one pixel wide, on both sides of a drawn line."""
    gray = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (0, 0), SIGMA_PX)
    return cv2.bitwise_not(cv2.Canny(gray, *CANNY))


FILTERS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "dog": difference_of_gaussians,
    "xdog": extended_difference_of_gaussians,
    "canny": canny,
}
"""By the name that `--baseline` knows them by."""


def _blurred(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    return cv2.GaussianBlur(gray, (0, 0), SIGMA_PX), cv2.GaussianBlur(gray, (0, 0), SIGMA_PX * SURROUND)
