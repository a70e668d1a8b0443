"""Checkpoints: safetensors files whose header says what they are, checked before a tensor is used."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from linepaint.engine.architectures import build_hollow
from linepaint.engine.catalog import FORMAT, CheckpointInfo, Mode, read_info
from linepaint.engine.errors import CheckpointError

FLOATS = {"F16": torch.float16, "BF16": torch.bfloat16, "F32": torch.float32}


def save_checkpoint(network: nn.Module, info: CheckpointInfo, dtype: torch.dtype = torch.float16) -> None:
    """Write a network to info.path, whole or not at all. Raises OSError as the file system does.

    Only its floating-point tensors are kept: the integer ones are the counters of batch norms, which no use reads.
    """
    weights = {name: tensor for name, tensor in network.state_dict().items() if tensor.is_floating_point()}
    tensors = {name: tensor.detach().to("cpu", dtype).contiguous() for name, tensor in weights.items()}
    header = {
        "format": FORMAT,
        "architecture": info.architecture,
        "config": json.dumps(info.config),
        "mode": info.mode.value,
        "recipe": info.recipe,
        "steps": str(info.steps),
        "metrics": json.dumps(info.metrics),
        "data": json.dumps(info.data),
        "licence": info.licence,
        "size": str(info.size),
    }
    temporary = info.path.with_name(f".{info.path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(save(tensors, metadata=header))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(info.path)
    finally:
        temporary.unlink(missing_ok=True)


def load_network(info: CheckpointInfo, mode: Mode | None = None) -> nn.Module:
    """The network of a checkpoint, float32 on the CPU, in evaluation mode.

    Raises CheckpointError if the mode is not the one asked for, the architecture is unknown, or a tensor is missing,
    superfluous, misshapen, not floating-point, or not finite.
    """
    name = info.path.name
    if mode is not None and info.mode is not mode:
        raise CheckpointError(
            f"{name} is a checkpoint for {info.mode.value}, not for {mode.value}; choose one that fits."
        )
    try:
        network = build_hollow(info.architecture, info.config)
    except (ValueError, TypeError) as error:
        raise CheckpointError(f"{name} cannot be used: {error}. It may need a newer linepaint.") from error
    state = network.state_dict()
    expected = {key: tensor for key, tensor in state.items() if tensor.is_floating_point()}
    try:
        with safe_open(str(info.path), framework="pt") as file:
            _check_tensors(name, expected, file)
            weights = {key: file.get_tensor(key).float() for key in expected}
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"{name} can no longer be read ({error}); choose another.") from error
    for key, tensor in weights.items():
        if not torch.isfinite(tensor).all():
            raise CheckpointError(f"{name} is damaged: {key} holds values that are not numbers.")
    counters = {key: torch.zeros_like(tensor, device="cpu") for key, tensor in state.items() if key not in expected}
    network.load_state_dict(weights | counters, assign=True)
    return network.eval()


def load_checkpoint(path: Path, mode: Mode | None = None) -> tuple[nn.Module, CheckpointInfo]:
    """Header and network of the checkpoint at a path. Raises CheckpointError."""
    info = read_info(path)
    return load_network(info, mode), info


def _check_tensors(name: str, expected: dict[str, Tensor], file: safe_open) -> None:
    found = set(file.keys())
    if missing := sorted(set(expected) - found):
        raise CheckpointError(f"{name} lacks {len(missing)} tensors of its architecture, such as {missing[0]}.")
    if extra := sorted(found - set(expected)):
        raise CheckpointError(f"{name} has {len(extra)} tensors its architecture does not know, such as {extra[0]}.")
    for key, tensor in expected.items():
        part = file.get_slice(key)
        if part.get_shape() != list(tensor.shape):
            raise CheckpointError(
                f"{name}: {key} has the shape {part.get_shape()}, the architecture needs {list(tensor.shape)}."
            )
        if part.get_dtype() not in FLOATS:
            raise CheckpointError(f"{name}: {key} is stored as {part.get_dtype()}, not as floating-point numbers.")


def with_path(info: CheckpointInfo, path: Path) -> CheckpointInfo:
    """The same header for another file."""
    return dataclasses.replace(info, path=path, name=path.stem)
