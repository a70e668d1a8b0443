"""Training in several processes, started by torchrun: each works on its share of every batch, with the same weights.

Gradients are averaged by hand after each backward pass rather than by DistributedDataParallel: two to four networks
that take turns with frozen gradients, and gradient penalties, then need no special cases, and one process runs the
very same code. docs/scale.md says what that costs.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import torch
import torch.distributed as dist
from torch import Tensor, nn

from .errors import TrainingError
from .meeting import meet, torchruns_store

PATIENCE = timedelta(minutes=10)
"""How long one process waits for the others: the longest that reading the data may differ between them."""

ANOTHER_STOPPED = "Another process of this run stopped, so this one did too; the other says why."


@dataclass(frozen=True)
class World:
    """How many processes train together, and which of them this is.

    launch: what the processes of one torchrun have in common, and those that it starts anew after a failure; "" where
    torchrun did not start this process.
    """

    rank: int = 0
    size: int = 1
    launch: str = ""

    @property
    def leads(self) -> bool:
        """Whether this process is the one that writes files and speaks."""
        return self.rank == 0

    def share(self, batch: int) -> int:
        """This process's part of a batch. Raises TrainingError if it does not divide."""
        if batch % self.size:
            raise TrainingError(f"A batch of {batch} cannot be shared by {self.size} processes; change one of them.")
        return batch // self.size

    def average_gradients(self, parameters: Iterable[nn.Parameter]) -> None:
        """Replace each gradient by its mean over all processes."""
        if self.size == 1:
            return
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([g.reshape(-1) for g in gradients])
        _add_up(flat)
        flat /= self.size
        parts = flat.split([g.numel() for g in gradients])
        torch._foreach_copy_(gradients, [part.view(g.shape) for part, g in zip(parts, gradients, strict=True)])

    def mean(self, values: dict[str, float], device: torch.device) -> dict[str, float]:
        """The mean of each value over all processes, which must name the same ones."""
        if self.size == 1 or not values:
            return values
        names = sorted(values)
        packed = torch.tensor([values[name] for name in names], dtype=torch.float64 if device.type == "cpu" else None)
        packed = packed.to(device)
        _add_up(packed)
        return dict(zip(names, (packed / self.size).tolist(), strict=True))

    def any(self, flag: bool, device: torch.device) -> bool:
        """Whether any process says so."""
        if self.size == 1:
            return flag
        said = torch.tensor([int(flag)], device=device)
        _add_up(said)
        return bool(said.item())

    @contextmanager
    def together(self, device: torch.device) -> Iterator[None]:
        """Either all processes get through this block, or none goes on: nobody waits for one that has failed.

        Within it they must not wait for each other. Raises TrainingError where only another process failed.
        """
        failed = True
        try:
            yield
            failed = False
        finally:
            any_failed = self.any(failed, device)
        if any_failed:
            raise TrainingError(ANOTHER_STOPPED)

    def same_everywhere(self, tensors: Iterable[Tensor]) -> None:
        """Give every process the leader's values."""
        if self.size > 1:
            for tensor in tensors:
                dist.broadcast(tensor, 0)

    def leave(self) -> None:
        """Say good-bye to the others."""
        if self.size > 1:
            dist.destroy_process_group()


def join_world(device: torch.device) -> tuple[World, torch.device]:
    """Meet the other processes that torchrun started, if any, and the device that is this one's.

    gloo between CPUs, nccl between GPUs. Raises TrainingError if they do not come together.
    """
    launch, size, rank = _launch(), int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
    if device.type == "cuda" and launch:
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        torch.cuda.set_device(device)
    if size == 1:
        return World(launch=launch), device
    try:
        store = torchruns_store(PATIENCE)
        dist.init_process_group(
            "nccl" if device.type == "cuda" else "gloo",
            store=None if store is None else meet(store, rank, size, PATIENCE),
            rank=rank,
            world_size=size,
            timeout=PATIENCE,
        )
    except RuntimeError as error:
        raise TrainingError(f"The processes do not find each other; start them with torchrun: {error}") from error
    return World(rank, size, launch), device


def _launch() -> str:
    """torchrun's --rdzv-id, or else the machine and torchrun's own process: both outlive the workers.

    The count of restarts that torchrun tells cannot say it: other machines than the failed one do not count it.
    """
    named = os.environ.get("TORCHELASTIC_RUN_ID", "")
    return f"{platform.node()}-{os.getppid()}" if named == "none" else named


def _add_up(tensor: Tensor) -> None:
    """Replace a tensor by its sum over all processes. Raises TrainingError if one of them is gone."""
    try:
        dist.all_reduce(tensor)
    except RuntimeError as error:
        raise TrainingError(ANOTHER_STOPPED) from error
