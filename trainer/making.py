"""From a batch to finished pictures, in the same way for every architecture and mode."""

from __future__ import annotations

from typing import Any, cast

from torch import Tensor, nn

from linepaint.engine.catalog import Mode
from linepaint.engine.finishing import composite, with_luma
from linepaint.engine.tensors import condition
from linepaint.networks.live import LiveGenerator

from .data.samples import Sample


def made_by(network: nn.Module, mode: Mode, batch: Sample) -> Tensor:
    """What a generator itself gives: the colour under the lines, the colouring of a gray picture, or lines."""
    if isinstance(network, LiveGenerator):
        # White paper is nothing to it, in a gray picture as in a drawing.
        return network(1 - batch.source if mode is Mode.GRAYSCALE else batch.source, batch.hints, batch.prior)
    channels_in = cast(Any, network).config.channels_in
    return network(condition(batch.source, batch.hints, channels_in))


def finished(mode: Mode, made: Tensor, source: Tensor) -> Tensor:
    """The picture that the artist sees, which the losses compare: with the lines, or with the luma, of the source."""
    if mode is Mode.LINEART:
        return composite(made, source)
    return with_luma(made, source) if mode is Mode.GRAYSCALE else made
