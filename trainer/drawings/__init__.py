"""Procedural drawings: line art and its colouring from a seed. Training and tests need no pictures."""

from .drawing import Drawing
from .generator import STYLES, draw

__all__ = ["STYLES", "Drawing", "draw"]
