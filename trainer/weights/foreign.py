"""A whole generator from a foreign file."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from torch import nn

from linepaint.engine.architectures import build
from linepaint.engine.catalog import Mode
from linepaint.networks.unet import UNetConfig

from ..errors import TrainingError
from .fitting import fill
from .pix2pix import config_of, is_pix2pix, unet_weights
from .reading import read_weights

UNET = "unet"


def foreign_network(
    path: Path, architecture: str, config: dict[str, Any] | None, mode: Mode
) -> tuple[nn.Module, dict[str, Any]]:
    """The network that a file's weights are of, and its config.

    The file names tensors as our network does, or, for a U-Net, as the PyTorch pix2pix does, whose config need not be
    given. Raises TrainingError if the file is not to be read, or does not fit.
    """
    weights = read_weights(path)
    theirs = architecture == UNET and is_pix2pix(weights)
    try:
        if theirs and config is None:
            config = dataclasses.asdict(config_of(weights))
        network = build(architecture, config or {})
    except (ValueError, TypeError) as error:
        raise TrainingError(f"No network can be built for {path}: {error}.") from error
    if theirs:
        try:
            weights = unet_weights(weights, UNetConfig(**(config or {})), mode)
        except KeyError as error:
            raise TrainingError(f"{path} lacks {error.args[0]}; name weights of a U-Net of that config.") from error
    fill(network, weights, path)
    return network.eval(), config or {}
