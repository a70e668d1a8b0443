"""The architectures a checkpoint can name, and how each is built from the config in its header."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from linepaint.networks.cyclegan import CycleConfig, CycleGenerator
from linepaint.networks.encoder_decoder import EncoderDecoder, EncoderDecoderConfig
from linepaint.networks.inker import Inker, InkerConfig
from linepaint.networks.live import LiveConfig, LiveGenerator
from linepaint.networks.onepunch import OnePunch, OnePunchConfig
from linepaint.networks.scribbler import Scribbler, ScribblerConfig
from linepaint.networks.unet import UNet, UNetConfig

MAX_CHANNELS = 2048
MAX_BLOCKS = 64
MAX_ATTENTION = 8
MAX_NUMBERS = 16
MAX_NAME = 32
MAX_PARAMETERS = 500_000_000
"""A gigabyte in half precision. The largest of the papers' networks, pix2pix's U-Net-256, has 54 million."""


@dataclass(frozen=True)
class Architecture:
    """config: the dataclass of its arguments; build: from such a config to a module."""

    config: type
    build: Callable[[Any], nn.Module]


ARCHITECTURES: dict[str, Architecture] = {
    "live": Architecture(LiveConfig, LiveGenerator),
    "unet": Architecture(UNetConfig, UNet),
    "encoder-decoder": Architecture(EncoderDecoderConfig, EncoderDecoder),
    "scribbler": Architecture(ScribblerConfig, Scribbler),
    "cyclegan": Architecture(CycleConfig, CycleGenerator),
    "onepunch": Architecture(OnePunchConfig, OnePunch),
    "inker": Architecture(InkerConfig, Inker),
}


def build(name: str, config: dict[str, Any]) -> nn.Module:
    """A freshly initialised network. Raises ValueError with the reason for an unknown name or a bad config."""
    build_hollow(name, config)
    return _construct(name, config)


def build_hollow(name: str, config: dict[str, Any]) -> nn.Module:
    """The same network on the meta device: shapes without values or memory, for weights to be assigned to.

    Raises ValueError like `build`.
    """
    with torch.device("meta"), _WithoutNormal():
        network = _construct(name, config)
    size = sum(parameter.numel() for parameter in network.parameters())
    if size > MAX_PARAMETERS:
        raise ValueError(f"such a network would have {size / 1e6:.0f} million parameters, more than any of ours")
    return network


def _construct(name: str, config: dict[str, Any]) -> nn.Module:
    if name not in ARCHITECTURES:
        raise ValueError(f"unknown architecture {name!r}, known: {', '.join(ARCHITECTURES)}")
    architecture = ARCHITECTURES[name]
    known = {field.name: field for field in dataclasses.fields(architecture.config)}
    if unknown := set(config) - set(known):
        raise ValueError(f"unknown settings for {name}: {', '.join(sorted(unknown))}")
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in config.items()}
    for key, value in values.items():
        _check_bounds(key, value, known[key].default)
    return architecture.build(architecture.config(**values))


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


def _check_bounds(key: str, value: object, default: object) -> None:
    """A header must not make us build something enormous: names where the default is one, else modest whole numbers."""
    if isinstance(default, str):
        fits = isinstance(value, str) and len(value) <= MAX_NAME
    else:
        least = 0 if key == "attention" else 1
        limit = MAX_ATTENTION if key == "attention" else MAX_BLOCKS if key.endswith("blocks") else MAX_CHANNELS
        numbers = value if isinstance(value, tuple) and isinstance(default, tuple) else (value,)
        fits = len(numbers) <= MAX_NUMBERS and all(type(n) is int and least <= n <= limit for n in numbers)
    if not fits:
        raise ValueError(f"{key} = {value!r} is out of bounds")
