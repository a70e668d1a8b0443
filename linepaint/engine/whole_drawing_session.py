"""The session of every other network that colours line art: it sees the whole drawing, with its hints if it takes any.

U-Net, encoder-decoder, Scribbler and OnePunch run as they were trained; what they make is then anchored to the hints
and carried over their regions like the live network's, so that what you paint is what you get from each of them.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from linepaint.engine.drawing_session import DrawingSession, Prior
from linepaint.engine.structure import WorkingLines
from linepaint.engine.tensors import lines_tensor
from linepaint.engine.whole_picture import WholePicture, draft_size


class WholeDrawingSession(DrawingSession):
    """Colours a drawing with a whole-picture generator of mode lineart."""

    def __init__(
        self,
        network: nn.Module,
        device: torch.device,
        lines: np.ndarray,
        *,
        size: int,
        seed: int = 0,
        clamp: bool = False,
    ) -> None:
        """lines: uint8 [H, W], 255 = paper. size: the network's longest side at rest, px. clamp: as for any."""
        super().__init__(lines, size=size, seed=seed, clamp=clamp, draft_size=draft_size(network, size))
        self._network, self._device = network, device
        self._pictures: dict[tuple[int, int], WholePicture] = {}

    def _prepare(self, working: WorkingLines) -> None:
        if working.size not in self._pictures:
            lines = lines_tensor(working.lines)
            self._pictures[working.size] = WholePicture(self._network, self._device, lines, self.seed)

    def _paint(self, working: WorkingLines, hints: Tensor, prior: Prior) -> np.ndarray:
        return self._pictures[working.size].paint(hints)
