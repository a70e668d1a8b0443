"""Picture sheets: what the network makes of the same few samples as training goes on."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from . import losses
from .data.samples import Sample


def sheet(network: nn.Module, samples: Sample) -> np.ndarray:
    """One row per sample: lines with hints, propagation, result, truth; uint8 [rows × H, 4 × W, 3]."""
    device = next(network.parameters()).device
    network.eval()
    with torch.no_grad():
        on_device = samples.to(device)
        made = network(on_device.lines, on_device.hints, on_device.prior).clamp(0, 1).cpu()
    paper = 1 - samples.lines
    mask = samples.hints[:, 3:]
    hinted = torch.where(mask > 0, (samples.hints[:, :3] + 1) / 2, paper.expand(-1, 3, -1, -1))
    columns = [
        hinted,
        losses.composite(samples.prior[:, :3], samples.lines),
        losses.composite(made, samples.lines),
        samples.target,
    ]
    return np.vstack([np.hstack([_pixels(column[i]) for column in columns]) for i in range(len(made))])


def _pixels(picture_3HW: Tensor) -> np.ndarray:
    """[3, H, W] in [0, 1] -> uint8 [H, W, 3]."""
    return (picture_3HW.clamp(0, 1).permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)
