"""Luma and chroma: colour laid on a gray picture without touching how light it is.

Luma is Rec. 601's, what OpenCV's RGB2GRAY gives. Chroma is what is left of a colour when its luma is taken off each
channel, so that gray + chroma has exactly the luma of that gray.
"""

from __future__ import annotations

import numpy as np

from linepaint.imaging.opencv import cv2

LUMA = (0.299, 0.587, 0.114)
"""Shares of red, green and blue in the luma, Rec. 601."""


def chroma_of(color: np.ndarray) -> np.ndarray:
    """The chroma of float32 [..., 3] colours in [0, 1]: float32 [..., 3] in (-1, 1), whose luma is zero."""
    luma = color @ np.array(LUMA, np.float32)
    return color - luma[..., None]


def with_chroma(gray: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    """The colour picture uint8 [H, W, 3] with the luma of gray, uint8 [H, W], and the chroma float32 [H, W, 3].

    Where that would leave the gamut, chroma shrinks as little as needed; hue and luma stay.
    """
    tone = gray.astype(np.float32)
    shifts = cv2.split(chroma * np.float32(255))
    # The channel that leaves the gamut first decides for all three: the most positive or the most negative one.
    highest = cv2.max(cv2.max(shifts[0], shifts[1]), shifts[2])
    lowest = cv2.min(cv2.min(shifts[0], shifts[1]), shifts[2])
    least = np.float32(1e-6)
    share = cv2.min((255 - tone) / np.maximum(highest, least), tone / np.maximum(-lowest, least))
    share = np.minimum(share, 1)
    channels = [cv2.convertScaleAbs(np.maximum(tone + shift * share, 0)) for shift in shifts]
    return np.asarray(cv2.merge(channels), np.uint8)
