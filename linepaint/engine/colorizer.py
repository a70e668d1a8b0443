"""Colorizer: a loaded checkpoint on a device, ready to open drawings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from linepaint.engine.catalog import CheckpointInfo, Mode, find_checkpoint
from linepaint.engine.checkpoint import load_network
from linepaint.engine.devices import Device, choose_device
from linepaint.engine.errors import CheckpointError, OutOfMemory
from linepaint.engine.session import FINAL_PX, Session
from linepaint.networks.live import LiveGenerator


class Colorizer:
    """Turns lines and hints into colour with one checkpoint on one device."""

    def __init__(self, network: LiveGenerator, info: CheckpointInfo, device: Device, seed: int = 0) -> None:
        self._network = network
        self._device = device
        self.info = info
        self.seed = seed

    @classmethod
    def load(cls, checkpoint: str | Path | None = None, device: str = "auto", seed: int = 0) -> Colorizer:
        """Load a shipped checkpoint by name, any by path, or (None) the default.

        device: "auto", "cpu", "cuda" or "cuda:N". Raises CheckpointError, DeviceError or OutOfMemory.
        """
        where = choose_device(device)
        info = find_checkpoint(checkpoint)
        network = load_network(info, Mode.LINEART)
        if not isinstance(network, LiveGenerator):
            raise CheckpointError(
                f"{info.path.name} holds a {info.architecture} network, which this version cannot paint with."
            )
        try:
            network = network.to(where.torch_device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        except torch.OutOfMemoryError as error:
            raise OutOfMemory(f"{where.label} has too little free memory; choose another device.") from error
        return cls(network, info, where, seed)

    @property
    def device_label(self) -> str:
        """What the artist reads: "CPU", or the GPU's name."""
        return self._device.label

    def open(self, lines: np.ndarray, size: int = FINAL_PX) -> Session:
        """Start colouring a drawing, uint8 [H, W] with 255 = paper. size: the network's longest side, px.

        Raises ValueError for lines of another kind, OutOfMemory.
        """
        if lines.ndim != 2 or lines.dtype != np.uint8 or not lines.size:
            raise ValueError(f"lines must be uint8 [H, W] and not empty, not {lines.dtype} {lines.shape}")
        try:
            return Session(self._network, self._device.torch_device, lines, size=size, seed=self.seed)
        except (MemoryError, torch.OutOfMemoryError) as error:
            raise OutOfMemory("There is not enough memory to open this drawing for colouring.") from error

    def colorize(self, lines: np.ndarray, hints: np.ndarray | None = None) -> np.ndarray:
        """The finished composite, uint8 [H, W, 3], for lines uint8 [H, W] and hints uint8 [H, W, 4] or None."""
        if hints is None:
            hints = np.zeros((*lines.shape, 4), np.uint8)
        return self.open(lines).preview(hints)
