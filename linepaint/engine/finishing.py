"""From what a generator gives to the finished picture, in torch: the same for training's losses and for measuring.

Pictures are [N, 3, H, W] in [0, 1]; lines [N, 1, H, W], 1 = ink; gray [N, 1, H, W], 1 = white. All of it can be
differentiated, and nothing is clipped: a loss must see by how much a colour misses the gamut.
"""

from __future__ import annotations

import torch
from torch import Tensor

from linepaint.imaging.chroma import LUMA


def composite(color_N3HW: Tensor, lines_N1HW: Tensor) -> Tensor:
    """Mode lineart: the colour layer under the lines, multiplied."""
    return color_N3HW * (1 - lines_N1HW)


def luma(picture_N3HW: Tensor) -> Tensor:
    """How light each pixel is, [N, 1, H, W] (Rec. 601)."""
    weights = torch.tensor(LUMA, dtype=picture_N3HW.dtype, device=picture_N3HW.device)
    return (picture_N3HW * weights[:, None, None]).sum(dim=1, keepdim=True)


def with_luma(made_N3HW: Tensor, gray_N1HW: Tensor) -> Tensor:
    """Mode grayscale: the chroma that the generator made on the gray picture it was given."""
    return gray_N1HW + (made_N3HW - luma(made_N3HW))
