"""A gray picture being coloured: its luma is kept exactly, the network and the hints give its chroma.

gray ──(once)──> working size, tone graph, a live network's features
hints ──(every stroke)──> flood along the tones ─┐
                    └──> network ────────────────┴─> chroma, anchored to the hints ──> laid on the full-size gray
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from scipy.sparse import csr_array
from torch import Tensor, nn

from linepaint.engine.live_picture import LivePicture
from linepaint.engine.session import DRAFT_PX, Session, Stages
from linepaint.engine.tensors import gray_tensor, hints_tensor, lines_tensor, prior_tensor
from linepaint.engine.whole_picture import WholePicture, draft_size
from linepaint.imaging.anchoring import anchor, mean_error
from linepaint.imaging.chroma import chroma_of, with_chroma
from linepaint.imaging.marks import SOLID
from linepaint.imaging.shrinking import shrink_hints, shrink_picture
from linepaint.imaging.tone_flood import flood_by_tone, flooded_chroma, tone_graph
from linepaint.imaging.tone_upsampling import ToneUpsampling
from linepaint.networks.live import LiveGenerator

BAND_ROWS = 256
"""Rows of the full-size picture finished at a time, so that a large one needs little memory on the way."""


class _Painter(Protocol):
    """Whatever network there is, before one gray picture at one size."""

    def paint(self, hints: Tensor, flooded: np.ndarray, confidence: np.ndarray) -> np.ndarray:
        """A colouring, float32 [h, w, 3] in [0, 1], of which the chroma counts.

        hints: [1, 4, h, w]; flooded: float32 [h, w, 3], the hints' chroma along the tones, with its confidence [h, w].
        """


class _WholePainter:
    """A network that sees the gray picture and the hints."""

    def __init__(self, network: nn.Module, device: torch.device, gray: np.ndarray, seed: int) -> None:
        self._picture = WholePicture(network, device, gray_tensor(gray), seed)

    def paint(self, hints: Tensor, flooded: np.ndarray, confidence: np.ndarray) -> np.ndarray:
        """As it was trained, without the flood."""
        return self._picture.paint(hints)


class _LivePainter:
    """A live network, which corrects the flood. White paper is nothing to it, as in a line drawing."""

    def __init__(self, network: LiveGenerator, device: torch.device, gray: np.ndarray) -> None:
        self._gray, self._picture = gray, LivePicture(network, device, lines_tensor(gray), is_gray=True)

    def paint(self, hints: Tensor, flooded: np.ndarray, confidence: np.ndarray) -> np.ndarray:
        """The flood and the network's correction to it."""
        prior = with_chroma(self._gray, flooded)
        correction = self._picture.correction(hints, prior_tensor(prior, confidence))
        return prior.astype(np.float32) * np.float32(1 / 255) + correction


@dataclass(frozen=True)
class _WorkingGray:
    """The gray picture at one working size, uint8 [h, w], and what goes with it."""

    gray: np.ndarray
    no_ink: np.ndarray
    graph: csr_array
    painter: _Painter


class GrayscaleSession(Session):
    """Colours a gray picture with a live or a whole-picture generator of mode grayscale.

    The colour layer is the whole result.
    """

    def __init__(self, network: nn.Module, device: torch.device, gray: np.ndarray, *, size: int, seed: int = 0) -> None:
        """gray: uint8 [H, W], 255 = white. size: the network's longest side at rest, px."""
        super().__init__(gray, seed)
        self._network, self._device = network, device
        is_live = isinstance(network, LiveGenerator)
        self._size, self._draft_size = size, min(size, DRAFT_PX) if is_live else draft_size(network, size)
        self._working: dict[int, _WorkingGray] = {}

    def _color(self, hints: np.ndarray, draft: bool, go_on: Stages) -> np.ndarray:
        working = self._at(self._draft_size if draft else self._size)
        go_on()
        chroma = self._chroma(working, shrink_hints(hints, working.gray.shape), go_on)
        go_on()
        upsampling = ToneUpsampling.plan(working.gray, chroma)
        color = np.empty((*self.source.shape, 3), np.uint8)
        for first in range(0, len(color), BAND_ROWS):
            rows = slice(first, min(first + BAND_ROWS, len(color)))
            large = upsampling.rows(self.source, rows.start, rows.stop)
            solid = hints[rows, :, 3] >= SOLID
            large[solid] = _hinted_chroma(hints[rows][solid])
            color[rows] = with_chroma(self.source[rows], large)
            go_on()
        return color

    def _finished(self, colors: np.ndarray) -> np.ndarray:
        return colors

    def _chroma(self, working: _WorkingGray, marks: np.ndarray, go_on: Stages) -> np.ndarray:
        """The chroma at working size, float32 [h, w, 3], that of the hints where there are any: marks [h, w, 4]."""
        hints = hints_tensor(marks, working.no_ink)
        source, confidence = flood_by_tone(working.graph, marks)
        go_on()
        made = chroma_of(working.painter.paint(hints, flooded_chroma(source, confidence, marks), confidence))
        go_on()
        mask, wanted = hints[0, 3].numpy() > 0, _hinted_chroma(marks)
        toned = made + mean_error(made, wanted, mask, source) * confidence[..., None]
        return anchor(toned, wanted, mask).astype(np.float32)

    def _painter(self, gray: np.ndarray) -> _Painter:
        if isinstance(self._network, LiveGenerator):
            return _LivePainter(self._network, self._device, gray)
        return _WholePainter(self._network, self._device, gray, self.seed)

    def _at(self, longest_side: int) -> _WorkingGray:
        """The gray picture at a working size, made the first time it is asked for."""
        if longest_side not in self._working:
            gray = shrink_picture(self.source, longest_side)
            self._working[longest_side] = _WorkingGray(
                gray=gray,
                no_ink=np.zeros(gray.shape, bool),
                graph=tone_graph(gray),
                painter=self._painter(gray),
            )
        return self._working[longest_side]


def _hinted_chroma(hints: np.ndarray) -> np.ndarray:
    """The chroma of hint colours uint8 [..., 4]: float32 [..., 3]."""
    return chroma_of(hints[..., :3].astype(np.float32) * np.float32(1 / 255))
