"""Procedural drawings as a source of pictures: few are drawn, and cropped and recoloured like any others."""

from __future__ import annotations

import numpy as np

from ..drawings import draw
from .pictures import Pair

LARGEST = 448
"""Side in pixels; what a crop shows of it is seldom larger than what is trained at."""


class DrawnPictures:
    """So many procedural drawings, each made when it is first picked and then kept.

    Drawing takes twenty times as long as all the rest of making a sample, at 128 px, so a new one for each would hold
    up the training. Each is drawn at twice the size that is trained at, which leaves room for crops.
    """

    def __init__(self, count: int, size: int) -> None:
        """count: how many different ones there are. size: the side, in pixels, of the crops to come."""
        self.count, self.side = count, min(2 * size, LARGEST)
        self._drawn: dict[int, Pair] = {}

    def __len__(self) -> int:
        return self.count

    def pick(self, random: np.random.Generator) -> Pair:
        """One of them at random; the same generator gives the same drawing whatever was picked before."""
        number = int(random.integers(self.count))
        if number not in self._drawn:
            drawing = draw(number, self.side)
            self._drawn[number] = Pair(drawing.color, drawing.lines)
        return self._drawn[number]

    def pick_lines(self, random: np.random.Generator) -> Pair:
        """One whose lines are an artist's own: any, for none are found by a filter."""
        return self.pick(random)
