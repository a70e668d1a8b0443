"""The page turned, scaled and moved into the window's own pixels.

OpenCV does this several times quicker than a QPainter's smooth drawImage, which alone would take longer
than a frame.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from linepaint.document.arrays import Pixels
from linepaint.document.geometry import Rect
from linepaint.imaging.opencv import cv2
from linepaint.ui.canvas.level_sheet import LevelSheet
from linepaint.ui.canvas.view_transform import Affine, Point, ViewTransform, bounds

PIXELS_SHOWN_FROM: Final = 2.0
"""From this zoom on the pixels of the page are shown as squares."""


def device_to_level(view: ViewTransform, level: int) -> Affine:
    """Maps device pixels of the widget to pixels of a level; both count from corners, not from centres."""
    to_page = view.inverse
    ratio, step = view.device_pixel_ratio, float(1 << level)
    a, b, c, d = (value / ratio / step for value in to_page[:4])
    return Affine(a, b, c, d, to_page.e / step, to_page.f / step)


def page_pixels(sheet: LevelSheet, view: ViewTransform, device_rect: Rect) -> Pixels:
    """What the device pixels in `device_rect` show: uint8 [h, w, 4], like the sheet; page edges go on
    beyond it.

    Smooth below 200 %, nearest neighbour above, and at 100 % when upright, where there is nothing to smooth.
    """
    to_level = device_to_level(view, sheet.level)
    left, top, right, bottom = bounds(to_level, device_rect.x, device_rect.y, device_rect.width, device_rect.height)
    needed = Rect.from_edges(left - 2, top - 2, right + 2, bottom + 2)
    source = needed.clipped(sheet.width, sheet.height)
    if source.is_empty:
        return np.zeros((device_rect.height, device_rect.width, 4), np.uint8)
    # OpenCV counts from the centres of pixels: hence the halves.
    start = to_level.apply(Point(device_rect.x + 0.5, device_rect.y + 0.5))
    matrix = np.array(
        [
            [to_level.a, to_level.c, start.x - source.x - 0.5],
            [to_level.b, to_level.d, start.y - source.y - 0.5],
        ]
    )
    is_exact = view.is_upright and view.zoom == 1.0
    is_sharp = is_exact or view.zoom >= PIXELS_SHOWN_FROM
    interpolation = cv2.INTER_NEAREST if is_sharp else cv2.INTER_LINEAR
    warped = cv2.warpAffine(
        sheet.pixels[source.slices],
        matrix,
        (device_rect.width, device_rect.height),
        flags=interpolation | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(warped, np.uint8)
