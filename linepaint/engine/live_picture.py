"""One line drawing, or gray picture, before a live network: encoded once, decoded for every set of hints."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from linepaint.networks.live import STRIDE, LiveGenerator


class LivePicture:
    """The features of one source at one working size, and the decoder that paints on them."""

    def __init__(
        self, network: LiveGenerator, device: torch.device, source_11HW: Tensor, *, is_gray: bool = False
    ) -> None:
        """source: lines, 1 = ink, or, where it is_gray, the darkness of a gray picture, 1 = black, [1, 1, h, w].

        What the network's stride asks for beyond the edge is blank paper with a drawing, and more of the same with a
        gray picture, which need not be light there.
        """
        self._network, self._device, self._is_gray = network, device, is_gray
        self._size = source_11HW.shape[2], source_11HW.shape[3]
        with torch.inference_mode():
            self._features = network.encoder(self._padded(source_11HW, 0.0))

    def correction(self, hints_14HW: Tensor, prior_14HW: Tensor) -> np.ndarray:
        """What the network adds to the prior's colour, float32 [h, w, 3] in units of [0, 1]."""
        height, width = self._size
        with torch.inference_mode():
            made = self._network.decoder(self._features, self._padded(hints_14HW, 0.0), self._padded(prior_14HW, 1.0))
            return np.asarray(made[0, :, :height, :width].permute(1, 2, 0).float().cpu().numpy())

    def _padded(self, picture_1CHW: Tensor, value: float) -> Tensor:
        """On the device, with right and lower margins up to the network's stride."""
        height, width = self._size
        padding = (0, -width % STRIDE, 0, -height % STRIDE)
        if self._is_gray:
            padded = torch.nn.functional.pad(picture_1CHW, padding, mode="replicate")
        else:
            padded = torch.nn.functional.pad(picture_1CHW, padding, value=value)
        return padded.to(self._device, memory_format=torch.channels_last)
