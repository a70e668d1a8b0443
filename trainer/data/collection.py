"""The pictures of a run, decoded once and held in memory."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..errors import TrainingError
from .picture_pairs import Direction, PicturePair, PicturePairFiles, find_picture_pairs, read_picture_pair
from .pictures import Pair, PictureFiles, find_pictures, read_pair

log = logging.getLogger(__name__)

INKED = (0.004, 0.35)
"""A drawing with less or more ink than this share has no usable lines."""


class PicturePairs:
    """Pairs of any two pictures, in the layouts of pix2pix's data sets, each as likely as any other."""

    def __init__(self, folders: Sequence[Path], longest_side: int, direction: Direction) -> None:
        """Read them all; broken ones are named in the log and left out. Raises TrainingError if none is left."""
        self.pairs: list[PicturePair] = []
        self.sources: list[PicturePairFiles] = []
        for files in [found for folder in folders for found in find_picture_pairs(folder)]:
            try:
                self.pairs.append(read_picture_pair(files, longest_side, direction))
            except TrainingError as error:
                log.warning("Left out: %s", error)
                continue
            self.sources.append(files)
        if not self.pairs:
            raise TrainingError('mode = "picture" needs pairs of pictures A and B; name their folder with --data.')

    def __str__(self) -> str:
        return f"{len(self)} pairs of pictures"

    def __len__(self) -> int:
        return len(self.pairs)

    def pick(self, random: np.random.Generator) -> PicturePair:
        """One of them at random."""
        return self.pairs[int(random.integers(len(self.pairs)))]

    pick_lines = pick


class Pictures:
    """The pictures of some folders, each with its weight."""

    def __init__(
        self, folders: Sequence[Path], weights: dict[str, float], longest_side: int, lines_from: Sequence[str] = ()
    ) -> None:
        """Read them all. Broken ones and those without usable lines are named in the log and left out.

        lines_from: the sources that `pick_lines` picks from; none: all.
        """
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
        drawn = np.array([not lines_from or s.source in lines_from for s in self.sources], np.float64)
        if len(weight) and weight.sum() <= 0:
            raise TrainingError("All pictures have weight 0; give some source under [data.weights] more.")
        self._cumulative = _cumulative(weight)
        # Where none of the named sources is among the data, any line drawing has to do.
        self._cumulative_lines = _cumulative(weight * drawn if (weight * drawn).any() else weight)

    def __str__(self) -> str:
        return f"{len(self)} pictures"

    def __len__(self) -> int:
        return len(self.pairs)

    def pick(self, random: np.random.Generator) -> Pair:
        """One of them at random, by weight."""
        return self._at(self._cumulative, random)

    def pick_lines(self, random: np.random.Generator) -> Pair:
        """One of those whose line drawing is an artist's own, at random, by weight."""
        return self._at(self._cumulative_lines, random)

    def _at(self, cumulative: np.ndarray, random: np.random.Generator) -> Pair:
        return self.pairs[min(int(np.searchsorted(cumulative, random.random())), len(self.pairs) - 1)]


def _cumulative(weight: np.ndarray) -> np.ndarray:
    """Running sums of weights, ending in 1."""
    return np.cumsum(weight) / max(weight.sum(), 1e-12)
