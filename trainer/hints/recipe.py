"""How hints are imitated: the mix of marks that a recipe asks for."""

from __future__ import annotations

import math
from dataclasses import dataclass

SHARES = ("none", "segments", "dots", "region_strokes", "overshoot", "misplaced", "sampled", "wrong_color", "jitter")
"""The fields that lie between 0 and 1."""


@dataclass(frozen=True)
class HintRecipe:
    """How an artist's hints are imitated; see `trainer.hints`. Raises ValueError for impossible values.

    none: share of samples without a hint. segments: share of the samples that are hinted by `trainer.hints.segments`
    instead of by marks; what follows is about marks. most: the largest number of hints (log-uniform from 1; 0 for never
    any).

    Shapes, as shares of the marks: dots; region_strokes, scribbled along their area's longer extent; the rest are
    strokes that wander freely. Carelessness, as shares of the strokes: overshoot, run over the line into the
    neighbouring area; misplaced, begun beside the area they colour. Colours, as shares of the marks: sampled, the
    picture's own colours, blurred, along the mark (Sangkloy 2016); wrong_color, another colour than the artist's while
    the target stays, so keep it to a few hundredths: it teaches to mistrust hints; the rest have one colour, the median
    under the mark. jitter: standard deviation of the noise on a mark's colour, as a share of the full range.
    radius: smallest and largest, as shares of the picture's longer side.
    """

    none: float = 0.15
    segments: float = 0.0
    most: int = 64
    dots: float = 0.5
    region_strokes: float = 0.0
    overshoot: float = 0.0
    misplaced: float = 0.0
    sampled: float = 0.0
    wrong_color: float = 0.0
    jitter: float = 0.0
    radius: tuple[float, float] = (0.004, 0.025)

    def __post_init__(self) -> None:
        for name in SHARES:
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"hints.{name} must lie between 0 and 1, not {getattr(self, name)}")
        for first, second in (("dots", "region_strokes"), ("sampled", "wrong_color")):
            if getattr(self, first) + getattr(self, second) > 1:
                raise ValueError(f"hints.{first} and hints.{second} are shares of the same marks and exceed 1 together")
        if self.most < 0:
            raise ValueError(f"hints.most must be 0 or more, not {self.most}")
        if len(self.radius) != 2 or not 0 < self.radius[0] <= self.radius[1] < math.inf:
            raise ValueError(f"hints.radius must be the smallest and the largest, both above 0, not {self.radius}")
