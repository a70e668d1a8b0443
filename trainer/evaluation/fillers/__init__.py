"""Classical fillers: what colours a drawing from hints without having learnt anything, and has to be beaten."""

from .filler import Fill, Filler
from .flood import flood_fill
from .nearest import nearest_hint
from .random_walk import random_walker
from .trapped_ball import trapped_ball
from .watershed import watershed

FILLERS: dict[str, Filler] = {
    "nearest": nearest_hint,
    "flood": flood_fill,
    "watershed": watershed,
    "trapped-ball": trapped_ball,
    "random-walker": random_walker,
}
"""By the name that `--baseline` knows them by."""

__all__ = ["FILLERS", "Fill", "Filler"]
