"""How pictures and weights lie in memory while they are trained."""

from __future__ import annotations

import torch


def memory_format(device: torch.device) -> torch.memory_format:
    """Channels last on a GPU. On a CPU it makes using a network faster, but training it slower.

    oneDNN's gradients of the weights take longer in it, and those of transposed convolutions come in another order
    than the weights and are copied twice: pix2pix's generator trained 1.6 times as fast without.
    """
    return torch.channels_last if device.type == "cuda" else torch.contiguous_format
