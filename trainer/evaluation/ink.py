"""How well a derived line drawing matches the artist's own: the F-score of its ink, within a tolerance in pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linepaint.imaging.opencv import cv2

INK_BELOW = 128
"""Darker than half is ink, in the drawing made and in the artist's alike."""


@dataclass(frozen=True)
class InkMatch:
    """precision: share of the ink made that lies on the artist's; recall: share of the artist's that was found."""

    precision: float
    recall: float

    @property
    def f_score(self) -> float:
        """Harmonic mean of the two, 1 at best."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total > 0 else 0.0


def match_ink(made: np.ndarray, truth: np.ndarray, tolerance_px: float) -> InkMatch:
    """Compare two line drawings, uint8 [H, W] with 255 = paper; ink matches ink at most tolerance_px away.

    Where one has no ink at all there is nothing to be wrong (precision) or to be found (recall): 1.
    """
    mine, theirs = made < INK_BELOW, truth < INK_BELOW
    return InkMatch(_share_near(mine, theirs, tolerance_px), _share_near(theirs, mine, tolerance_px))


def _share_near(ink: np.ndarray, other: np.ndarray, tolerance_px: float) -> float:
    """The share of some ink, bool [H, W], that has other ink within reach."""
    if not ink.any():
        return 1.0
    if not other.any():
        return 0.0
    return float(np.mean(pixels_to(other)[ink] <= tolerance_px))


def pixels_to(ink: np.ndarray) -> np.ndarray:
    """How far each pixel is from the nearest of some ink, bool [H, W]: float32 [H, W], endless if
    there is none."""
    if not ink.any():
        return np.full(ink.shape, np.inf, np.float32)
    away = cv2.distanceTransform((~ink).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    # Half a thousandth less, because OpenCV's root of 4 may be a hair above 2.
    return np.maximum(away - np.float32(5e-4), 0)
