"""Putting foreign weights into a network: every tensor must be there and fit, or the first that does not is named."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from ..errors import TrainingError


def fill(network: nn.Module, weights: dict[str, Tensor], path: Path) -> None:
    """Copy weights, named as the network names them, into it. path is where they came from, for the message.

    The counters of batch norms, the only integers, need not be there: old files have none, and no use reads them.
    Raises TrainingError, before anything is copied, if a tensor is missing, superfluous, misshapen, not floating-point
    or not finite.
    """
    expected = network.state_dict()
    weights = {name: tensor for name, tensor in expected.items() if not tensor.is_floating_point()} | weights
    if missing := sorted(set(expected) - set(weights)):
        raise TrainingError(
            f"{path} lacks {len(missing)} of the {len(expected)} tensors this network needs, such as {missing[0]}; "
            "name weights of the same architecture."
        )
    if extra := sorted(set(weights) - set(expected)):
        raise TrainingError(
            f"{path} has {len(extra)} tensors that this network does not know, such as {extra[0]}; "
            "name weights of the same architecture."
        )
    for name, tensor in expected.items():
        given = weights[name]
        if given.shape != tensor.shape:
            raise TrainingError(
                f"{path}: {name} has the shape {list(given.shape)}, this network needs {list(tensor.shape)}; "
                "name weights of the same architecture and size."
            )
        if tensor.is_floating_point() and not (given.is_floating_point() and bool(torch.isfinite(given).all())):
            raise TrainingError(f"{path} is damaged: {name} holds values that are not numbers; get the file again.")
    network.load_state_dict(weights)
