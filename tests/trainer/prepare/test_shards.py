"""Shards: written once, read in parts by many readers, from a file or a command."""

import itertools
import logging
import tarfile
from pathlib import Path

import numpy as np
import pytest
from linepaint.trainer.data.pictures import Pair, find_pictures, read_pair
from linepaint.trainer.data.shards import expand_shards, is_shards, stream_pairs
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.prepare.job import prepare
from linepaint.trainer.prepare.options import PrepareOptions

QUICK = PrepareOptions(lines="fdog", least_inked=0.0, shards=1)


@pytest.fixture
def packed(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The output folder of six pictures, in at least three shards."""
    monkeypatch.setattr("linepaint.trainer.prepare.shards._MB", 6_000)
    assert len(prepare([folder], tmp_path / "my.pairs", QUICK, workers=0).shards) >= 3
    return tmp_path / "my.pairs"


def shards(out: Path) -> list[str]:
    return [str(path) for path in sorted((out / "shards").glob("*.tar"))]


def names(urls: list[str], seed: int = 0, rank: int = 0, world: int = 1) -> list[str]:
    return [pair.name for pair in stream_pairs(urls, 1000, seed, rank, world)]


def test_what_is_packed_is_read_back(packed: Path) -> None:
    read = {pair.name: pair for pair in stream_pairs(shards(packed), 1000, seed=3)}
    assert len(read) == 6
    for files in find_pictures(packed):
        pair, streamed = read_pair(files, 1000), read[f"{files.source}/{files.color.name.partition('.')[0]}"]
        assert isinstance(streamed, Pair) and streamed.source == files.source
        assert np.array_equal(streamed.color, pair.color) and np.array_equal(streamed.lines, pair.lines)
        assert streamed.licence.startswith("CC BY 4.0, by" if files.source == "friends" else "not stated")


def test_other_programs_find_the_usual_keys(packed: Path) -> None:
    with tarfile.open(shards(packed)[0]) as tar:
        members = tar.getnames()
    keys = {name.partition(".")[0] for name in members}
    assert sorted(members) == sorted(f"{key}.{kind}" for key in keys for kind in ("color.webp", "json", "line.webp"))
    assert Path(shards(packed)[0]).name == "my.pairs-000000.tar"


def test_packing_again_gives_the_same_bytes_and_removes_old_shards(folder: Path, packed: Path) -> None:
    before = [Path(shard).read_bytes() for shard in shards(packed)]
    (packed / "shards" / "my.pairs-000099.tar").write_bytes(b"old")
    prepare([folder], packed, QUICK, workers=0)
    assert [Path(shard).read_bytes() for shard in shards(packed)] == before


@pytest.mark.parametrize("world", [2, 3, 8])
def test_every_pair_goes_to_one_reader(packed: Path, world: int) -> None:
    read = [names(shards(packed), 5, rank, world) for rank in range(world)]
    assert sorted(itertools.chain.from_iterable(read)) == sorted(names(shards(packed)))


def test_the_seed_decides_the_order(packed: Path) -> None:
    orders = {seed: names(shards(packed), seed) for seed in range(6)}
    assert names(shards(packed), 1) == orders[1]
    assert len({tuple(order) for order in orders.values()}) > 1


def test_braces_and_commands_name_shards(packed: Path) -> None:
    count = len(shards(packed))
    braces = f"{packed}/shards/my.pairs-{{000000..{count - 1:06d}}}.tar"
    assert expand_shards([braces]) == shards(packed)
    assert sorted(names([f"pipe:cat {shard}" for shard in shards(packed)])) == sorted(names([braces]))


@pytest.mark.parametrize(
    ("data", "expected"),
    [("a/b", False), ("a.tar", True), ("a-{0..9}.tar", True), ("https://x/a.tar", True), ("pipe:cat a", True)],
)
def test_shards_are_told_from_folders(data: str, expected: bool) -> None:
    assert is_shards(data) is expected


def test_a_missing_or_broken_shard_is_named(packed: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.tar").write_bytes(b"no tar at all" * 100)
    for name in ("missing.tar", "broken.tar"):
        with pytest.raises(TrainingError, match=name):
            names([str(tmp_path / name)])


def test_a_broken_pair_is_named_and_passed_over(packed: Path, caplog: pytest.LogCaptureFixture) -> None:
    import io

    shard = Path(shards(packed)[0])
    with tarfile.open(shard, "a") as tar:
        for kind, content in (("color.webp", b"oops"), ("line.webp", b"oops")):
            member = tarfile.TarInfo(f"999.{kind}")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    with caplog.at_level(logging.WARNING):
        assert len(names(shards(packed))) == 6
    assert "999" in caplog.text
