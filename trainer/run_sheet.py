"""Picture sheets of a run: what the network makes of the same few samples as training goes on."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from linepaint.engine.catalog import Mode

from .data.samples import Sample
from .making import finished, made_by


def sheet(network: nn.Module, samples: Sample, mode: Mode) -> np.ndarray:
    """One row per sample: what was given, with its hints; the propagation, if any; the result; the truth.

    uint8 [rows × H, columns × W, 3].
    """
    device = next(network.parameters()).device
    network.eval()
    with torch.no_grad():
        on_device = samples.to(device)
        made = finished(mode, made_by(network, mode, on_device), on_device.source).clamp(0, 1).float().cpu()
    columns = [_given(samples, mode)]
    if samples.prior is not None:
        columns.append(finished(mode, samples.prior[:, :3], samples.source))
    columns += [made, samples.target]
    if mode is Mode.SCAN:
        columns[1:] = [1 - column for column in columns[1:]]
    return np.vstack([np.hstack([_pixels(column[i]) for column in columns]) for i in range(len(made))])


def _given(samples: Sample, mode: Mode) -> Tensor:
    """The source as a person would see it, [N, 3, H, W], hints painted over it."""
    shown = 1 - samples.source if mode is Mode.LINEART else samples.source
    shown = shown.expand(-1, 3, -1, -1)
    if samples.hints is None:
        return shown
    return torch.where(samples.hints[:, 3:] > 0, (samples.hints[:, :3] + 1) / 2, shown)


def _pixels(picture_CHW: Tensor) -> np.ndarray:
    """[1 or 3, H, W] in [0, 1] -> uint8 [H, W, 3]."""
    color = picture_CHW.expand(3, -1, -1)
    return (color.clamp(0, 1).permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)
