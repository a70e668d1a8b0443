"""Weights of other programs: read without running code, and brought into our names."""

from .reading import read_weights
from .resnet import load_encoder

__all__ = ["load_encoder", "read_weights"]
