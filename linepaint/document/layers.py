"""The four layers of a document: line art or a gray picture, hints, colour, paper. Their order is the document's."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

import numpy as np

from linepaint.document.arrays import Pixels, read_only, require_lines
from linepaint.document.geometry import Rect
from linepaint.document.palette import Color
from linepaint.document.tiles import TiledImage


class LayerKind(StrEnum):
    """Which of the four layers; a document has one of each."""

    LINES = "lines"
    HINTS = "hints"
    COLOR = "color"
    PAPER = "paper"


@dataclass(frozen=True)
class Levels:
    """Black and white point of the line art: `black` and darker become ink, `white` and lighter become paper.

    0 ≤ black < white ≤ 255, else ValueError.
    """

    black: int = 0
    white: int = 255

    def __post_init__(self) -> None:
        if not 0 <= self.black < self.white <= 255:
            points = f"{self.black} and {self.white}"
            raise ValueError(f"Set the black point below the white point, both within 0 to 255, not {points}.")

    @property
    def is_identity(self) -> bool:
        """True when they change nothing."""
        return self == Levels()


def apply_levels(scan: Pixels, levels: Levels) -> Pixels:
    """uint8 [H, W] stretched so that [black, white] becomes [0, 255]; the same array for default levels."""
    if levels.is_identity:
        return scan
    stretched = (np.arange(256) - levels.black) * (255 / (levels.white - levels.black))
    table = np.rint(stretched).clip(0, 255).astype(np.uint8)
    # "clip" never clips here (uint8 indexes 256 entries); it spares numpy's range check and a buffer.
    return np.take(table, scan, mode="clip")


class _SeenLines:
    """A scan through levels, worked out at most once, by whichever thread first needs all of it."""

    def __init__(self, scan: Pixels, levels: Levels) -> None:
        self.scan = scan
        self.levels = levels
        self._lines: Pixels | None = read_only(scan) if levels.is_identity else None
        self._lock = threading.Lock()

    def all(self) -> Pixels:
        with self._lock:
            if self._lines is None:
                self._lines = read_only(apply_levels(self.scan, self.levels))
            return self._lines

    def part(self, rect: Rect) -> Pixels:
        lines = self._lines
        return apply_levels(self.scan[rect.slices], self.levels) if lines is None else lines[rect.slices]


@dataclass(eq=False)
class LineLayer:
    """The source, line art or a gray picture: a scan, kept as it came, and the levels through which it is seen."""

    kind: ClassVar[LayerKind] = LayerKind.LINES

    scan: Pixels
    """uint8 [H, W], 255 = paper, 0 = ink. Taken over and write-protected."""
    levels: Levels = Levels()
    name: str = field(default="Line art", kw_only=True)
    visible: bool = field(default=True, kw_only=True)
    opacity: float = field(default=1.0, kw_only=True)
    _seen: _SeenLines | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        require_lines(self.scan)
        self.scan = read_only(self.scan)

    @property
    def lines(self) -> Pixels:
        """The scan after levels: uint8 [H, W], read-only.

        Worked out once for each setting and shared with snapshots: the same array as long as nothing changed.
        """
        return self._current().all()

    def lines_in(self, rect: Rect) -> Pixels:
        """A part of `lines`, not to be written; never waits for the whole, so a dragged slider is quick."""
        return self._current().part(rect)

    def snapshot(self) -> LineLayer:
        """This layer as it is now, sharing its arrays."""
        seen = self._current()
        copy = LineLayer(self.scan, self.levels, name=self.name, visible=self.visible, opacity=self.opacity)
        copy._seen = seen
        return copy

    def _current(self) -> _SeenLines:
        seen = self._seen
        if seen is None or seen.scan is not self.scan or seen.levels != self.levels:
            seen = self._seen = _SeenLines(self.scan, self.levels)
        return seen


@dataclass(eq=False)
class HintLayer:
    """What the artist paints: straight RGBA where alpha 0 means no hint."""

    kind: ClassVar[LayerKind] = LayerKind.HINTS

    pixels: TiledImage
    """[H, W, 4]."""
    name: str = field(default="Hints", kw_only=True)
    visible: bool = field(default=True, kw_only=True)
    opacity: float = field(default=0.6, kw_only=True)

    def snapshot(self) -> HintLayer:
        """This layer as it is now, sharing its tiles."""
        return HintLayer(self.pixels.snapshot(), name=self.name, visible=self.visible, opacity=self.opacity)


@dataclass(eq=False)
class ColorLayer:
    """The generated colour, under the lines or over the gray picture; None until the first preview arrives."""

    kind: ClassVar[LayerKind] = LayerKind.COLOR

    pixels: Pixels | None = None
    """uint8 [H, W, 3], sRGB. Replaced as a whole, never written into, and write-protected."""
    name: str = field(default="Colour", kw_only=True)
    visible: bool = field(default=True, kw_only=True)
    opacity: float = field(default=1.0, kw_only=True)

    def snapshot(self) -> ColorLayer:
        """This layer as it is now, sharing its array."""
        return ColorLayer(self.pixels, name=self.name, visible=self.visible, opacity=self.opacity)


@dataclass(eq=False)
class PaperLayer:
    """The plain colour below everything."""

    kind: ClassVar[LayerKind] = LayerKind.PAPER

    color: Color = (255, 255, 255)
    name: str = field(default="Paper", kw_only=True)
    visible: bool = field(default=True, kw_only=True)
    opacity: float = field(default=1.0, kw_only=True)

    def snapshot(self) -> PaperLayer:
        """This layer as it is now."""
        return PaperLayer(self.color, name=self.name, visible=self.visible, opacity=self.opacity)


Layer = LineLayer | HintLayer | ColorLayer | PaperLayer
