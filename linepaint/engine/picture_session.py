"""Any picture turned into another, as the pairs taught that a network was trained on (pix2pix's A → B)."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from linepaint.engine.session import Session, Stages
from linepaint.engine.tensors import color_tensor, hints_tensor
from linepaint.engine.whole_picture import WholePicture, draft_size
from linepaint.imaging.anchoring import anchor
from linepaint.imaging.marks import SOLID
from linepaint.imaging.opencv import cv2
from linepaint.imaging.shrinking import shrink_hints, shrink_picture


class PictureSession(Session):
    """Turns a picture into another with a whole-picture generator of mode picture.

    What it makes need not resemble its source, so nothing guides the enlargement, and a hint, which few such networks
    know, speaks only for where it lies.
    """

    def __init__(
        self, network: nn.Module, device: torch.device, picture: np.ndarray, *, size: int, seed: int = 0
    ) -> None:
        """picture: uint8 [H, W, 3]. size: the network's longest side at rest, px."""
        super().__init__(picture, seed)
        self._network, self._device = network, device
        self._size, self._draft_size = size, draft_size(network, size)
        self._working: dict[int, tuple[tuple[int, int], WholePicture]] = {}

    def _color(self, hints: np.ndarray, draft: bool, go_on: Stages) -> np.ndarray:
        size, whole = self._at(self._draft_size if draft else self._size)
        marks = shrink_hints(hints, size)
        given = hints_tensor(marks, np.zeros(size, bool))
        go_on()
        made = whole.paint(given)
        go_on()
        wanted = marks[..., :3].astype(np.float32) * np.float32(1 / 255)
        obedient = anchor(made, wanted, given[0, 3].numpy() > 0)
        color = np.rint(obedient * 255).clip(0, 255).astype(np.uint8)
        height, width = self.source.shape[:2]
        if size != (height, width):
            color = cv2.resize(color, (width, height), interpolation=cv2.INTER_CUBIC)
        solid = hints[..., 3] >= SOLID
        color[solid] = hints[solid][:, :3]
        return color

    def _finished(self, colors: np.ndarray) -> np.ndarray:
        return colors

    def _at(self, longest_side: int) -> tuple[tuple[int, int], WholePicture]:
        """A working size (h, w) and the picture at it, made the first time it is asked for."""
        if longest_side not in self._working:
            small = shrink_picture(self.source, longest_side)
            whole = WholePicture(self._network, self._device, color_tensor(small), self.seed)
            self._working[longest_side] = (small.shape[0], small.shape[1]), whole
        return self._working[longest_side]
