"""Whole-picture generators at work: any size, the same noise for the same seed, and never twice for nothing.

Every architecture but `live` is one: a pure `forward` from `condition(source, hints, channels_in)` to a picture, with a
`config` that tells its channels and a `stride` of which its sizes must be multiples. pix2pix draws its noise z by
dropout at use too (Isola et al. 2016, section 2.1), so the seed decides which of its pictures comes.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from linepaint.engine.catalog import CheckpointInfo, Mode
from linepaint.engine.devices import Device
from linepaint.engine.errors import CheckpointError
from linepaint.engine.memory import enough_memory_or
from linepaint.engine.session import DRAFT_PX
from linepaint.engine.tensors import HINT_CHANNELS, condition
from linepaint.networks.padding import run_padded

SOURCE_CHANNELS = {Mode.LINEART: 1, Mode.GRAYSCALE: 1, Mode.SCAN: 3, Mode.PICTURE: 3}
MADE_CHANNELS = {Mode.LINEART: 3, Mode.GRAYSCALE: 3, Mode.SCAN: 1, Mode.PICTURE: 3}


def check_channels(network: nn.Module, info: CheckpointInfo) -> None:
    """Raise CheckpointError unless the network takes and makes what the checkpoint's mode says."""
    config = getattr(network, "config", None)
    taken, made = getattr(config, "channels_in", 0), getattr(config, "channels_out", 0)
    source = SOURCE_CHANNELS[info.mode]
    if taken not in (source, source + HINT_CHANNELS) or made != MADE_CHANNELS[info.mode]:
        raise CheckpointError(
            f"{info.path.name} says its mode is {info.mode.value}, but its {info.architecture} network turns "
            f"{taken} channels into {made}; choose another checkpoint."
        )


def placed(network: nn.Module, device: Device) -> nn.Module:
    """The network on that device. Raises OutOfMemory."""
    with enough_memory_or(f"{device.label} has too little free memory; choose another device."):
        return network.to(device.torch_device, memory_format=torch.channels_last)  # type: ignore[call-overload]


def draft_size(network: nn.Module, size: int) -> int:
    """The longest side for drafts, px: as small as the network's stride lets be of use, never above size."""
    stride = stride_of(network)
    return min(size, -(-DRAFT_PX // stride) * stride)


def stride_of(network: nn.Module) -> int:
    """What height and width must be multiples of, px."""
    stride = network.stride
    assert isinstance(stride, int)
    return stride


def generate(network: nn.Module, device: torch.device, given_1CHW: Tensor, seed: int) -> np.ndarray:
    """The network's picture of one conditioned source of any size: float32 [H, W, C] in [0, 1].

    The noise is the seed's, and torch's own stream of random numbers is left where it was.
    """
    gpus = [device] if device.type == "cuda" else []
    given = given_1CHW.to(device, memory_format=torch.channels_last)
    with torch.inference_mode(), torch.random.fork_rng(gpus):
        torch.manual_seed(seed)
        made = run_padded(network, given)
        return made[0].permute(1, 2, 0).float().cpu().numpy()


class WholePicture:
    """One source before one network; a network that takes no hints runs once, however many strokes there are."""

    def __init__(self, network: nn.Module, device: torch.device, source: Tensor, seed: int) -> None:
        """source: lines, gray or colour, [1, C, h, w]."""
        self._network, self._device, self._source, self._seed = network, device, source, seed
        channels_in = getattr(network.config, "channels_in", 0)
        self._channels_in = int(channels_in)
        self._made: np.ndarray | None = None

    @property
    def takes_hints(self) -> bool:
        """Whether the network sees the hints."""
        return self._channels_in > self._source.shape[1]

    def paint(self, hints: Tensor) -> np.ndarray:
        """The network's picture, float32 [h, w, C] in [0, 1], not to be written to; hints: [1, 4, h, w]."""
        if self.takes_hints:
            return self._generated(hints)
        if self._made is None:
            self._made = self._generated(None)
        return self._made

    def _generated(self, hints: Tensor | None) -> np.ndarray:
        given = condition(self._source, hints, self._channels_in)
        return generate(self._network, self._device, given, self._seed)
