"""The session of `live`: its line encoder runs once per drawing, its light hint decoder on every stroke."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from linepaint.engine.drawing_session import DrawingSession, Prior
from linepaint.engine.structure import WorkingLines
from linepaint.engine.tensors import lines_tensor, prior_tensor
from linepaint.imaging.steadying import steady
from linepaint.networks.live import STRIDE, LiveGenerator

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
        self._features: dict[tuple[int, int], list[Tensor]] = {}

    def _prepare(self, working: WorkingLines) -> None:
        if working.size not in self._features:
            with torch.inference_mode():
                self._features[working.size] = self._network.encoder(self._padded(lines_tensor(working.lines), 0.0))

    def _paint(self, working: WorkingLines, hints: Tensor, prior: Prior) -> np.ndarray:
        height, width = working.size
        prior_1CHW = prior_tensor(prior.color, prior.confidence)
        with torch.inference_mode():
            made = self._network.decoder(
                self._features[working.size], self._padded(hints, 0.0), self._padded(prior_1CHW, 1.0)
            )
            correction = made[0, :, :height, :width].permute(1, 2, 0).float().cpu().numpy()
        base = prior.color.astype(np.float32) * np.float32(1 / 255)
        color = np.clip(base + correction, 0, 1)
        return steady(color, working.areas, working.ink, prior.confidence, self.seed)

    def _padded(self, picture_1CHW: Tensor, value: float) -> Tensor:
        """On the device, with right and lower margins up to the network's stride."""
        height, width = picture_1CHW.shape[2:]
        padding = (0, -width % STRIDE, 0, -height % STRIDE)
        padded = torch.nn.functional.pad(picture_1CHW, padding, value=value)
        return padded.to(self._device, memory_format=torch.channels_last)
