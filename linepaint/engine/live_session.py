"""The session of `live`: its line encoder runs once per drawing, its light hint decoder on every stroke."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from linepaint.engine.drawing_session import DrawingSession, Prior
from linepaint.engine.live_picture import LivePicture
from linepaint.engine.structure import WorkingLines
from linepaint.engine.tensors import lines_tensor, prior_tensor
from linepaint.imaging.steadying import steady
from linepaint.networks.live import LiveGenerator

FINAL_PX = 256
"""Longest side for the network when the pen rests."""


class LiveSession(DrawingSession):
    """Colours a drawing with a LiveGenerator."""

    def __init__(
        self,
        network: LiveGenerator,
        device: torch.device,
        lines: np.ndarray,
        *,
        size: int = FINAL_PX,
        seed: int = 0,
        clamp: bool = False,
    ) -> None:
        """lines: uint8 [H, W], 255 = paper. size: the network's longest side at rest, px. clamp: as for any."""
        super().__init__(lines, size=size, seed=seed, clamp=clamp)
        self._network, self._device = network, device
        self._pictures: dict[tuple[int, int], LivePicture] = {}

    def _prepare(self, working: WorkingLines) -> None:
        if working.size not in self._pictures:
            lines = lines_tensor(working.lines)
            self._pictures[working.size] = LivePicture(self._network, self._device, lines)

    def _paint(self, working: WorkingLines, hints: Tensor, prior: Prior) -> np.ndarray:
        correction = self._pictures[working.size].correction(hints, prior_tensor(prior.color, prior.confidence))
        base = prior.color.astype(np.float32) * np.float32(1 / 255)
        color = np.clip(base + correction, 0, 1)
        return steady(color, working.areas, working.ink, prior.confidence, self.seed)
