"""Line drawings by filters that learn nothing: what a scan generator has to beat.

Each takes a picture, uint8 [H, W, 3], and gives lines, uint8 [H, W] with 255 = paper. Their settings are those that did
best on artists' own drawings, see `scripts/tune_line_filters.py`. A picture larger than those drawings is filtered at
their size, for which the settings are, and the lines are brought to its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

import numpy as np

from linepaint.imaging.opencv import cv2
from linepaint.imaging.shrinking import shrink_picture

TUNED_PX = 384
"""The longest side at which filters work, as the drawings had that they were tuned on."""

XDOG_STEEPNESS = 10.0
"""φ of XDoG: how soft the ends of its lines are. As far as ink is concerned it only shifts ε."""


@dataclass(frozen=True)
class Dog:
    """sigma: of the inner Gaussian, px. surround: the outer one's σ in inner ones. threshold: how much darker than
    around it, of the whole range, is a line."""

    sigma: float = 0.5
    surround: float = 8.0
    threshold: float = 0.06


@dataclass(frozen=True)
class Xdog:
    """sigma, surround: as for Dog. sharpen, level: p and ε of Winnemöller et al. 2012, "XDoG: an eXtended
    difference-of-Gaussians compendium"."""

    sigma: float = 0.8
    surround: float = 3.0
    sharpen: float = 8.0
    level: float = 0.2


@dataclass(frozen=True)
class Canny:
    """sigma: of the blur before, px. high, low: thresholds of the hysteresis, low as a share of high. close: edges not
    farther apart than this, px, become one line; 0 leaves them as they are."""

    sigma: float = 0.3
    high: float = 200.0
    low: float = 0.6
    close: int = 13


Settings = TypeVar("Settings")


def _at_tuned_size(
    draw: Callable[[np.ndarray, Settings], np.ndarray],
) -> Callable[[np.ndarray, Settings], np.ndarray]:
    """The filter at TUNED_PX at most, its lines at the picture's own size."""

    @wraps(draw)
    def drawn(picture: np.ndarray, settings: Settings) -> np.ndarray:
        lines = draw(shrink_picture(picture, TUNED_PX), settings)
        if lines.shape == picture.shape[:2]:
            return lines
        return cv2.resize(lines, picture.shape[1::-1], interpolation=cv2.INTER_CUBIC)

    return drawn


@_at_tuned_size
def difference_of_gaussians(picture: np.ndarray, settings: Dog) -> np.ndarray:
    """Ink where the picture is darker than its surroundings, thresholded hard."""
    center, surround = _blurred(picture, settings.sigma, settings.surround)
    return np.where(surround - center > settings.threshold, 0, 255).astype(np.uint8)


@_at_tuned_size
def extended_difference_of_gaussians(picture: np.ndarray, settings: Xdog) -> np.ndarray:
    """XDoG: sharpened by the difference, then thresholded softly; dark areas turn to ink as a whole."""
    center, surround = _blurred(picture, settings.sigma, settings.surround)
    sharpened = (1 + settings.sharpen) * center - settings.sharpen * surround
    soft = 1 + np.tanh(np.minimum(XDOG_STEEPNESS * (sharpened - settings.level), 0))
    return np.rint(255 * soft).astype(np.uint8)


@_at_tuned_size
def canny(picture: np.ndarray, settings: Canny) -> np.ndarray:
    """Canny's edges (1986), which lie on both sides of a drawn line, with what lies between two near ones filled."""
    gray = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (0, 0), settings.sigma)
    edges = cv2.Canny(gray, settings.low * settings.high, settings.high, L2gradient=True)
    if settings.close > 0:
        disk = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (settings.close,) * 2)
        edges = cv2.morphologyEx(edges, cv2.MORPH_CLOSE, disk)
    return cv2.bitwise_not(edges)


FILTERS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "dog": lambda picture: difference_of_gaussians(picture, Dog()),
    "xdog": lambda picture: extended_difference_of_gaussians(picture, Xdog()),
    "canny": lambda picture: canny(picture, Canny()),
}
"""By the name that `--baseline` knows them by."""


def _blurred(picture: np.ndarray, sigma: float, surround: float) -> tuple[np.ndarray, np.ndarray]:
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255
    return cv2.GaussianBlur(gray, (0, 0), sigma), cv2.GaussianBlur(gray, (0, 0), sigma * surround)
