"""Samples from WebDataset shards: too many pictures for memory, or for one machine, come as a stream.

Every process, and each of its loader processes, is a reader of its own part. A stream has no end: it begins anew with
the shards in another order. What becomes of a picture (crop, hints, colours) depends on the sample's number as it does
for pictures in memory; which picture comes when depends on the readers, so that a run resumed goes on in a fresh order.
"""

from __future__ import annotations

import json
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from torch.utils.data import IterableDataset, get_worker_info

from ..errors import TrainingError
from ..recipe import Recipe
from .pictures import Pair
from .samples import Sample
from .sampling import Sampler
from .shards import UNSTATED, StreamedPair, stream_pairs

BUFFER = 256
"""Pairs a reader holds to pick from, so that neighbours in a shard are none in a batch: about 150 MB at 448 px."""

FRUITLESS = 100_000
"""After so many pairs passed over in a row there are none to be found."""

LOOKED_INTO = 16
"""So many local shards are searched for sources and licences. `prepare` shuffles, so each shard has them all."""


@dataclass(frozen=True)
class Shards:
    """Shards by their URLs, one each. weights: as in `DataRecipe`. longest_side: pictures are shrunk to it, px."""

    urls: tuple[str, ...]
    weights: Mapping[str, float]
    longest_side: int

    def __str__(self) -> str:
        return f"{len(self.urls)} shards"

    def pairs(self, seed: int, reader: int = 0, readers: int = 1) -> StreamedPairs:
        """What one of several readers picks from."""
        return StreamedPairs(self, seed, reader, readers)

    def sources(self) -> list[dict[str, Any]]:
        """What is in them, as `describe_sources` says it; of many shards an estimate, of remote ones from the first.

        Raises TrainingError if a shard cannot be read.
        """
        local = [url for url in self.urls if Path(url).is_file()]
        looked_into = local[:LOOKED_INTO] or self.urls[:1]
        found = Counter(
            (str(facts.get("source", "")) or "shards", str(facts.get("licence", UNSTATED)))
            for url in looked_into
            for facts in _facts(url)
        )
        scale = len(self.urls) / len(looked_into)
        return [
            {"source": source, "pictures": round(count * scale), "licence": licence}
            for (source, licence), count in sorted(found.items())
        ]


class StreamedPairs:
    """One reader's part of the shards, picked from as if it were in memory: see `sampling.PairSource`."""

    def __init__(self, shards: Shards, seed: int, reader: int, readers: int) -> None:
        self._stream = _by_weight(_endless(shards, seed, reader, readers), shards.weights, (seed, reader))
        self._buffer: list[Pair] = []

    def pick(self, random: np.random.Generator) -> Pair:
        """One of about BUFFER that come next in the stream, never the same again until all were given.

        Raises TrainingError if a shard cannot be read.
        """
        # Two are read for each that is given until there are enough to pick from, so that the first comes at once.
        for _ in range(min(2, BUFFER + 1 - len(self._buffer))):
            self._buffer.append(next(self._stream))
        place = int(random.integers(len(self._buffer)))
        self._buffer[place], self._buffer[-1] = self._buffer[-1], self._buffer[place]
        return self._buffer.pop()

    def pick_lines(self, random: np.random.Generator) -> Pair:
        """Any: a stream cannot be searched for those of some sources."""
        return self.pick(random)


class StreamedSamples(IterableDataset[Sample]):
    """One process's samples of consecutive batches, in order also when several loader processes share the work."""

    def __init__(
        self, shards: Shards, recipe: Recipe, size: int, first: int, steps: int, batch: int, rank: int, world: int
    ) -> None:
        """first: number of the first sample. batch: samples a step, of all `world` processes together."""
        self.shards, self.recipe, self.size = shards, recipe, size
        self.first, self.steps, self.batch = first, steps, batch
        self.rank, self.world = rank, world

    def __iter__(self) -> Iterator[Sample]:
        """Every loader process makes whole batches, which the loader takes from them in turn."""
        info = get_worker_info()
        worker, workers = (info.id, info.num_workers) if info is not None else (0, 1)
        seed = self.recipe.seed
        pairs = self.shards.pairs(seed + self.first, self.rank * workers + worker, self.world * workers)
        sampler = Sampler.of(pairs, self.recipe, self.size)
        for step in range(worker, self.steps, workers):
            for place in range(self.rank, self.batch, self.world):
                number = self.first + step * self.batch + place
                yield sampler.sample(np.random.default_rng((seed, number)))


def _endless(shards: Shards, seed: int, reader: int, readers: int) -> Iterator[StreamedPair]:
    while True:
        nothing = True
        # All readers need the same seed: it orders the shards before they are shared out.
        for pair in stream_pairs(shards.urls, shards.longest_side, seed, reader, readers):
            nothing = False
            yield pair
        if nothing:
            raise TrainingError(
                f"The shards have no pairs for reader {reader + 1} of {readers}; "
                "use more shards, fewer processes, or fewer workers under [data]."
            )
        seed += 1


def _by_weight(
    stream: Iterator[StreamedPair], weights: Mapping[str, float], seed: tuple[int, int]
) -> Iterator[StreamedPair]:
    """Pass over pairs of sources that weigh less than others, by chance; each source is kept by weight / largest."""
    random, largest = np.random.default_rng(seed), max([1.0, *weights.values()])
    passed_over = 0
    for pair in stream:
        if random.random() * largest < weights.get(pair.source, 1.0):
            passed_over = 0
            yield pair
        elif (passed_over := passed_over + 1) > FRUITLESS:
            raise TrainingError("All pictures have weight 0; give some source under [data.weights] more.")


def _facts(url: str) -> Iterator[Mapping[str, Any]]:
    """What NAME.json says of each pair in a shard; of a local one without reading the pictures."""
    from webdataset.tariterators import tarfile_samples

    try:
        if Path(url).is_file():
            with tarfile.open(url) as shard:
                for member in shard:
                    if member.name.endswith(".json") and (content := shard.extractfile(member)) is not None:
                        yield json.load(content)
        else:
            for sample in tarfile_samples([{"url": url}]):
                yield json.loads(sample.get("json", b"{}"))
    except (OSError, ValueError, tarfile.TarError) as error:
        raise TrainingError(f"The shard {url} cannot be read ({error}); check the address.") from error
