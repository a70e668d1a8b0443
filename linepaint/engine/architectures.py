"""The architectures a checkpoint can name, and how each is built from the config in its header."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from linepaint.networks.live import LiveConfig, LiveGenerator

MAX_CHANNELS = 2048
MAX_BLOCKS = 64


@dataclass(frozen=True)
class Architecture:
    """config: the dataclass of its arguments; build: from such a config to a module."""

    config: type
    build: Callable[[Any], nn.Module]


ARCHITECTURES: dict[str, Architecture] = {
    "live": Architecture(LiveConfig, LiveGenerator),
}


def build(name: str, config: dict[str, Any]) -> nn.Module:
    """A freshly initialised network. Raises ValueError with the reason for an unknown name or a bad config."""
    if name not in ARCHITECTURES:
        raise ValueError(f"unknown architecture {name!r}, known: {', '.join(ARCHITECTURES)}")
    architecture = ARCHITECTURES[name]
    known = {field.name for field in dataclasses.fields(architecture.config)}
    if unknown := set(config) - known:
        raise ValueError(f"unknown settings for {name}: {', '.join(sorted(unknown))}")
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in config.items()}
    for key, value in values.items():
        _check_bounds(key, value)
    return architecture.build(architecture.config(**values))


def build_hollow(name: str, config: dict[str, Any]) -> nn.Module:
    """The same network on the meta device: shapes without values or memory, for weights to be assigned to.

    Raises ValueError like `build`.
    """
    with torch.device("meta"), _WithoutNormal():
        return build(name, config)


class _WithoutNormal(TorchFunctionMode):
    """Skips initialisation with random normals: there it only costs seconds of importing."""

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Call func, unless it is one of them."""
        kwargs = kwargs or {}
        if getattr(func, "__name__", "") in ("normal_", "kaiming_normal_"):
            return args[0] if args else kwargs["tensor"]
        return func(*args, **kwargs)


def _check_bounds(key: str, value: object) -> None:
    """A header must not make us build something enormous."""
    limit = MAX_BLOCKS if key.endswith("blocks") else MAX_CHANNELS
    numbers = value if isinstance(value, tuple) else (value,)
    if len(numbers) > 16 or not all(type(n) is int and 1 <= n <= limit for n in numbers):
        raise ValueError(f"{key} = {value!r} is out of bounds")
