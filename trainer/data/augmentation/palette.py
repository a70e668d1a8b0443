"""Other colours for the same picture, so that hints and not habits decide. White paper and black ink stay."""

from __future__ import annotations

import numpy as np

from linepaint.imaging.basins import INK_BELOW
from linepaint.imaging.opencv import cv2

COLORLESS = 30
"""An area whose mean saturation (0..255) is less has no colour to trade."""

SAME_FAMILY = 48
"""Areas whose mean colours differ by less (largest channel) keep alike: the strands of one head of hair."""

MOST_FAMILIES = 24
SMALLEST_AREA = 12
EVERY_LEVEL = np.arange(256)


def recolor(color: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The same picture in other hues, uint8 [H, W, 3]: white, grey and black stay, so lines and paper do."""
    levels = np.empty((1, 256, 3), np.uint8)
    levels[0, :, 0] = (EVERY_LEVEL + int(random.integers(256))) % 256
    levels[0, :, 1] = np.clip(EVERY_LEVEL * random.uniform(0.7, 1.3), 0, 255)
    levels[0, :, 2] = EVERY_LEVEL
    hsv = cv2.LUT(cv2.cvtColor(color, cv2.COLOR_RGB2HSV_FULL), levels)
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB_FULL)


def shift_tone(color: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The same picture lighter or darker in between, uint8 [H, W, 3]: a gamma that leaves white and black."""
    gamma = np.exp(random.uniform(-0.4, 0.4))
    return cv2.LUT(color, np.rint(255 * (EVERY_LEVEL / 255) ** gamma).astype(np.uint8))


def palette_swap(color: np.ndarray, lines: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The drawing's closed areas trade hue, saturation and some brightness; shading stays. uint8 [H, W, 3].

    lines: uint8 [H, W], 255 = paper. Areas of about one colour get the same new one. Pictures of a single colour, and
    areas without any, stay as they are.
    """
    _, area = cv2.connectedComponents((lines >= INK_BELOW).astype(np.uint8), connectivity=4, ltype=cv2.CV_16U)
    mean, pixels = _mean_colors(color, area)
    hsv = cv2.cvtColor(mean[None], cv2.COLOR_RGB2HSV_FULL)[0].astype(np.int32)
    colored = np.flatnonzero((pixels >= SMALLEST_AREA) & (hsv[:, 1] >= COLORLESS))
    colored = colored[colored > 0]
    family, heads = _families(mean[colored], pixels[colored])
    if len(heads) < 2:
        return color
    old = hsv[colored[heads]]
    # A random ring through all families: none keeps its colour.
    ring = random.permutation(len(heads))
    new = np.empty_like(old)
    new[ring] = old[np.roll(ring, 1)]
    ratio = (new[:, 1:] / np.maximum(old[:, 1:], 1)).astype(np.float32)
    turn = np.zeros(len(mean), np.uint8)
    scale = np.ones((len(mean), 2), np.float32)
    turn[colored] = ((new[:, 0] - old[:, 0]) % 256)[family]
    scale[colored] = np.clip(ratio, (0.4, 0.7), (2.5, 1.4))[family]
    # The ink's coloured fringe goes with the area beside it.
    area = np.where(area == 0, cv2.dilate(area, np.ones((5, 5), np.uint8)), area)
    changed = cv2.cvtColor(color, cv2.COLOR_RGB2HSV_FULL)
    # A white speck in a coloured area has no part in its darkening: what has less colour changes less.
    share = np.minimum(changed[..., 1] / np.maximum(hsv[:, 1], 1).astype(np.float32)[area], 1)
    changed[..., 0] += turn[area]
    changed[..., 1] = np.clip(changed[..., 1] * scale[area, 0], 0, 255)
    changed[..., 2] = np.clip(changed[..., 2] * (1 + (scale[area, 1] - 1) * share), 0, 255)
    return cv2.cvtColor(changed, cv2.COLOR_HSV2RGB_FULL)


def _mean_colors(color: np.ndarray, area: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean colour of each area, uint8 [n, 3], and its pixels, int64 [n]."""
    flat = area.ravel()
    pixels = np.bincount(flat)
    total = [np.bincount(flat, color[..., channel].ravel()) for channel in range(3)]
    return np.rint(np.stack(total, axis=1) / np.maximum(pixels, 1)[:, None]).astype(np.uint8), pixels


def _families(mean: np.ndarray, pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Areas of about one colour: the family of each, int64 [n], and the largest area of each family, int64 [k]."""
    mean = mean.astype(np.int16)
    apart = np.full(len(mean), SAME_FAMILY, np.int16)
    family = np.zeros(len(mean), np.int64)
    heads: list[int] = []
    while (apart >= SAME_FAMILY).any() and len(heads) < MOST_FAMILIES:
        head = int(np.argmax(np.where(apart >= SAME_FAMILY, pixels, 0)))
        away = np.abs(mean - mean[head]).max(axis=1)
        family[away < apart] = len(heads)
        apart = np.minimum(apart, away)
        heads.append(head)
    return family, np.array(heads, np.int64)
