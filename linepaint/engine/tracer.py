"""LineTracer: a scan checkpoint on a device, ready to draw the lines that a colour picture could have come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from torch import nn

from linepaint.engine.catalog import CheckpointInfo, Mode, find_checkpoint, shipped_checkpoints
from linepaint.engine.checkpoint import load_network
from linepaint.engine.devices import Device, choose_device
from linepaint.engine.errors import CheckpointError
from linepaint.engine.memory import enough_memory_or
from linepaint.engine.tensors import color_tensor
from linepaint.engine.whole_picture import check_channels, generate, placed
from linepaint.imaging.opencv import cv2
from linepaint.imaging.shrinking import shrink_picture
from linepaint.imaging.tone_upsampling import ToneUpsampling

TILE_PX = 640
"""Side of the tiles in which a larger picture is traced; a smaller one is traced in one piece."""

OVERLAP_PX = 96
"""How far neighbouring tiles overlap; across it one fades into the next."""

WORKING_PX = 1024
"""Longest side at which lines are looked for unless asked otherwise: in a larger picture, they are wider than those
that networks are trained on."""

BAND_ROWS = 256
"""Rows made large at a time, so that a large picture needs little memory on the way."""

Report = Callable[[float], None]

_SEED = 0
"""Tracing has no variations: the same picture always has the same lines."""


def _unheard(_share: float) -> None:
    """Nobody wants to know how far the work is."""


class LineTracer:
    """Turns colour pictures into line drawings with one checkpoint on one device."""

    def __init__(self, network: nn.Module, info: CheckpointInfo, device: Device) -> None:
        self._network = network
        self._device = device
        self.info = info

    @classmethod
    def load(cls, checkpoint: str | Path | None = None, device: str = "auto") -> LineTracer:
        """Load a shipped checkpoint by name, any by path, or (None) the first of mode scan that is shipped.

        device: "auto", "cpu", "cuda" or "cuda:N". Raises CheckpointError, DeviceError or OutOfMemory.
        """
        where = choose_device(device)
        info = _shipped_scan() if checkpoint is None else find_checkpoint(checkpoint)
        network = load_network(info, Mode.SCAN)
        check_channels(network, info)
        return cls(placed(network, where), info, where)

    @property
    def device_label(self) -> str:
        """What the artist reads: "CPU", or the GPU's name."""
        return self._device.label

    def trace(self, color: np.ndarray, size: int | None = None, report: Report = _unheard) -> np.ndarray:
        """The line drawing, uint8 [H, W] with 255 = paper, of a picture uint8 [H, W, 3].

        size: the longest side at which the network works, px; None: the picture's own, up to WORKING_PX. Larger
        pictures get their lines along their own tones. report: told the share of the work done, in ]0, 1[; what it
        raises ends the work. Raises ValueError for a picture of another kind, OutOfMemory.
        """
        if color.ndim != 3 or color.shape[2] != 3 or color.dtype != np.uint8 or not color.size:
            raise ValueError(f"the picture must be uint8 [H, W, 3] and not empty, not {color.dtype} {color.shape}")
        with enough_memory_or("There is not enough memory to trace this picture; close other programs."):
            small = shrink_picture(color, WORKING_PX if size is None else size)
            ink = self._ink(small, report)
            return _drawn(ink) if ink.shape == color.shape[:2] else _enlarged(ink, small, color)

    def _ink(self, color: np.ndarray, report: Report) -> np.ndarray:
        """How much ink there is, float32 [H, W] in [0, 1], tile by tile, so that memory stays bounded."""
        height, width = color.shape[:2]
        ink = np.zeros((height, width), np.float32)
        tiles = [(row, column) for row in _strips(height) for column in _strips(width)]
        for number, ((rows, row_weight), (columns, column_weight)) in enumerate(tiles):
            if number:
                report(number / len(tiles))
            tile = color_tensor(color[rows, columns])
            made = generate(self._network, self._device.torch_device, tile, _SEED)[..., 0]
            ink[rows, columns] += made * row_weight[:, None] * column_weight
        return ink


def _enlarged(ink: np.ndarray, small: np.ndarray, color: np.ndarray) -> np.ndarray:
    """Lines uint8 [H, W] as sharp as the picture's own: ink, float32 [h, w], of a picture shrunk to uint8 [h, w, 3]."""
    tones = cv2.cvtColor(color, cv2.COLOR_RGB2GRAY)
    plan = ToneUpsampling.plan(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), ink[..., None])
    lines = np.empty(tones.shape, np.uint8)
    for first in range(0, len(lines), BAND_ROWS):
        last = min(first + BAND_ROWS, len(lines))
        lines[first:last] = _drawn(plan.rows(tones, first, last)[..., 0])
    return lines


def _drawn(ink: np.ndarray) -> np.ndarray:
    return np.rint((1 - ink) * 255).clip(0, 255).astype(np.uint8)


def _strips(length: int) -> list[tuple[slice, np.ndarray]]:
    """Overlapping strips over so many pixels, each with its weights, float32; those of all strips sum to 1."""
    if length <= TILE_PX:
        return [(slice(0, length), np.ones(length, np.float32))]
    count = -(-(length - OVERLAP_PX) // (TILE_PX - OVERLAP_PX))
    starts = np.rint(np.linspace(0, length - TILE_PX, count)).astype(int).tolist()
    strips = [slice(start, start + TILE_PX) for start in starts]
    from_edge = np.arange(TILE_PX) + 0.5
    weight = np.minimum(np.minimum(from_edge, from_edge[::-1]), OVERLAP_PX)
    total = np.zeros(length)
    for strip in strips:
        total[strip] += weight
    return [(strip, (weight / total[strip]).astype(np.float32)) for strip in strips]


def _shipped_scan() -> CheckpointInfo:
    for info in shipped_checkpoints():
        if info.mode is Mode.SCAN:
            return info
    raise CheckpointError(
        "No checkpoint that draws lines is shipped yet; name one with --checkpoint "
        "(linepaint-train fit onepunch-scan trains one)."
    )
