"""Training samples: what the generator sees, and what it should give. What they are made of is `sampling`'s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from ..layout import memory_format


@dataclass(frozen=True)
class Sample:
    """One training example, or a batch of them, as tensors of N pictures; see `linepaint.engine.tensors`.

    source: what the generator is given, [N, C, H, W]: lines, a gray picture, or a colour picture. target: what should
    come of it, [N, 3, H, W] finished picture in [0, 1], or [N, 1, H, W] lines, 1 = ink. hints and prior,
    [N, 4, H, W]: None where the generator sees none.
    """

    source: Tensor
    target: Tensor
    hints: Tensor | None = None
    prior: Tensor | None = None

    @staticmethod
    def stack(samples: Sequence[Sample]) -> Sample:
        """Several as one batch."""

        def joined(name: str) -> Tensor | None:
            parts = [getattr(s, name) for s in samples]
            return None if parts[0] is None else torch.cat(parts)

        return Sample(**{f.name: joined(f.name) for f in fields(Sample)})  # type: ignore[arg-type]

    def split(self, parts: int) -> list[Sample]:
        """The batch in so many equal parts."""
        if parts == 1:
            return [self]
        chunks = {f.name: t.chunk(parts) for f in fields(self) if (t := getattr(self, f.name)) is not None}
        return [Sample(**{name: chunk[i] for name, chunk in chunks.items()}) for i in range(parts)]

    def to(self, device: torch.device) -> Sample:
        """The same on a device, laid out as networks on it are trained."""
        layout = memory_format(device)
        return self._each(lambda tensor: tensor.to(device, non_blocking=True, memory_format=layout))

    def pin_memory(self) -> Sample:
        """Page-locked, for quick copies to a GPU; called by the loader."""
        return self._each(lambda tensor: tensor.pin_memory())

    def _each(self, change: Callable[[Tensor], Tensor]) -> Sample:
        return Sample(
            **{f.name: None if (t := getattr(self, f.name)) is None else change(t) for f in fields(self)}  # type: ignore[arg-type]
        )
