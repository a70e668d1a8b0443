"""How often each augmentation is applied."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

OF_THE_SOURCE = ("rough_lines", "wobble", "sketchy", "pencil", "scan", "blur", "erase")
"""What is done to what the generator is given, never to what it should give."""


@dataclass(frozen=True)
class AugmentRecipe:
    """The share of samples that each change is made to, between 0 and 1. Raises ValueError for other values.

    Geometry, of the picture and its lines together: flip, left to right; rotate, by a few degrees; perspective, seen a
    little askew; whole, the whole picture instead of a part; minimal, the largest square along the longer side; the
    rest are squares of at least smallest_crop of the longer side, which is a length and no share of samples.

    Colour, of the finished picture: recolor, all hues turned; palette_swap, areas trade their colours; tone, lighter
    or darker. White, black and (but for tone) grey stay, so paper and ink do.

    What the generator is given, never the target: rough_lines, another hand's or scanner's; wobble, unsteady; sketchy,
    drawn twice; pencil, grey and grainy; scan, JPEG blocks and noise (these five for line drawings alone); blur;
    erase, with rectangles missing (Zhong et al. 2020).

    The finished picture where its lines are to be drawn (mode scan): ink_tint, ink that is not black; shadows, soft and
    hard; jpeg, blocks and noise.
    """

    flip: float = 0.5
    rotate: float = 0.3
    perspective: float = 0.0
    whole: float = 0.4
    minimal: float = 0.0
    smallest_crop: float = 0.45
    recolor: float = 0.5
    palette_swap: float = 0.0
    tone: float = 0.0
    rough_lines: float = 0.5
    wobble: float = 0.0
    sketchy: float = 0.0
    pencil: float = 0.0
    scan: float = 0.0
    blur: float = 0.0
    erase: float = 0.0
    ink_tint: float = 0.0
    shadows: float = 0.0
    jpeg: float = 0.0

    def __post_init__(self) -> None:
        for name in (f.name for f in fields(self)):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"augment.{name} must lie between 0 and 1, not {getattr(self, name)}")
        if self.smallest_crop == 0:
            raise ValueError("augment.smallest_crop must be above 0")
        if self.whole + self.minimal > 1:
            raise ValueError("augment.whole and augment.minimal are shares of the same samples and exceed 1 together")

    def sparing_source(self) -> AugmentRecipe:
        """The same without what is done to what the generator is given: for lines that are the target."""
        return replace(self, **dict.fromkeys(OF_THE_SOURCE, 0.0))
