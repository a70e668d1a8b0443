"""Imitating an artist's hints from a finished colouring: dots, strokes, careless and mistaken ones, as a recipe mixes.

Colours are taken from the artist's own picture under the mark, off the ink. Careless marks cross the line into the
neighbouring area; their target stays the artist's picture, so a network learns what was meant.
"""

from .marks import Mark, Paint, Shape, draw_mark
from .page import Page
from .recipe import HintRecipe
from .segments import segment_hints
from .simulation import draw_count, simulate_hints

__all__ = ["HintRecipe", "Mark", "Page", "Paint", "Shape", "draw_count", "draw_mark", "segment_hints", "simulate_hints"]
