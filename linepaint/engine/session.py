"""One drawing being coloured: what depends on its lines is worked out once, what depends on the hints per stroke.

    lines ──(once)──> line encoder ──> features, basins, upsampling plans
    hints ──(every stroke)──> propagation ─┐
                    └──> hint decoder ─────┴─> colour at working size ──> anchored to the hints ──> full size

Two sizes are at work: the *structure* size, at which basins are found and hints propagated, keeps colour borders
sharp; the smaller *working* size, at which the network runs, decides how long a stroke takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from linepaint.engine.errors import OutOfMemory, Stale
from linepaint.engine.tensors import hints_tensor, lines_tensor, prior_tensor
from linepaint.imaging.anchoring import anchor
from linepaint.imaging.basins import Basins, closed_regions, find_basins
from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import SOLID, Propagation, passage_costs, propagate
from linepaint.imaging.steadying import steady
from linepaint.imaging.upsampling import Upsampling, plan_upsampling
from linepaint.networks.live import STRIDE, LiveGenerator

STRUCTURE_PX = 768
"""Longest side at which regions are found and hints propagated."""

GAP_PX = 4.0
"""Gaps in outlines up to this width, at the structure size, do not join two areas."""

DRAFT_PX = 192
"""Longest side for the network while the pen is down."""

FINAL_PX = 256
"""Longest side for the network when the pen rests."""


@dataclass(frozen=True)
class _Working:
    """What the network needs of the lines at one working size."""

    size: tuple[int, int]
    ink: np.ndarray
    areas: np.ndarray
    features: list[Tensor]
    upsampling: Upsampling


class Session:
    """Colours one drawing again and again as its hints change. Made by `Colorizer.open`.

    Not for use by several threads at once.
    """

    def __init__(
        self, network: LiveGenerator, device: torch.device, lines: np.ndarray, *, size: int = FINAL_PX, seed: int = 0
    ) -> None:
        self._network, self._device, self._seed = network, device, seed
        self.lines = lines
        self._final_px = size
        self._structure_lines = _shrink_lines(lines, STRUCTURE_PX)
        self._basins: Basins = find_basins(self._structure_lines)
        self._costs = passage_costs(self._basins)
        self._areas = closed_regions(self._basins, GAP_PX)
        self._working: dict[int, _Working] = {}
        self._colors: np.ndarray | None = None

    @property
    def colors(self) -> np.ndarray:
        """The colour layer of the last preview, uint8 [H, W, 3]; white before the first."""
        if self._colors is None:
            return np.full((*self.lines.shape, 3), 255, np.uint8)
        return self._colors

    def preview(
        self, hints: np.ndarray, *, draft: bool = False, is_stale: Callable[[], bool] | None = None
    ) -> np.ndarray:
        """The finished composite, uint8 [H, W, 3]; `colors` then holds the layer under the lines.

        Arguments and errors as for `color_layer`.
        """
        colors = self.color_layer(hints, draft=draft, is_stale=is_stale)
        return cv2.multiply(colors, cv2.cvtColor(self.lines, cv2.COLOR_GRAY2RGB), scale=1 / 255)

    def color_layer(
        self, hints: np.ndarray, *, draft: bool = False, is_stale: Callable[[], bool] | None = None
    ) -> np.ndarray:
        """The colour under the lines, uint8 [H, W, 3], for hints uint8 [H, W, 4].

        draft: quicker and a little coarser, for while the pen is down. is_stale: asked between the stages; where it
        says True, Stale is raised. Raises OutOfMemory, ValueError for hints of another size.
        """
        if hints.shape != (*self.lines.shape, 4):
            raise ValueError(f"hints must have the drawing's size, {self.lines.shape}, not {hints.shape[:2]}")
        go_on = _checkpointed(is_stale)
        try:
            self._colors = self._color(hints, DRAFT_PX if draft else self._final_px, go_on)
        except (MemoryError, torch.OutOfMemoryError) as error:
            raise OutOfMemory("There is not enough memory to colour this drawing at this size.") from error
        return self._colors

    def _color(self, hints: np.ndarray, working_px: int, go_on: Callable[[], None]) -> np.ndarray:
        structure = self._structure_lines.shape
        marks = _shrink_hints(hints, structure)
        spread = propagate(self._basins, marks, self._costs)
        go_on()
        working = self._at(working_px)
        go_on()
        correction = self._correction(working, marks, spread, go_on)
        go_on()
        large = working.upsampling.apply(correction)
        color = cv2.add(spread.color, large, dtype=cv2.CV_8U)
        solid = (marks[..., 3] >= SOLID) & ~self._basins.ink
        color[solid] = marks[solid][:, :3]
        go_on()
        height, width = self.lines.shape
        if (height, width) != structure:
            color = cv2.resize(color, (width, height), interpolation=cv2.INTER_LINEAR)
        return color

    def _correction(
        self, working: _Working, marks: np.ndarray, spread: Propagation, go_on: Callable[[], None]
    ) -> np.ndarray:
        """What is to be added to the propagated colour at working size, float32 [h, w, 3], in units of 1/255."""
        height, width = working.size
        small_marks = _shrink_hints(marks, working.size)
        color = cv2.resize(spread.color, (width, height), interpolation=cv2.INTER_AREA)
        confidence = cv2.resize(spread.confidence, (width, height), interpolation=cv2.INTER_AREA)
        source = cv2.resize(spread.source, (width, height), interpolation=cv2.INTER_NEAREST)
        prior = prior_tensor(color, confidence)
        hints = hints_tensor(small_marks, working.ink)
        with torch.inference_mode():
            made = self._network.decoder(working.features, self._padded(hints, 0.0), self._padded(prior, 1.0))
            correction = made[0, :, :height, :width].permute(1, 2, 0).float().cpu().numpy()
        go_on()
        base = color.astype(np.float32) * np.float32(1 / 255)
        mask = hints[0, 3].numpy() > 0
        wanted = small_marks[..., :3].astype(np.float32) * np.float32(1 / 255)
        made_color = steady(np.clip(base + correction, 0, 1), working.areas, working.ink, confidence, self._seed)
        obedient = anchor(made_color, wanted, mask, source, confidence)
        return ((obedient - base) * 255).astype(np.float32)

    def _at(self, longest_side: int) -> _Working:
        """Features and upsampling plan at a working size, made the first time they are asked for."""
        if longest_side not in self._working:
            lines = _shrink_lines(self._structure_lines, longest_side)
            with torch.inference_mode():
                features = self._network.encoder(self._padded(lines_tensor(lines), 0.0))
            ink = np.where(self._basins.ink, np.uint8(255), np.uint8(0)).astype(np.uint8)
            inked = cv2.resize(ink, lines.shape[::-1], interpolation=cv2.INTER_AREA)
            self._working[longest_side] = _Working(
                size=(lines.shape[0], lines.shape[1]),
                ink=inked > 0,
                areas=cv2.resize(self._areas, lines.shape[::-1], interpolation=cv2.INTER_NEAREST),
                features=features,
                upsampling=plan_upsampling(self._basins.labels, (lines.shape[0], lines.shape[1])),
            )
        return self._working[longest_side]

    def _padded(self, picture_1CHW: Tensor, value: float) -> Tensor:
        """On the device, with right and lower margins up to the network's stride."""
        height, width = picture_1CHW.shape[2:]
        padding = (0, -width % STRIDE, 0, -height % STRIDE)
        padded = torch.nn.functional.pad(picture_1CHW, padding, value=value)
        return padded.to(self._device, memory_format=torch.channels_last)


def _checkpointed(is_stale: Callable[[], bool] | None) -> Callable[[], None]:
    """A function to call between stages, which raises Stale when the work has become pointless."""

    def go_on() -> None:
        if is_stale is not None and is_stale():
            raise Stale

    return go_on


def _fitted(height: int, width: int, longest_side: int) -> tuple[int, int]:
    """The size with that longest side and the same proportions; never enlarged."""
    scale = min(1.0, longest_side / max(height, width))
    return max(1, round(height * scale)), max(1, round(width * scale))


def _shrink_lines(lines: np.ndarray, longest_side: int) -> np.ndarray:
    """Lines at a smaller size. Where that is much smaller, thin lines are thickened first lest they fade away."""
    height, width = _fitted(lines.shape[0], lines.shape[1], longest_side)
    if (height, width) == lines.shape:
        return lines
    if lines.shape[0] >= 2 * height:
        lines = cv2.erode(lines, np.ones((2, 2), np.uint8))
    return cv2.resize(lines, (width, height), interpolation=cv2.INTER_AREA)


def _shrink_hints(hints: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Hints at a smaller size, uint8 [h, w, 4]; a pixel of which they cover a quarter is hinted, colours unmixed with
    the emptiness around them."""
    height, width = size
    if hints.shape[:2] == size:
        return hints
    solid = cv2.inRange(hints[..., 3], SOLID, 255)
    cover = cv2.resize(solid, (width, height), interpolation=cv2.INTER_AREA)
    # Colours at the edge of a hint must not be mixed with the emptiness beside it.
    only_hints = cv2.bitwise_and(hints, cv2.merge([solid] * 4))
    mixed = cv2.resize(only_hints, (width, height), interpolation=cv2.INTER_AREA)
    ys, xs = np.nonzero(cover >= 64)
    small = np.zeros((height, width, 4), np.uint8)
    share = cover[ys, xs].astype(np.float32)[:, None] / 255
    small[ys, xs, :3] = np.clip(np.rint(mixed[ys, xs, :3] / share), 0, 255)
    small[ys, xs, 3] = 255
    return small
