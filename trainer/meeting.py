"""How processes that torchrun starts anew find each other, and not what is left of those that are gone.

torchrun of torch 2.13 hands every generation of workers the same store, in which gloo then reads the addresses of dead
processes. What tells the generations apart is not known to all: machines count their restarts each for itself. So the
processes agree on a name for their generation, made of a word that each of them makes up.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import uuid
from datetime import timedelta

from torch.distributed import PrefixStore, Store, TCPStore

from .errors import TrainingError

POLL_SECONDS = 0.05


def torchruns_store(patience: timedelta) -> Store | None:
    """The store that torchrun keeps for its workers; None where they are started by something else."""
    if os.environ.get("TORCHELASTIC_USE_AGENT_STORE") != "True":
        return None
    return TCPStore(os.environ["MASTER_ADDR"], int(os.environ["MASTER_PORT"]), is_master=False, timeout=patience)


def meet(store: Store, rank: int, size: int, patience: timedelta) -> Store:
    """Wait for all processes of this generation; a store of their own within the one given.

    Raises TrainingError if they do not all come in time.
    """
    me, deadline = uuid.uuid4().hex, time.monotonic() + patience.total_seconds()
    here, agreed = ([f"{what}/{process}" for process in range(size)] for what in ("here", "agreed"))
    store.set(here[rank], me)
    while time.monotonic() < deadline:
        # The leader says whom it has seen, at first perhaps some that are gone, until each one seen has agreed: only
        # the living can agree to a list that has the words of this generation in it.
        if rank == 0 and store.check(here):
            store.set("meeting", json.dumps([store.get(key).decode() for key in here]))
        meeting = store.get("meeting").decode() if store.check(["meeting"]) else "[]"
        if me in json.loads(meeting):
            store.set(agreed[rank], meeting)
            if store.check(agreed) and all(store.get(key).decode() == meeting for key in agreed):
                return PrefixStore(hashlib.sha256(meeting.encode()).hexdigest(), store)
        time.sleep(POLL_SECONDS)
    raise TrainingError("The other processes of this run did not come; see whether torchrun started all of them.")
