"""Training on shards: every reader its part, without an end, and the checkpoint says where the pictures came from."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
import webdataset
from linepaint.trainer.data import streaming
from linepaint.trainer.data.loading import load_batches
from linepaint.trainer.data.opening import merged, open_data
from linepaint.trainer.data.sampling import Sampler
from linepaint.trainer.data.streaming import Shards, StreamedSamples
from linepaint.trainer.distributed import World
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.fit import fit
from linepaint.trainer.recipe import DataRecipe, Recipe, Stage

from linepaint.engine.catalog import Mode, read_info
from linepaint.imaging.opencv import cv2

CPU = torch.device("cpu")
MakeRecipe = Callable[..., Recipe]
SHARDS, EACH = 4, 3
PICTURES = ("procedural = 1.0", "procedural = 0.0")
LICENCES = {"friends": "CC0, drawn by friends.", "others": "CC BY 4.0"}


@pytest.fixture
def shards(tmp_path: Path, flat_picture: Callable[[], tuple[np.ndarray, np.ndarray]]) -> str:
    """SHARDS shards of EACH pairs; a pair's number is the red of its upper left pixel. The odd ones are others'."""
    color, lines = flat_picture()
    _, drawing = cv2.imencode(".png", lines)
    for shard in range(SHARDS):
        with webdataset.TarWriter(str(tmp_path / f"pairs-{shard:02}.tar"), encoder=False) as tar:
            for number in range(shard * EACH, shard * EACH + EACH):
                color[0, 0] = (number, 0, 0)
                source = ("friends", "others")[number % 2]
                facts = {"name": f"{number}", "source": source, "licence": LICENCES[source]}
                tar.write(
                    {
                        "__key__": f"{number:03}",
                        "color.png": cv2.imencode(".png", color[..., ::-1])[1].tobytes(),
                        "line.png": drawing.tobytes(),
                        "json": json.dumps(facts).encode(),
                    }
                )
    return str(tmp_path / f"pairs-{{00..{SHARDS - 1:02}}}.tar")


def opened(names: str, weights: dict[str, float] | None = None) -> Shards:
    recipe = Recipe("any", Mode.LINEART, "live", (Stage(1),), data=DataRecipe(weights=weights or {}))
    data = open_data([names], recipe, 64)
    assert isinstance(data, Shards)
    return data


def numbers(data: Shards, count: int, reader: int = 0, readers: int = 1, seed: int = 0) -> list[int]:
    """Which pairs a reader picks, one after the other."""
    pairs, random = data.pairs(seed, reader, readers), np.random.default_rng(seed)
    return [int(pairs.pick(random).color[0, 0, 0]) for _ in range(count)]


def test_a_stream_gives_every_pair_as_often_and_never_ends(shards: str) -> None:
    picked = numbers(opened(shards), 10 * SHARDS * EACH)
    assert set(picked) == set(range(SHARDS * EACH))
    assert picked != sorted(picked)
    counts = Counter(picked).values()
    assert 5 <= min(counts) <= max(counts) <= 15


def test_a_seed_gives_the_same_pairs_and_another_seed_others(shards: str) -> None:
    data = opened(shards)
    assert numbers(data, 12, seed=1) == numbers(data, 12, seed=1) != numbers(data, 12, seed=2)


def test_readers_share_the_pairs_out(shards: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "BUFFER", 1)  # So that none of the next round is read before it is picked.
    data = opened(shards)
    parts = [numbers(data, SHARDS * EACH // 2 - 2, reader, 2) for reader in range(2)]
    assert not set(parts[0]) & set(parts[1])


def test_more_readers_than_shards_all_find_something(shards: str) -> None:
    data = opened(shards)
    assert {number for reader in range(6) for number in numbers(data, 4, reader, 6)} == set(range(SHARDS * EACH))


def test_sources_are_picked_by_their_weight(shards: str) -> None:
    picked = numbers(opened(shards, {"others": 0.25}), 200)
    share = np.mean([number % 2 for number in picked])
    assert 0.08 < share < 0.35
    assert all(number % 2 for number in numbers(opened(shards, {"friends": 0.0}), 40))


def test_all_sources_at_weight_zero_is_an_error_and_no_search_without_end(
    shards: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "FRUITLESS", 50)
    with pytest.raises(TrainingError, match="weight 0"):
        numbers(opened(shards, {"friends": 0.0, "others": 0.0}), 1)


@pytest.mark.parametrize("workers", [0, 2])
def test_each_process_gets_its_share_of_every_batch(shards: str, tiny: MakeRecipe, workers: int) -> None:
    recipe = tiny(PICTURES, ("workers = 0", f"workers = {workers}"), ("batch = 2", "batch = 4"))
    stage = recipe.stages[0]
    for world in (World(), World(0, 2), World(1, 2)):
        batches = list(load_batches(opened(shards), recipe, stage, 100, 3, world, CPU))
        assert [tuple(batch.source.shape) for batch in batches] == [(4 // world.size, 1, 32, 32)] * 3


def test_what_becomes_of_a_pair_depends_on_the_samples_number(
    shards: str, tiny: MakeRecipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes together make the samples that one makes, of whatever pairs come."""
    seen: list[float] = []
    monkeypatch.setattr(Sampler, "sample", lambda sampler, random: seen.append(random.random()))

    def drawn(rank: int, world: int) -> list[float]:
        seen.clear()
        list(StreamedSamples(opened(shards), tiny(), 32, first=8, steps=2, batch=4, rank=rank, world=world))
        return list(seen)

    alone, halves = drawn(0, 1), [drawn(0, 2), drawn(1, 2)]
    assert [halves[place % 2][place // 2] for place in range(8)] == alone


@pytest.mark.parametrize("how", ["paths", "pipe"])
def test_shards_train_a_checkpoint_that_names_its_sources(
    shards: str, tiny: MakeRecipe, tmp_path: Path, how: str
) -> None:
    names = shards if how == "paths" else f"pipe:cat {tmp_path}/pairs-{{00..03}}.tar"
    recipe = tiny(PICTURES, ("workers = 0", "workers = 1"))
    checkpoint = fit(recipe, [names], tmp_path / "run", device=CPU, until=2)
    assert read_info(checkpoint).data == [
        {"source": source, "pictures": SHARDS * EACH // 2 if how == "paths" else count * SHARDS, "licence": licence}
        for (source, licence), count in zip(LICENCES.items(), (2, 1), strict=True)
    ]
    fit(recipe, [names], tmp_path / "run", device=CPU, resume=True)
    assert read_info(checkpoint).steps == 4


def test_folders_and_shards_together_are_refused(shards: str, picture_folder: Path, tiny: MakeRecipe) -> None:
    with pytest.raises(TrainingError, match="folders or shards, not both"):
        open_data([str(picture_folder), shards], tiny(), 64)


@pytest.mark.parametrize("workers", [0, 1])
def test_a_shard_that_is_not_there_is_named_in_one_line(
    shards: str, tiny: MakeRecipe, tmp_path: Path, workers: int
) -> None:
    data, missing = opened(shards), tmp_path / "pairs-00.tar"
    missing.unlink()
    recipe = tiny(PICTURES, ("workers = 0", f"workers = {workers}"))
    with pytest.raises(TrainingError, match=r"pairs-00\.tar cannot be read") as told:
        list(load_batches(data, recipe, recipe.stages[0], 0, 20, World(), CPU))
    assert "\n" not in str(told.value)


def test_shards_without_pairs_are_an_error(tmp_path: Path) -> None:
    with webdataset.TarWriter(str(tmp_path / "empty.tar"), encoder=False) as tar:
        tar.write({"__key__": "000", "txt": b"no picture"})
    with pytest.raises(TrainingError, match="have no pairs"):
        numbers(opened(str(tmp_path / "empty.tar")), 1)


def test_what_the_first_weights_learned_from_is_named_once() -> None:
    ours, theirs = ({"source": name, "pictures": 1, "licence": "CC0"} for name in ("ours", "theirs"))
    assert merged([ours], [theirs, ours]) == [ours, theirs]
