"""Reading the weight files of other programs: tensors by name, and never a line of code from them."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from ..errors import TrainingError

WRAPPERS = ("state_dict", "model", "params_ema", "params", "weights", "generator")
"""Under which key training programs keep a network's weights beside their optimiser's and counters."""

PARALLEL_PREFIX = "module."
"""What torch.nn.DataParallel puts before every name."""

_NOT_WEIGHTS = (
    pickle.UnpicklingError,
    RuntimeError,
    EOFError,
    AttributeError,
    ValueError,
    TypeError,
    LookupError,
    SafetensorError,
)


def read_weights(path: Path) -> dict[str, Tensor]:
    """The tensors of a `.safetensors` file or of what `torch.save` wrote (`.pth`, `.pt`, `.ckpt`), on the CPU.

    A pickle is read with weights_only=True and nothing else is tried when that refuses it. The dictionary that a
    training program wrapped around the weights is opened; `module.` before every name is taken off. Raises
    TrainingError if the file cannot be read or holds no tensors.
    """
    try:
        found = load_file(path) if path.suffix == ".safetensors" else torch.load(path, "cpu", weights_only=True)
    except OSError as error:
        raise TrainingError(
            f"{path} cannot be read ({error.strerror or 'no such file'}); name another file."
        ) from error
    except _NOT_WEIGHTS as error:
        raise TrainingError(
            f"{path} is damaged, or holds more than weights and could run code, so it was not opened; "
            "save the network's state_dict() with torch.save and name that file."
        ) from error
    weights = _tensors(found)
    if not weights:
        raise TrainingError(f"{path} holds no network's weights; save its state_dict() and name that file.")
    if all(name.startswith(PARALLEL_PREFIX) for name in weights):
        weights = {name.removeprefix(PARALLEL_PREFIX): tensor for name, tensor in weights.items()}
    return weights


def _tensors(found: object) -> dict[str, Tensor]:
    """The tensors of a dictionary, or of the one that it wraps."""
    if not isinstance(found, Mapping):
        return {}
    tensors = {name: value for name, value in found.items() if isinstance(name, str) and isinstance(value, Tensor)}
    if tensors:
        return tensors
    return next((inner for key in WRAPPERS if (inner := _tensors(found.get(key)))), {})
