"""Pictures of every kind brought to 8 bits without transparency, their colours and tones otherwise as they are."""

from __future__ import annotations

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.imaging.opencv import cv2


def eight_bit(picture: np.ndarray) -> np.ndarray:
    """uint8 of the same shape from uint8 or uint16."""
    if picture.dtype == np.uint8:
        return np.ascontiguousarray(picture)
    return cv2.convertScaleAbs(np.ascontiguousarray(picture), alpha=255 / 65535)


def on_white(picture: np.ndarray) -> np.ndarray:
    """uint8 [H, W] or [H, W, 3] as it is, straight RGBA [H, W, 4] laid on white."""
    if picture.ndim == 2 or picture.shape[2] == 3:
        return picture
    *channels, alpha = cv2.split(picture)
    if cv2.minMaxLoc(alpha)[0] == 255:
        return cv2.merge(channels)
    bare = cv2.bitwise_not(alpha)
    return cv2.merge([cv2.add(cv2.multiply(channel, alpha, scale=1 / 255), bare) for channel in channels])


def as_gray(picture: np.ndarray) -> Pixels:
    """The luma (Rec. 601) of a picture on white: uint8 [H, W] from uint8 or uint16 grey, RGB or straight RGBA."""
    flat = on_white(eight_bit(picture))
    return np.asarray(flat if flat.ndim == 2 else cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY), np.uint8)


def as_color(picture: np.ndarray) -> Pixels:
    """A picture on white: uint8 RGB [H, W, 3] from uint8 or uint16 grey, RGB or straight RGBA."""
    flat = on_white(eight_bit(picture))
    return np.asarray(cv2.cvtColor(flat, cv2.COLOR_GRAY2RGB) if flat.ndim == 2 else flat, np.uint8)
