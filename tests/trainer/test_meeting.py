"""Processes started anew meet each other in a store that still remembers those that are gone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.meeting import meet, torchruns_store
from torch.distributed import HashStore, Store

PATIENCE = timedelta(seconds=20)


def all_meet(store: Store, size: int) -> list[Store]:
    with ThreadPoolExecutor(size) as pool:
        return list(pool.map(lambda rank: meet(store, rank, size, PATIENCE), range(size)))


def test_what_one_says_the_others_hear_and_the_next_generation_does_not() -> None:
    store = HashStore()
    first = all_meet(store, 3)
    first[0].set("address", "of the dead")
    assert first[2].get("address") == b"of the dead"
    for size in (3, 2, 4):
        anew = all_meet(store, size)
        assert not anew[1].check(["address"])
        anew[1].set("address", f"of {size}")
        assert anew[0].get("address") == f"of {size}".encode()
        assert first[0].get("address") == b"of the dead"


def test_half_a_generation_that_died_early_does_not_mislead_the_next() -> None:
    store = HashStore()
    store.set("here/1", "a dead one")
    store.set("agreed/1", '["another", "a dead one"]')
    stores = all_meet(store, 2)
    stores[0].set("key", "value")
    assert stores[1].get("key") == b"value"


def test_it_does_not_wait_for_ever() -> None:
    store = HashStore()
    store.set("here/1", "a dead one")
    with pytest.raises(TrainingError, match="did not come"):
        meet(store, 0, 2, timedelta(seconds=0.2))


def test_without_torchrun_there_is_no_such_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TORCHELASTIC_USE_AGENT_STORE", raising=False)
    assert torchruns_store(PATIENCE) is None
