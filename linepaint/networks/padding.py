"""Any size through networks that halve their maps: pad to a multiple of the stride, and crop what comes out."""

from __future__ import annotations

from typing import cast

from torch import Tensor, nn
from torch.nn import functional


def run_padded(network: nn.Module, x_NCHW: Tensor) -> Tensor:
    """network(x) for any H and W: [N, C_in, H, W] -> [N, C_out, H, W].

    The network's `stride` says which multiples it can take. The picture grows to the right and downwards by repeating
    its last column and row, so that lines running out of it go on, and no paper edge is there to be mistaken for one.
    """
    stride = cast(int, network.stride)
    height, width = x_NCHW.shape[2:]
    margins = (0, -width % stride, 0, -height % stride)
    if any(margins):
        x_NCHW = functional.pad(x_NCHW, margins, mode="replicate")
    made: Tensor = network(x_NCHW)
    return made[..., :height, :width]
