"""The drawings that colourings are measured on, each with its hints: all that depends on the drawing alone, once."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from linepaint.engine.catalog import Mode
from linepaint.imaging.basins import Basins, find_basins
from linepaint.imaging.chroma import chroma_of, with_chroma
from linepaint.imaging.opencv import cv2

from ..hints import HintRecipe, simulate_hints
from . import metrics
from .histograms import LabHistogram, lab_histogram
from .obedience import HomedHints, home_hints
from .regions import Regions, find_regions
from .shading import borders_off_ink

HINTS = HintRecipe(none=0.0, dots=0.5, region_strokes=0.25, radius=(0.004, 0.025))
"""Careful hints in the artist's own colours: half dots, the rest strokes. All figures are for these."""


@dataclass(frozen=True)
class Hinted:
    """A drawing with so many hints. hints: uint8 [H, W, 4]. wanted: uint8 [H, W, 3], what is to show under them."""

    hints: np.ndarray
    wanted: np.ndarray
    homed: HomedHints


@dataclass
class Case:
    """One drawing to be coloured: lines uint8 [H, W] and the artist's own colouring, uint8 [H, W, 3].

    own_lines: whether the lines are the artist's, not derived from the colouring. mode: what is to be done with it.
    other: in mode picture, what the colouring is to be made of, uint8 [H, W, 3]; there are no lines then. enlarged: how
    many times the picture and its lines were made larger before.
    """

    name: str
    color: np.ndarray
    lines: np.ndarray
    own_lines: bool
    mode: Mode = Mode.LINEART
    seed: int = 0
    other: np.ndarray | None = None
    enlarged: int = 1
    _hinted: dict[int, Hinted] = field(default_factory=dict, repr=False)

    @cached_property
    def gray(self) -> np.ndarray:
        """The colouring's luma, uint8 [H, W]: what mode grayscale starts from."""
        return cv2.cvtColor(self.color, cv2.COLOR_RGB2GRAY)

    @property
    def source(self) -> np.ndarray:
        """What a checkpoint of this mode is given, uint8 [H, W] or [H, W, 3]."""
        if self.mode is Mode.LINEART:
            return self.lines
        if self.mode is Mode.GRAYSCALE:
            return self.gray
        return self.color if self.other is None else self.other

    @cached_property
    def basins(self) -> Basins:
        """The open areas of its lines, which say where hints can lie."""
        return find_basins(self.lines)

    @cached_property
    def lab(self) -> np.ndarray:
        """The colouring in CIE Lab, float32 [H, W, 3]."""
        return metrics.lab(self.color)

    @cached_property
    def regions(self) -> Regions:
        """The regions of the colouring."""
        return find_regions(self.lab, self.lines)

    @cached_property
    def borders(self) -> np.ndarray:
        """Where colours meet without a line, bool [H, W]."""
        return borders_off_ink(self.lab, self.lines, self.enlarged)

    @cached_property
    def histogram(self) -> LabHistogram:
        """How the colouring uses the Lab axes."""
        return lab_histogram(self.lab)

    @cached_property
    def off_ink(self) -> np.ndarray:
        """Pixels neither on ink nor beside it, bool [H, W]."""
        return cv2.dilate(self.basins.ink.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0

    @cached_property
    def gradient(self) -> float:
        """How sharp the colouring is off the ink."""
        return metrics.gradient(self.color, self.off_ink)

    @cached_property
    def colorfulness(self) -> float:
        """How colourful the colouring is."""
        return metrics.colorfulness(self.color)

    def with_hints(self, count: int) -> Hinted:
        """The drawing with its first `count` hints: a function of its name, its lines, the seed and the count.

        The hints of any count are the first of those of every larger one.
        """
        if count not in self._hinted:
            random = np.random.default_rng([self.seed, zlib.crc32(self.name.encode())])
            hints = simulate_hints(self.color, self.basins, HINTS, random, count)
            wanted = self._wanted(hints[..., :3])
            self._hinted[count] = Hinted(hints, wanted, home_hints(hints, wanted, self.regions))
        return self._hinted[count]

    def _wanted(self, colors: np.ndarray) -> np.ndarray:
        """What the finished picture shows where colours uint8 [H, W, 3] are obeyed."""
        if self.mode is Mode.LINEART:
            return laid_under(colors, self.lines)
        if self.mode is Mode.GRAYSCALE:
            return with_chroma(self.gray, chroma_of(colors.astype(np.float32) / 255))
        return colors


def enlarged(case: Case, times: int) -> Case:
    """The same picture and lines so many times as large (bicubic)."""
    if times == 1:
        return case
    size = case.color.shape[1] * times, case.color.shape[0] * times
    color, lines = (cv2.resize(p, size, interpolation=cv2.INTER_CUBIC) for p in (case.color, case.lines))
    return Case(case.name, color, lines, case.own_lines, case.mode, case.seed, enlarged=times)


def laid_under(colors: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """Colours uint8 [H, W, 3] with lines uint8 [H, W] multiplied over them."""
    return cv2.multiply(colors, cv2.cvtColor(lines, cv2.COLOR_GRAY2RGB), scale=1 / 255)
