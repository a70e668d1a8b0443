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
    tone = cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB).astype(np.float32)
    shift = chroma * np.float32(255)
    room = np.where(shift > 0, 255 - tone, tone)
    share = (room / np.maximum(np.abs(shift), np.float32(1e-6))).min(axis=2)
    color = tone + shift * np.minimum(share, 1)[..., None]
    return np.rint(color).clip(0, 255).astype(np.uint8)
