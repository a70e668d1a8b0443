"""The same drawing in other line styles: what a colouring must not depend on. Each is the same for the same seed.

All take and give lines uint8 [H, W], 255 = paper, and a generator for what is left to chance. Lengths are shares of the
longest side, or of the drawing's own line width, so that a style looks the same at every size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from skimage.morphology import skeletonize

from linepaint.imaging.basins import INK_BELOW
from linepaint.imaging.opencv import cv2

from ..data.augmentation.linework import pencil, wobble

FINER = 3
"""Widths are changed on a grid so much finer, or a line of two pixels could not be halved."""

GAP_EVERY, GAP = 0.05, 0.012
"""One gap for so much length of line, and how wide it is."""

BLUR = 0.004
NOISE = 16.0
"""Standard deviation of the noise, grey levels."""

JPEG_QUALITY = 25
PALE = 0.35
"""What is left of the ink's strength; more, and it would still be taken for ink."""

STRAY = 0.015
"""How often a sketched line's unsteadiness is added up, for each pixel of the longest side."""

DOT_PITCH, DOT_RADIUS = 0.016, 0.28
"""Of a screentone, the radius as a share of the pitch."""

SCREENED, SMALLEST_SCREENED = 0.5, 0.004
"""The share of areas with a screentone, and the smallest of them as a share of the picture."""

LineStyle = Callable[[np.ndarray, np.random.Generator], np.ndarray]


@dataclass(frozen=True)
class _Stroke:
    """A drawing's lines on the finer grid. fine: uint8. depth: pixels inside the ink. core: bool, its skeleton."""

    fine: np.ndarray
    depth: np.ndarray
    core: np.ndarray

    @property
    def radius(self) -> float:
        """Half the usual line width, finer pixels."""
        return max(1.0, float(np.median(self.depth[self.core]))) if self.core.any() else 1.0


def widened(lines: np.ndarray, random: np.random.Generator, factor: float) -> np.ndarray:
    """Every line wider by so much of the usual line width: 2 doubles it. Filled areas grow by no more than lines do."""
    stroke = _stroke_of(lines)
    reach = max(1, round(stroke.radius * (factor - 1)))
    pen = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1,) * 2)
    return _coarse(cv2.erode(stroke.fine, pen), lines)


def thinned(lines: np.ndarray, random: np.random.Generator, factor: float) -> np.ndarray:
    """Every line thinner, down to so much of the usual line width; none breaks."""
    stroke = _stroke_of(lines)
    left = (stroke.depth > stroke.radius * (1 - factor)) | stroke.core
    return _coarse(np.where(left, stroke.fine, np.uint8(255)), lines)


def gapped(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Gaps all along the lines, as a loose hand leaves them."""
    stroke = _stroke_of(lines)
    ys, xs = np.nonzero(stroke.core)
    side = max(stroke.fine.shape)
    radius = max(round(side * GAP / 2), round(1.5 * stroke.radius))
    fine = stroke.fine.copy()
    for index in random.choice(len(ys), min(len(ys), round(len(ys) / (side * GAP_EVERY))), replace=False):
        cv2.circle(fine, (int(xs[index]), int(ys[index])), radius, 255, -1)
    return _coarse(fine, lines)


def blurred(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Out of focus."""
    return cv2.GaussianBlur(lines, (0, 0), BLUR * max(lines.shape))


def noisy(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A sensor's noise on ink and paper, now and then dark enough to be taken for ink."""
    return np.clip(np.rint(lines + random.normal(0, NOISE, lines.shape)), 0, 255).astype(np.uint8)


def compressed(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """JPEG's blocks, and the ringing beside lines."""
    _, data = cv2.imencode(".jpg", lines, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE))


def pale(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Low contrast: ink in a light grey."""
    return cv2.convertScaleAbs(lines, alpha=PALE, beta=255 * (1 - PALE))


def sketchy(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Each line sought three times: twice more, beside the first and somewhat paler."""
    sought = lines
    for strength in (0.75, 0.6):
        beside = lines
        # Each unsteadiness is of a pixel or so; they add up to a stroke of its own.
        for _ in range(max(2, round(STRAY * max(lines.shape)))):
            beside = wobble(beside, random)
        sought = np.minimum(sought, cv2.convertScaleAbs(beside, alpha=strength, beta=255 * (1 - strength)))
    return sought


def screened(lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Dots of a screentone in some of the areas."""
    height, width = lines.shape
    pitch = max(5.0, DOT_PITCH * max(lines.shape))
    y, x = np.mgrid[:height, :width].astype(np.float32)
    # A grid at 45 degrees, as printers turn it.
    across, along = (x + y) / (np.sqrt(2) * pitch), (x - y) / (np.sqrt(2) * pitch)
    away = np.hypot(across - np.rint(across), along - np.rint(along)) * pitch
    dots = np.clip((away - DOT_RADIUS * pitch + 0.5) * 255, 0, 255).astype(np.uint8)
    paper = (lines >= INK_BELOW).astype(np.uint8)
    count, areas, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    chosen = (random.random(count) < SCREENED) & (stats[:, cv2.CC_STAT_AREA] >= SMALLEST_SCREENED * lines.size)
    chosen[0] = False
    return np.where(chosen[areas], np.minimum(lines, dots), lines)


LINE_STYLES: dict[str, LineStyle] = {
    "as drawn": lambda lines, random: lines,
    "width × 0.5": partial(thinned, factor=0.5),
    "width × 2": partial(widened, factor=2.0),
    "width × 3": partial(widened, factor=3.0),
    "gaps": gapped,
    "blur": blurred,
    "noise": noisy,
    "JPEG": compressed,
    "low contrast": pale,
    "grey pencil": pencil,
    "sketchy": sketchy,
    "screentone": screened,
}
"""By the name that tables call them by; the first is the drawing itself."""


def _stroke_of(lines: np.ndarray) -> _Stroke:
    size = lines.shape[1] * FINER, lines.shape[0] * FINER
    fine = cv2.resize(lines, size, interpolation=cv2.INTER_LINEAR)
    ink = fine < INK_BELOW
    if ink.any():
        # Halfway between the ink, however grey it is, and paper: where a line's edge is seen.
        ink = fine < (float(np.percentile(fine[ink], 10)) + 255) / 2
    depth = cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5)
    return _Stroke(fine, depth, np.asarray(skeletonize(ink)))


def _coarse(fine: np.ndarray, lines: np.ndarray) -> np.ndarray:
    return cv2.resize(fine, lines.shape[::-1], interpolation=cv2.INTER_AREA)
