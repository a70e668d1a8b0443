"""The array contracts: what lines, hints and colour look like, checked where they enter the document.

Lines are uint8 [H, W], 255 = paper and 0 = ink. Hints are uint8 [H, W, 4], straight RGBA, alpha 0 = no hint.
Colour is uint8 [H, W, 3], sRGB.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]


def read_only(pixels: Pixels) -> Pixels:
    """Take over an array for sharing: made contiguous (copied only if it has to be) and write-protected.

    The caller's own array is the one protected where no copy was needed, so a later write into it raises an
    error instead of changing the document behind everyone's back.
    """
    contiguous = np.ascontiguousarray(pixels)
    contiguous.flags.writeable = False
    return contiguous


def require_lines(lines: Pixels) -> None:
    """Raise ValueError unless this is uint8 [H, W]."""
    if lines.dtype != np.uint8 or lines.ndim != 2:
        raise ValueError(f"Line art has to be 8-bit greyscale [H, W], not {_described(lines)}.")


def require_color(pixels: Pixels, width: int, height: int) -> None:
    """Raise ValueError unless this is uint8 [height, width, 3]."""
    if pixels.dtype != np.uint8 or pixels.shape != (height, width, 3):
        wanted = f"8-bit RGB [{height}, {width}, 3]"
        raise ValueError(f"The colour layer has to be {wanted}, not {_described(pixels)}.")


def _described(pixels: Pixels) -> str:
    return f"{pixels.dtype} {list(pixels.shape)}"
