"""What the generator hands out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Drawing:
    """A line drawing and its colouring, all of one size.

    `lines` uint8 [H, W], 255 = paper and 0 = ink. `color` uint8 [H, W, 3] sRGB, the finished picture with
    the lines multiplied over it. `flat` uint8 [H, W, 3], the plain colour of every form under the
    lines, unshaded. `labels` int32 [H, W], the number of the form that shows at each pixel, 0 where the
    paper is bare; `flat` is one colour for each.
    """

    lines: NDArray[np.uint8]
    color: NDArray[np.uint8]
    flat: NDArray[np.uint8]
    labels: NDArray[np.int32]
