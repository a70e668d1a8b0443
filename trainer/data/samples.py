"""From pictures to training samples: what the generator sees, and what it should give."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset

from linepaint.engine.tensors import hints_tensor, lines_tensor, prior_tensor
from linepaint.imaging.basins import find_basins
from linepaint.imaging.opencv import cv2
from linepaint.imaging.propagation import propagate

from ..drawings import draw
from ..errors import TrainingError
from ..hints import draw_count, simulate_hints
from ..recipe import Recipe
from .augmentation import crop, recolor, roughen
from .pictures import Pair, PictureFiles, find_pictures, read_pair

log = logging.getLogger(__name__)

INKED = (0.004, 0.35)
"""A drawing with less or more ink than this share has no usable lines."""


FEW_HINTS = 4
"""With fewer hints than this a picture keeps its own hues."""


@dataclass(frozen=True)
class Sample:
    """One training example, or a batch of them. lines [N, 1, H, W], hints and prior [N, 4, H, W], target [N, 3, H, W]:

    the finished composite in [0, 1]; the others as in `linepaint.engine.tensors`.
    """

    lines: Tensor
    hints: Tensor
    prior: Tensor
    target: Tensor

    @staticmethod
    def stack(samples: Sequence[Sample]) -> Sample:
        """Several as one batch."""
        return Sample(
            *(
                torch.cat([getattr(s, name) for s in samples]).contiguous(memory_format=torch.channels_last)
                for name in ("lines", "hints", "prior", "target")
            )
        )

    def to(self, device: torch.device) -> Sample:
        """The same on another device."""
        return Sample(*(t.to(device, non_blocking=True) for t in (self.lines, self.hints, self.prior, self.target)))

    def pin_memory(self) -> Sample:
        """Page-locked, for quick copies to a GPU; called by the loader."""
        return Sample(*(t.pin_memory() for t in (self.lines, self.hints, self.prior, self.target)))


def make_sample(pair: Pair, recipe: Recipe, random: np.random.Generator, hints: int | None = None) -> Sample:
    """What the generator sees of a square pair; hints: how many marks, None to draw their number by the recipe."""
    basins = find_basins(pair.lines)
    marks = simulate_hints(pair.color, basins, recipe.hints, random, hints)
    spread = propagate(basins, marks)
    return Sample(
        lines_tensor(pair.lines),
        hints_tensor(marks, basins.ink),
        prior_tensor(spread.color, spread.confidence),
        torch.from_numpy(pair.color).permute(2, 0, 1)[None].float() / 255,
    )


class Pictures:
    """The pictures of some folders, decoded once and held in memory, each with its weight."""

    def __init__(self, folders: Sequence[Path], weights: dict[str, float], longest_side: int) -> None:
        """Read them all. Broken ones and those without usable lines are named in the log and left out."""
        self.pairs: list[Pair] = []
        self.sources: list[PictureFiles] = []
        for picture in [found for folder in folders for found in find_pictures(folder)]:
            try:
                pair = read_pair(picture, longest_side)
            except TrainingError as error:
                log.warning("Left out: %s", error)
                continue
            ink = float(np.mean(pair.lines < 128))
            if not INKED[0] <= ink <= INKED[1]:
                log.info("Left out: %s has no usable lines (%.1f %% ink).", picture.color, ink * 100)
                continue
            self.pairs.append(pair)
            self.sources.append(picture)
        if folders and not self.pairs:
            raise TrainingError("None of the pictures can be trained on; see the messages above for the reasons.")
        weight = np.array([weights.get(s.source, 1.0) for s in self.sources], np.float64)
        if len(weight) and weight.sum() <= 0:
            raise TrainingError("All pictures have weight 0; give some source under [data.weights] more.")
        self._cumulative = np.cumsum(weight) / max(weight.sum(), 1e-12)

    def __len__(self) -> int:
        return len(self.pairs)

    def pick(self, random: np.random.Generator) -> Pair:
        """One of them at random, by weight."""
        return self.pairs[min(int(np.searchsorted(self._cumulative, random.random())), len(self.pairs) - 1)]


class SampleDataset(Dataset[Sample]):
    """Sample number i of a run, the same whenever and wherever it is asked for."""

    def __init__(self, pictures: Pictures, recipe: Recipe, size: int, first: int, count: int) -> None:
        self.pictures, self.recipe, self.size, self.first, self.count = pictures, recipe, size, first, count

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> Sample:
        """The sample [1, …], a function of the recipe's seed and the index alone."""
        random = np.random.default_rng((self.recipe.seed, self.first + index))
        pair = self._pair(random)
        data = self.recipe.data
        hints = draw_count(self.recipe.hints, random)
        # Without hints to tell them, odd hues would only teach that every hue is as likely, which is grey.
        odd = hints >= FEW_HINTS and random.random() < data.recolor
        color = recolor(pair.color, random) if odd else pair.color
        lines = roughen(pair.lines, random) if random.random() < data.rough_lines else pair.lines
        return make_sample(Pair(color, lines), self.recipe, random, hints)

    def _pair(self, random: np.random.Generator) -> Pair:
        if not len(self.pictures) or random.random() < self.recipe.data.procedural:
            drawing = draw(int(random.integers(2**31)), self.size)
            return Pair(drawing.color, drawing.lines)
        return crop(self.pictures.pick(random), self.size, random)


def quiet_loader_process(_: int) -> None:
    """Keep OpenCV and torch in a loader process to one thread: the trainer's own work needs the others."""
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
