"""Making samples: a picture is picked, varied, given hints, and turned into what the recipe's generator sees."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from torch import Tensor
from torch.utils.data import Dataset

from linepaint.engine.architectures import ARCHITECTURES
from linepaint.engine.catalog import Mode
from linepaint.engine.tensors import color_tensor, gray_tensor, hints_tensor, lines_tensor, prior_tensor
from linepaint.imaging.basins import find_basins
from linepaint.imaging.chroma import with_chroma
from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import propagate
from linepaint.imaging.tone_flood import flood_by_tone, flooded_chroma, tone_graph

from ..hints import draw_count, segment_hints, simulate_hints
from ..recipe import Recipe
from .augmentation import augment_finish, augment_pair, augment_pictures, augment_source, crop
from .drawn import DrawnPictures
from .picture_pairs import PicturePair
from .pictures import Pair
from .samples import Sample

FEW_HINTS = 4
"""With fewer hints than this a picture keeps its own hues."""

SOURCE_CHANNELS = {Mode.LINEART: 1, Mode.GRAYSCALE: 1, Mode.SCAN: 3, Mode.PICTURE: 3}
"""Channels of what a generator of each mode is given, hints not counted."""


def sees_hints(recipe: Recipe) -> bool:
    """Whether the recipe's generator takes hints: live always does, others by their `channels_in`."""
    config = ARCHITECTURES[recipe.architecture].config
    defaults = {f.name: f.default for f in dataclasses.fields(config)}
    channels_in = recipe.network.get("channels_in", defaults.get("channels_in"))
    return channels_in is None or channels_in > SOURCE_CHANNELS[recipe.mode]


def make_sample(
    pair: Pair, recipe: Recipe, random: np.random.Generator, hints: int | None = None, *, by_segments: bool = False
) -> Sample:
    """What the recipe's generator sees of a pair.

    hints: how many marks, None to draw their number by the recipe; by_segments: hints in the picture's segments
    instead.
    """
    color = color_tensor(pair.color)
    if recipe.mode is Mode.SCAN:
        return Sample(color, lines_tensor(pair.lines))
    gray = recipe.mode is Mode.GRAYSCALE
    tones = cv2.cvtColor(pair.color, cv2.COLOR_RGB2GRAY) if gray else pair.lines
    source = gray_tensor(tones) if gray else lines_tensor(tones)
    if not sees_hints(recipe):
        return Sample(source, color)
    basins = find_basins(pair.lines)
    if by_segments:
        marks = segment_hints(pair.color, basins.ink, random)
    else:
        marks = simulate_hints(pair.color, basins, recipe.hints, random, hints)
    if gray:
        seen = hints_tensor(marks, np.zeros_like(basins.ink))
        if recipe.architecture != "live":
            return Sample(source, color, seen)
        return Sample(source, color, seen, _tone_prior(tones, marks))
    spread = propagate(basins, marks)
    seen = hints_tensor(spread.marks.only(marks), basins.ink)
    if recipe.architecture != "live":
        return Sample(source, color, seen)
    return Sample(source, color, seen, prior_tensor(spread.color, spread.confidence))


def _tone_prior(gray: np.ndarray, marks: np.ndarray) -> Tensor:
    """The hints spread over a gray picture, uint8 [H, W], as a live network sees them, [1, 4, H, W]."""
    source, confidence = flood_by_tone(tone_graph(gray), marks)
    return prior_tensor(with_chroma(gray, flooded_chroma(source, confidence, marks)), confidence)


class PairSource(Protocol):
    """Where pairs come from, in memory, streamed or drawn; false if there are none, so that all are to be drawn."""

    def pick(self, random: np.random.Generator) -> Pair | PicturePair:
        """One at random."""
        ...

    def pick_lines(self, random: np.random.Generator) -> Pair | PicturePair:
        """One whose line drawing is an artist's own, at random."""
        ...


@dataclass(frozen=True)
class Sampler:
    """Makes samples of size × size px, of pictures picked from the pairs or drawn by the trainer."""

    pairs: PairSource
    drawn: DrawnPictures
    recipe: Recipe
    size: int

    @classmethod
    def of(cls, pairs: PairSource, recipe: Recipe, size: int) -> Sampler:
        """With the recipe's own drawings."""
        return cls(pairs, DrawnPictures(recipe.data.drawings, size), recipe, size)

    def sample(self, random: np.random.Generator) -> Sample:
        """One sample [1, …], a function of the random numbers and, unless they are streamed, nothing else."""
        recipe, augment = self.recipe, self.recipe.augment
        learns_lines = recipe.mode is Mode.SCAN and recipe.step == "paired"
        # Lines are learned from those that an artist drew, not from those that a filter found.
        pair = self._pick(random, lines=learns_lines)
        if isinstance(pair, PicturePair):
            source, target = augment_pictures(pair.source, pair.target, augment, self.size, random)
            return Sample(color_tensor(source), color_tensor(target))
        hints = draw_count(recipe.hints, random) if sees_hints(recipe) else 0
        # Without hints to tell them, odd hues would only teach that every hue is as likely, which is grey.
        by_segments = hints > 0 and random.random() < recipe.hints.segments
        keep_colors = hints < FEW_HINTS and not by_segments and recipe.mode is not Mode.SCAN
        lines_augment = augment.sparing_source() if learns_lines else augment
        square = augment_pair(pair, lines_augment, self.size, random, keep_colors=keep_colors)
        if recipe.mode is Mode.SCAN:
            square = augment_finish(square, augment, random)
        if learns_lines:
            square = Pair(augment_source(square.color, augment, random, is_lines=False), square.lines)
        sample = make_sample(square, recipe, random, hints, by_segments=by_segments)
        if recipe.step == "unpaired":
            other = self._pick(random, lines=True)
            assert isinstance(other, Pair)
            return dataclasses.replace(sample, target=lines_tensor(crop(other, self.size, random).lines))
        return sample

    def _pick(self, random: np.random.Generator, *, lines: bool = False) -> Pair | PicturePair:
        drawn = not self.pairs or random.random() < self.recipe.data.procedural
        pairs: PairSource = self.drawn if drawn and self.recipe.mode is not Mode.PICTURE else self.pairs
        return pairs.pick_lines(random) if lines else pairs.pick(random)


class SampleDataset(Dataset[Sample]):
    """Sample number i of a run, the same whenever and wherever it is asked for."""

    def __init__(self, pairs: PairSource, recipe: Recipe, size: int, first: int, count: int) -> None:
        self.sampler, self.seed, self.first, self.count = Sampler.of(pairs, recipe, size), recipe.seed, first, count

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Sample:
        """The sample [1, …]; of pictures in memory, a function of the recipe's seed and the index alone."""
        return self.sampler.sample(np.random.default_rng((self.seed, self.first + index)))
