"""Scans and drawings of every kind to line art: uint8 [H, W], 255 = paper, 0 = ink.

Clean digital line art passes through untouched. The rest is brought there: transparency is laid on white,
white on black is turned over, colour becomes the darkness of its ink, grey or unevenly lit paper is divided
out, and what is left of its grain is cut off by levels.
"""

from __future__ import annotations

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.document.layers import Levels, apply_levels
from linepaint.imaging.flattening import eight_bit, on_white
from linepaint.imaging.opencv import cv2

_WHITE = 250
"""From here up a pixel is digital white."""
_INK = 48
"""Below this a pixel is solid ink, whatever the paper."""
_SMALL_SIDE = 512
"""Longest side of the reduced copy on which paper and polarity are judged, in pixels."""


def normalise_scan(picture: np.ndarray) -> Pixels:
    """Return line art from uint8 or uint16 grey [H, W], RGB [H, W, 3] or straight RGBA [H, W, 4].

    Clean 8-bit line art comes back with the pixels it had. Raises ValueError for any other kind of array.
    """
    if picture.dtype not in (np.uint8, np.uint16) or not (
        picture.ndim == 2 or (picture.ndim == 3 and picture.shape[2] in (3, 4))
    ):
        raise ValueError(f"A scan has to be 8- or 16-bit grey, RGB or RGBA, not {picture.dtype} {picture.shape}.")
    if picture.size == 0:
        raise ValueError("A scan needs at least one pixel.")
    opaque = _on_white(eight_bit(picture))
    if _is_inverted(opaque):
        opaque = cv2.bitwise_not(opaque)
    scan = _darkest_channel(opaque)
    if _has_clean_paper(scan):
        if _has_colored_ink(opaque, scan):
            return apply_levels(scan, Levels(suggest_levels(scan).black, 255))
        return scan
    even = _with_even_paper(scan)
    return apply_levels(even, suggest_levels(even))


def suggest_levels(scan: Pixels) -> Levels:
    """Return the levels that make the ink of uint8 [H, W] black and its paper white while edges stay soft.

    The default levels where nothing is to be gained: clean line art, or paper without ink.
    """
    histogram = cv2.calcHist([scan], [0], None, [256], [0, 256]).ravel().astype(np.float64)
    threshold, _ = cv2.threshold(scan.reshape(1, -1), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    split = int(threshold) + 1
    if not 0 < split < 255 or histogram[split:].sum() == 0:
        return Levels()
    paper = split + int(np.argmax(histogram[split:]))
    white = _below_grain(histogram, paper)
    tones = np.arange(split)
    ink = histogram[:split]
    contrast = paper - float((tones * ink).sum() / max(ink.sum(), 1.0))
    if contrast < 24 or ink.sum() < 1e-5 * histogram.sum():
        return Levels(0, white)
    # The darkest quarter of the ink is the body of the strokes; the rest are lighter strokes and soft edges.
    darkest, black = np.searchsorted(np.cumsum(ink), (0.05 * ink.sum(), 0.25 * ink.sum())).tolist()
    if darkest < 8:  # Black ink is there already; what is lighter is meant to be.
        black = 0
    return Levels(min(black, white - 1), white)


def _below_grain(histogram: np.ndarray, paper: int) -> int:
    """Return the tone just below the paper's grain, which lies around its commonest tone `paper`."""
    flank = histogram[max(paper - 40, 0) : paper][::-1]
    near = flank[:12].sum()
    if near < 0.06 * histogram[max(paper - 40, 0) :].sum():
        return paper if paper < _WHITE else 255
    # For normally distributed grain half of a flank lies within 0.674 standard deviations.
    deviation = (1 + int(np.searchsorted(np.cumsum(flank), 0.5 * flank.sum()))) / 0.674
    return max(paper - round(3 * deviation), paper - 64, 1)


def _on_white(picture: np.ndarray) -> np.ndarray:
    """Return the picture without its alpha, laid on white; of white ink on nothing the alpha is taken."""
    laid = on_white(picture)
    if picture.ndim == 3 and picture.shape[2] == 4:
        alpha = cv2.extractChannel(picture, 3)
        covered = cv2.countNonZero(cv2.inRange(alpha, 128, 255)) / alpha.size
        if 0 < covered < 0.5 and all(cv2.minMaxLoc(channel)[0] > 200 for channel in cv2.split(laid)):
            return cv2.bitwise_not(alpha)
    return laid


def _darkest_channel(picture: np.ndarray) -> np.ndarray:
    """Return [H, W]: ink of any colour is dark in one channel, and grey is the same in all."""
    if picture.ndim == 2:
        return picture
    red, green, blue = cv2.split(picture)
    return cv2.min(cv2.min(red, green), blue)


def _has_colored_ink(picture: np.ndarray, scan: np.ndarray) -> bool:
    """Say whether at least a fifth of what is drawn is drawn in a colour."""
    if picture.ndim == 2:
        return False
    red, green, blue = cv2.split(picture)
    chroma = cv2.subtract(cv2.max(cv2.max(red, green), blue), scan)
    drawn = cv2.countNonZero(cv2.inRange(scan, 0, 200))
    return cv2.countNonZero(cv2.inRange(chroma, 48, 255)) > 0.2 * drawn


def _is_inverted(picture: np.ndarray) -> bool:
    """Say whether this is light lines on a dark ground, and not a drawing with much black in it."""
    small = _reduced(picture)
    grey = small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    darkest, middle, lightest = np.percentile(grey, (0.5, 50, 99.5))
    if middle > 128 or lightest - middle < 48 or lightest - middle < 2 * (middle - darkest):
        return False
    # Lines are thin: opening with a disc wider than a line leaves nothing of them, but much of a white area.
    light = cv2.inRange(grey, (middle + lightest) / 2, 255)
    thick = cv2.morphologyEx(light, cv2.MORPH_OPEN, _disc(max(*grey.shape, 5 * 24) // 24))
    return cv2.countNonZero(thick) < 0.25 * cv2.countNonZero(light)


def _has_clean_paper(scan: np.ndarray) -> bool:
    """Say whether the paper is digital white, and all that is neither white nor ink edges and flat tones."""
    # Eroding leaves out the soft edges of lines, which are grey in every drawing.
    kernel = np.ones((5, 5), np.uint8)
    grey = cv2.erode(cv2.inRange(scan, _INK, _WHITE - 1), kernel)
    grey_count = cv2.countNonZero(grey)
    if grey_count == 0:
        return True
    white_count = cv2.countNonZero(cv2.inRange(scan, _WHITE, 255))
    if grey_count <= 0.08 * white_count:
        return True
    return grey_count <= 2 * white_count and _is_flat(scan, grey)


def _is_flat(scan: np.ndarray, mask: np.ndarray, distance: int = 32) -> bool:
    """Say whether tones under `mask` stay the same over a distance, as filled areas do and shadows do not."""
    for far, near in (
        (np.s_[:, distance:], np.s_[:, :-distance]),
        (np.s_[distance:, :], np.s_[:-distance, :]),
    ):
        if 0 in mask[near].shape:
            return False
        both = cv2.bitwise_and(mask[far], mask[near])
        same = cv2.inRange(cv2.absdiff(scan[far], scan[near]), 0, 1)
        if cv2.countNonZero(cv2.bitwise_and(both, same)) < 0.6 * max(cv2.countNonZero(both), 1):
            return False
    return True


def _with_even_paper(scan: np.ndarray) -> np.ndarray:
    """Divide by the paper's own brightness, so that bare paper becomes 255 everywhere."""
    paper = _paper(_reduced(scan))
    height, width = scan.shape
    return cv2.divide(scan, cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), scale=255)


def _paper(small: np.ndarray) -> np.ndarray:
    """Return the brightness that the paper of uint8 [h, w] would have with nothing drawn on it."""
    side = max(small.shape)
    # Closing with a disc wider than any line fills the lines in with the paper around them.
    width = max(side // 16, 3)
    closed = cv2.morphologyEx(cv2.medianBlur(small, 5), cv2.MORPH_CLOSE, _disc(width))
    # Areas of solid ink are wider than the disc; their paper is guessed from what lies around them.
    is_paper = (closed >= 0.6 * np.percentile(closed, 90)).astype(np.float32)
    paper, weight, sigma = closed * is_paper, is_paper, width / 2
    while sigma < 2 * side and not weight.all():
        nearby_weight = cv2.GaussianBlur(weight, (0, 0), sigma)
        nearby = cv2.GaussianBlur(paper, (0, 0), sigma) / np.maximum(nearby_weight, 1e-6)
        found = (weight == 0) & (nearby_weight > 0.01)
        paper, weight = np.where(found, nearby, paper), np.where(found, np.float32(1), weight)
        sigma *= 2
    smooth = cv2.GaussianBlur(paper.astype(np.float32), (0, 0), width / 4)
    return np.clip(np.rint(smooth), 1, 255).astype(np.uint8)


def _reduced(picture: np.ndarray) -> np.ndarray:
    """Return the picture with its longest side at most _SMALL_SIDE."""
    height, width = picture.shape[:2]
    scale = _SMALL_SIDE / max(height, width)
    if scale >= 1:
        return picture
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _disc(diameter: int) -> np.ndarray:
    odd = max(diameter, 1) | 1
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (odd, odd))
