"""The U-Net of the well-known PyTorch pix2pix, in our names.

There each level is a module inside the one above it, so that `model.model.1.model.3.model.1.weight` is the third
convolution on the way down. What differs besides the names:

- it joins (skip, what came up), ours (what came up, skip): the halves of the transposed convolutions change places;
- it takes pictures in [-1, 1], ours in [0, 1] or, for lines, 1 = ink: the first convolution takes that over. At its
  edge, which zeros surround in both, ours then sees one pixel of black (of paper, for lines) where it sees mid-gray;
- it normalises by the batch, and is used with a batch of one: norm "instance" is the same; "batch" takes over the
  running statistics as well;
- its noise begins one level after the bottleneck, ours at the bottleneck, as in the paper.
"""

from __future__ import annotations

import torch
from torch import Tensor

from linepaint.engine.catalog import Mode
from linepaint.networks.unet import UNetConfig

OUTERMOST_DOWN, OUTERMOST_UP = "model.model.0", "model.model.3"
NORM_PARTS = ("weight", "bias")
STATISTICS = ("running_mean", "running_var")


def is_pix2pix(weights: dict[str, Tensor]) -> bool:
    """Whether the names are those of that U-Net."""
    return f"{OUTERMOST_DOWN}.weight" in weights and f"{_level(1)}1.weight" in weights


def config_of(weights: dict[str, Tensor]) -> UNetConfig:
    """The numbers of the U-Net that such weights are of, with norm "instance". Raises ValueError if it is none."""
    levels = 1
    while f"{_level(levels)}1.weight" in weights:
        levels += 1
    first, last = weights[f"{OUTERMOST_DOWN}.weight"], weights.get(f"{OUTERMOST_UP}.weight")
    if first.ndim != 4 or last is None or last.ndim != 4:
        raise ValueError("the outermost convolutions are none")
    return UNetConfig(channels_in=first.shape[1], channels_out=last.shape[1], channels=first.shape[0], levels=levels)


def unet_weights(weights: dict[str, Tensor], config: UNetConfig, mode: Mode) -> dict[str, Tensor]:
    """The tensors of our `UNet` of that config, for sources as that mode gives them. Raises KeyError for a lack."""
    levels = config.levels
    first = weights[f"{OUTERMOST_DOWN}.weight"]
    bias = weights.get(f"{OUTERMOST_DOWN}.bias", torch.zeros(first.shape[0]))
    scale, shift = (-2.0, 1.0) if mode is Mode.LINEART else (2.0, -1.0)
    named = {"downs.0.weight": first * scale, "downs.0.bias": bias + shift * first.sum(dim=(1, 2, 3))}
    for level in range(1, levels):
        place, innermost = _level(level), level == levels - 1
        down, up = f"downs.{level}", f"ups.{levels - 1 - level}"
        named |= _convolution(weights, f"{place}1", f"{down}.1", biased=innermost or config.norm == "none")
        if innermost:
            named |= _convolution(weights, f"{place}3", f"{up}.1", biased=config.norm == "none")
            named |= _norm(weights, f"{place}4", f"{up}.2", config.norm)
        else:
            named |= _norm(weights, f"{place}2", f"{down}.2", config.norm)
            named |= _convolution(weights, f"{place}5", f"{up}.1", biased=config.norm == "none")
            named |= _norm(weights, f"{place}6", f"{up}.2", config.norm)
            named[f"{up}.1.weight"] = _swapped(named[f"{up}.1.weight"])
    outermost = f"ups.{levels - 1}.1"
    named |= _convolution(weights, OUTERMOST_UP, outermost, biased=True)
    named[f"{outermost}.weight"] = _swapped(named[f"{outermost}.weight"])
    return named


def _level(level: int) -> str:
    """What stands before the layers of a level; the outermost is 0."""
    return "model.model.1." + "model.3." * (level - 1) + "model."


def _convolution(weights: dict[str, Tensor], theirs: str, ours: str, *, biased: bool) -> dict[str, Tensor]:
    """A convolution's tensors. A bias that ours has and theirs does not is 0; one before a norm changes nothing."""
    weight = weights[f"{theirs}.weight"]
    if not biased:
        return {f"{ours}.weight": weight}
    bias = weights.get(f"{theirs}.bias")
    if bias is None:
        transposed = ours.startswith("ups")
        bias = torch.zeros(weight.shape[1 if transposed else 0])
    return {f"{ours}.weight": weight, f"{ours}.bias": bias}


def _norm(weights: dict[str, Tensor], theirs: str, ours: str, norm: str) -> dict[str, Tensor]:
    if norm == "none":
        return {}
    parts = NORM_PARTS if norm == "instance" else NORM_PARTS + STATISTICS
    return {f"{ours}.{part}": weights[f"{theirs}.{part}"] for part in parts}


def _swapped(weight: Tensor) -> Tensor:
    """A transposed convolution [2 · C, C_out, 4, 4] with the halves of its input the other way round."""
    return torch.cat(list(weight.chunk(2))[::-1])
