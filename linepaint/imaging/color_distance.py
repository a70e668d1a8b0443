"""Colours as eyes tell them apart: CIE L*a*b* under D65 (CIE 1976) and the distance CIEDE2000 (CIE 142-2001)."""

from __future__ import annotations

import numpy as np


def lab_of(rgb: np.ndarray) -> np.ndarray:
    """sRGB, 0 to 255 [..., 3], as L*a*b*, float64 [..., 3]."""
    from skimage.color import rgb2lab

    return np.asarray(rgb2lab(np.asarray(rgb, np.float64) / 255), np.float64)


def rgb_of(lab: np.ndarray) -> np.ndarray:
    """L*a*b* [n, 3] as the nearest sRGB, uint8 [n, 3]; what no screen shows is clipped."""
    from skimage.color import lab2xyz, xyz2rgb

    with np.errstate(invalid="ignore"):
        xyz = np.maximum(lab2xyz(np.atleast_2d(np.asarray(lab, np.float64))), 0)
    return np.rint(np.clip(xyz2rgb(xyz), 0, 1) * 255).astype(np.uint8)


def ciede2000(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The distance between L*a*b* colours [..., 3] and [..., 3], which broadcast; about 2 is just noticeable."""
    # Imported here, for it takes a tenth of a second that a start without suggestions can do without.
    from skimage.color import deltaE_ciede2000

    return np.asarray(deltaE_ciede2000(*np.broadcast_arrays(one, other)), np.float64)
