"""Training pairs streamed from WebDataset shards: from a disk, a server, or whatever a command prints.

A shard is a tar of NAME.color.webp (or .png), NAME.line.webp, and NAME.json with the pair's name, source and licence;
`linepaint-train prepare --shards` writes them.
"""

from __future__ import annotations

import itertools
import json
import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import TrainingError
from .pictures import Pair, decode_color, decode_gray, fitted_lines

UNSTATED = "not stated (no licence in the shard)"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class StreamedPair(Pair):
    """A pair out of a shard, with its name, the source that recipes weigh, and the licence that model cards name."""

    name: str
    source: str
    licence: str


def is_shards(data: str) -> bool:
    """Whether what was given as data names shards rather than a folder: a .tar, a URL, or a command to read from."""
    return data.endswith((".tar", ".tar.gz", ".tgz")) or "://" in data or data.startswith("pipe:")


def expand_shards(data: Sequence[str]) -> list[str]:
    """Every shard that some specifications name: "pairs-{000000..000041}.tar", several joined by "::", pipes.

    Raises TrainingError if there is none.
    """
    from webdataset.shardlists import expand_urls

    shards = [shard for spec in data for shard in expand_urls(spec)]
    if not shards:
        raise TrainingError("No shard is named; give a path such as pairs-{000000..000009}.tar.")
    return shards


def stream_pairs(
    urls: Sequence[str], longest_side: int, seed: int, rank: int = 0, world: int = 1
) -> Iterator[StreamedPair]:
    """Every pair of some shards once, shrunk to longest_side; the seed shuffles the shards, not what is in them.

    world: how many readers there are, each worker of each process's loader being one; rank: which of them this is. Each
    reads other shards, and each pair goes to one of them; where there are fewer shards than readers, all read all of
    them and pass over the others' pairs. Broken pairs are named in the log and left out.

    Raises TrainingError if a shard cannot be read.
    """
    shards = expand_shards(urls)
    random.Random(seed).shuffle(shards)
    if len(shards) >= world:
        samples = _samples(shards[rank::world])
    else:
        samples = itertools.islice(_samples(shards), rank, None, world)
    for sample in samples:
        try:
            yield _decoded(sample, longest_side)
        except TrainingError as error:
            log.warning("Left out: %s", error)


def _samples(shards: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The undecoded samples of some shards, in their order."""
    import tarfile

    from webdataset.gopen import gopen
    from webdataset.tariterators import group_by_keys, tar_file_expander

    for shard in shards:
        try:
            with gopen(shard) as stream:
                yield from group_by_keys(tar_file_expander([{"url": shard, "stream": stream}]))
        except (OSError, ValueError, tarfile.TarError) as error:
            raise TrainingError(f"The shard {shard} cannot be read ({error.args[0]}); check the address.") from error


def _decoded(sample: dict[str, Any], longest_side: int) -> StreamedPair:
    name = f"{sample['__key__']} in {sample['__url__']}"
    color, lines = _part(sample, "color", name), _part(sample, "line", name)
    picture = decode_color(color, name, longest_side)
    drawing = fitted_lines(decode_gray(lines, name, longest_side), picture)
    try:
        facts = json.loads(sample.get("json", b"{}"))
        known = {key: str(facts.get(key, unknown)) for key, unknown in (("name", name), ("source", ""))}
        return StreamedPair(picture, drawing, **known, licence=str(facts.get("licence", UNSTATED)))
    except (ValueError, AttributeError) as error:
        raise TrainingError(f"{name} has facts (NAME.json) that cannot be read.") from error


def _part(sample: dict[str, Any], role: str, name: str) -> bytes:
    """The bytes under NAME.role.* of a sample."""
    for key, content in sample.items():
        if key.startswith(f"{role}.") and isinstance(content, bytes):
            return content
    raise TrainingError(f"{name} has no {role} picture.")
