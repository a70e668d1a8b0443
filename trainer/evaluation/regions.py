"""The regions of the artist's own colouring: connected areas of one colour, kept apart by ink or by a colour edge."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linepaint.imaging.basins import INK_BELOW
from linepaint.imaging.opencv import cv2

EDGE_CONTRAST = 12.0
"""A pixel is on a colour edge where Lab colours less than two pixels apart differ by more than this (CIE76)."""

SMALLEST_PX = 9
"""Areas with fewer pixels are crumbs of an edge or of texture, and count as such."""


@dataclass(frozen=True)
class Regions:
    """labels: int32 [H, W], 0 on ink, on colour edges and beside them, else the region's number from 1 to count."""

    labels: np.ndarray
    count: int


def find_regions(truth_lab: np.ndarray, lines: np.ndarray) -> Regions:
    """The regions of a finished colouring, Lab float32 [H, W, 3], with its lines, uint8 [H, W].

    Soft shading stays within a region, a cel shadow parts two. The pixels where colours meet are in none: there
    antialiasing mixes them, and nobody could say whose they are.
    """
    window = np.ones((3, 3), np.uint8)
    spread = cv2.dilate(truth_lab, window) - cv2.erode(truth_lab, window)
    is_edge = np.sqrt((spread**2).sum(axis=2)) > EDGE_CONTRAST
    near_ink = cv2.dilate((lines < INK_BELOW).astype(np.uint8), window) > 0
    inside = (~is_edge & ~near_ink).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=4)
    kept = stats[:, cv2.CC_STAT_AREA] >= SMALLEST_PX
    kept[0] = False
    number = np.zeros(count, np.int32)
    number[kept] = np.arange(1, int(kept.sum()) + 1)
    return Regions(number[labels], int(kept.sum()))
