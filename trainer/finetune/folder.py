"""An artist's folder as training pairs, a few of them kept aside to measure on."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from linepaint.engine.catalog import Mode

from ..errors import TrainingError
from ..prepare.job import Progress, Summary, prepare
from ..prepare.likeness import Likeness
from ..prepare.options import PrepareOptions
from ..prepare.picture import pair_paths
from ..prepare.record import Outcome, Record

LEAST_PICTURES = 6
KEPT_ASIDE = 0.1
LEAST_KEPT_ASIDE, MOST_KEPT_ASIDE = 2, 12

ALIKE_BITS = 10
"""Pictures whose hashes of shapes differ in at most so many of 64 bits show the same thing, perhaps recoloured."""

PAIRS_AT = 512
"""Longest side of the pairs, px."""

LEAST_INKED = 0.2
"""Of line art whose lines have to be derived: the least share of the edges that the artist inked."""


@dataclass(frozen=True)
class ArtistsPairs:
    """Folders of pairs, and how many there are in each. training: to learn from. aside: never trained on."""

    training: Path
    aside: Path
    training_count: int
    aside_count: int


def prepare_folder(art: Path, out: Path, mode: Mode, progress: Progress | None = None) -> ArtistsPairs:
    """Make pairs of the art below `out`. Raises TrainingError if too few of the pictures can be used."""
    # Named after the art, as the checkpoint's list of sources then is.
    training, aside = out / "training" / art.resolve().name, out / "aside"
    least_inked = LEAST_INKED if mode is Mode.LINEART else 0.0
    options = PrepareOptions(size=PAIRS_AT, least_inked=least_inked)
    summary = prepare([art], training, options, workers=os.cpu_count() or 1, progress=progress)
    usable = [record for record in summary.records if record.outcome is Outcome.KEPT]
    if len(usable) < LEAST_PICTURES:
        raise TrainingError(
            f"{LEAST_PICTURES} or more finished colour pictures are needed, and of {art} {len(usable)} can be used"
            f"{_left_out(summary)}; add others."
        )
    kept_aside = choose_aside(usable)
    for name in kept_aside:
        for path in pair_paths(training, name, options.format):
            moved = aside / path.relative_to(training)
            moved.parent.mkdir(parents=True, exist_ok=True)
            path.replace(moved)
    return ArtistsPairs(training, aside, len(usable) - len(kept_aside), len(kept_aside))


def choose_aside(usable: Sequence[Record]) -> list[str]:
    """The names of the pairs to measure on, about KEPT_ASIDE of them: always the same ones of the same folder.

    None that has a look-alike among the others, which would be measuring on what was learned. Raises TrainingError if
    there are not enough such pictures.
    """
    shapes = np.array([Likeness.from_text(record.likeness).shapes for record in usable], np.uint64)
    like = np.array([np.count_nonzero(np.bitwise_count(shapes ^ one) <= ALIKE_BITS) for one in shapes])
    unlike_all = [record.name for record, count in zip(usable, like, strict=True) if count == 1]
    wanted = min(MOST_KEPT_ASIDE, max(LEAST_KEPT_ASIDE, round(KEPT_ASIDE * len(usable))))
    if len(unlike_all) < LEAST_KEPT_ASIDE:
        raise TrainingError(
            "The pictures are too much alike to keep some aside for measuring; add some that show other things."
        )
    # By a digest: neither the first of a folder nor all of one sub-folder, and hardly others when a few are added.
    return sorted(sorted(unlike_all, key=lambda name: hashlib.sha256(name.encode()).digest())[:wanted])


def _left_out(summary: Summary) -> str:
    """Why the others cannot, in brackets."""
    reasons = [f"{count} {outcome.value}" for outcome, count in summary.counts.items() if outcome is not Outcome.KEPT]
    return f" ({', '.join(reasons)})" if reasons else ""
