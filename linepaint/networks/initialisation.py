"""The starting weights of DCGAN (Radford et al. 2015), which pix2pix and CycleGAN took over."""

from __future__ import annotations

from torch import nn

from linepaint.networks.normalisation import InstanceNorm

SPREAD = 0.02
"""Standard deviation of every starting weight."""


def start_as_dcgan(network: nn.Module) -> None:
    """Draw convolutions from N(0, 0.02) and the scales of norms from N(1, 0.02); biases start at zero."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
            nn.init.normal_(module.weight, std=SPREAD)
        elif isinstance(module, nn.BatchNorm2d | InstanceNorm):
            nn.init.normal_(module.weight, mean=1, std=SPREAD)
        else:
            continue
        if module.bias is not None:
            nn.init.zeros_(module.bias)
