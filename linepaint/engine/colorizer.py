"""Colorizer: a loaded checkpoint on a device, ready to open pictures of its mode."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from torch import nn

from linepaint.engine.catalog import CheckpointInfo, Mode, find_checkpoint
from linepaint.engine.checkpoint import load_network
from linepaint.engine.devices import Device, choose_device
from linepaint.engine.errors import CheckpointError
from linepaint.engine.grayscale_session import GrayscaleSession
from linepaint.engine.live_session import FINAL_PX, LiveSession
from linepaint.engine.memory import enough_memory_or
from linepaint.engine.picture_session import PictureSession
from linepaint.engine.session import Session
from linepaint.engine.whole_drawing_session import WholeDrawingSession
from linepaint.engine.whole_picture import check_channels, placed
from linepaint.networks.live import LiveGenerator

_SOURCES = {Mode.LINEART: "lines", Mode.GRAYSCALE: "gray", Mode.PICTURE: "the picture"}


class Colorizer:
    """Turns a picture and hints into colour with one checkpoint on one device."""

    def __init__(
        self, network: nn.Module, info: CheckpointInfo, device: Device, seed: int = 0, clamp: bool = False
    ) -> None:
        self._network = network
        self._device = device
        self.info = info
        self.seed = seed
        self.clamp = clamp

    @classmethod
    def load(
        cls,
        checkpoint: str | Path | None = None,
        device: str = "auto",
        seed: int = 0,
        *,
        mode: Mode | None = None,
        clamp: bool = False,
    ) -> Colorizer:
        """Load a shipped checkpoint by name, any by path, or (None) the default.

        device: "auto", "cpu", "cuda" or "cuda:N". mode: the only one that is wanted; None: any but scan, which
        `LineTracer` is for. clamp: on line art, hints colour their own regions, gaps closed, and no other. Raises
        CheckpointError, DeviceError or OutOfMemory.
        """
        where = choose_device(device)
        info = find_checkpoint(checkpoint)
        if info.mode is Mode.SCAN and mode is None:
            raise CheckpointError(
                f"{info.path.name} is a checkpoint for scan: it draws lines and gives no colour; "
                "choose another, or use it with linepaint lines."
            )
        network = load_network(info, mode)
        if not isinstance(network, LiveGenerator):
            check_channels(network, info)
        elif info.mode not in (Mode.LINEART, Mode.GRAYSCALE):
            raise CheckpointError(
                f"{info.path.name} says its mode is {info.mode.value}, but a live network colours line art and gray "
                "pictures only; choose another checkpoint."
            )
        return cls(placed(network, where), info, where, seed, clamp)

    @property
    def mode(self) -> Mode:
        """What `open` takes: lines, a gray picture, or any picture."""
        return self.info.mode

    @property
    def device_label(self) -> str:
        """What the artist reads: "CPU", or the GPU's name."""
        return self._device.label

    def open(self, source: np.ndarray, size: int | None = None) -> Session:
        """Start colouring a picture of the checkpoint's mode.

        source: uint8, lines [H, W] with 255 = paper, gray [H, W] with 255 = white, or a picture [H, W, 3]. size: the
        network's longest side, px; None: what it was trained at, or for `live` what is quick enough for a pen.
        Raises ValueError for a source of another kind, OutOfMemory.
        """
        channels = (3,) if self.mode is Mode.PICTURE else ()
        if source.shape[2:] != channels or source.ndim < 2 or source.dtype != np.uint8 or not source.size:
            raise ValueError(
                f"{_SOURCES[self.mode]} must be uint8 [H, W{', 3' if channels else ''}] and not empty, "
                f"not {source.dtype} {source.shape}"
            )
        session = self._opened(source, size, self.seed)
        if self.mode is Mode.LINEART:
            # Variations would only blur what the network thinks, so suggestions go without a seed.
            session.sketch_with(lambda lines: self._opened(lines, None, 0))
        return session

    def _opened(self, source: np.ndarray, size: int | None, seed: int) -> Session:
        device = self._device.torch_device
        with enough_memory_or("There is not enough memory to open this drawing for colouring."):
            is_live = isinstance(self._network, LiveGenerator)
            size = size or (FINAL_PX if is_live else self.info.size)
            if isinstance(self._network, LiveGenerator) and self.mode is Mode.LINEART:
                return LiveSession(self._network, device, source, size=size, seed=seed, clamp=self.clamp)
            if self.mode is Mode.LINEART:
                return WholeDrawingSession(self._network, device, source, size=size, seed=seed, clamp=self.clamp)
            kind = GrayscaleSession if self.mode is Mode.GRAYSCALE else PictureSession
            return kind(self._network, device, source, size=size, seed=seed)

    def colorize(self, source: np.ndarray, hints: np.ndarray | None = None) -> np.ndarray:
        """The finished picture, uint8 [H, W, 3], for a source as `open` takes and hints uint8 [H, W, 4] or None."""
        if hints is None:
            hints = np.zeros((*source.shape[:2], 4), np.uint8)
        return self.open(source).preview(hints)
