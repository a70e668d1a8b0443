"""Pairs packed into tar files in the order of WebDataset, for data that is streamed instead of listed."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..data.sources import licence_of
from .picture import pair_paths
from .record import Record
from .whole import write_whole

SHARDS_FOLDER = "shards"
_ORDER_SEED = 0
_MB = 1_000_000


def write_shards(out: Path, records: Sequence[Record], format_name: str, megabytes: int) -> list[Path]:
    """Pack the pairs of `records` into out/shards/NAME-000000.tar and so on, each of about so many MB.

    Shuffled once, so that neighbours come from different sources; the same pairs give the same bytes.
    """
    folder = out / SHARDS_FOLDER
    folder.mkdir(exist_ok=True)
    written = []
    for index, samples in enumerate(_shards(out, records, format_name, megabytes * _MB)):
        path = folder / f"{out.resolve().name}-{index:06d}.tar"
        write_whole(path, _tar(samples))
        written.append(path)
    for stale in set(folder.glob("*.tar")) - set(written):
        stale.unlink()
    return written


def _shards(out: Path, records: Sequence[Record], format_name: str, limit: int) -> Iterator[list[dict[str, object]]]:
    order = list(records)
    random.Random(_ORDER_SEED).shuffle(order)
    licences: dict[str, str] = {}
    samples: list[dict[str, object]] = []
    size = 0
    for number, record in enumerate(order):
        color, lines = pair_paths(out, record.name, format_name)
        folder = str(color.parent)
        if folder not in licences:
            licences[folder] = licence_of(color.parent, [out])
        facts = {
            "name": record.name,
            "source": record.source,
            "licence": licences[folder],
            "lines": record.lines,
            "inked": record.inked,
        }
        sample: dict[str, object] = {
            # WebDataset cuts keys at the first dot, so that names cannot be keys.
            "__key__": f"{number:09d}",
            f"color.{format_name}": color.read_bytes(),
            f"line.{format_name}": lines.read_bytes(),
            "json": json.dumps(facts, ensure_ascii=False).encode("utf-8"),
        }
        length = sum(len(part) for part in sample.values() if isinstance(part, bytes))
        if samples and size + length > limit:
            yield samples
            samples, size = [], 0
        samples.append(sample)
        size += length
    if samples:
        yield samples


def _tar(samples: Sequence[dict[str, object]]) -> bytes:
    """The bytes of one shard."""
    import webdataset

    buffer = io.BytesIO()
    with webdataset.TarWriter(buffer, encoder=False, mtime=0.0) as writer:
        for sample in samples:
            writer.write(sample)
    return buffer.getvalue()
