"""A buffer of pictures made earlier, so that a critic does not forget what its generator used to do."""

from __future__ import annotations

import torch
from torch import Tensor


class History:
    """Up to `size` pictures (Shrivastava et al. 2017; CycleGAN keeps 50). 0: none, what comes in goes out."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.pictures: list[Tensor] = []

    def exchange(self, made_NCHW: Tensor) -> Tensor:
        """Pictures to teach the critic with, [N, C, H, W]: half of them new, half older ones that they replace.

        Draws from torch's random numbers. Pictures of another size, from an earlier stage, are forgotten.
        """
        if not self.size:
            return made_NCHW
        self.pictures = [p for p in self.pictures if p.shape == made_NCHW.shape[1:]]
        shown = []
        for picture in made_NCHW:
            if len(self.pictures) < self.size:
                self.pictures.append(picture.clone())
                shown.append(picture)
            elif torch.rand(()) < 0.5:
                place = int(torch.randint(self.size, ()))
                shown.append(self.pictures[place])
                self.pictures[place] = picture.clone()
            else:
                shown.append(picture)
        return torch.stack(shown)

    def state_dict(self) -> dict[str, list[Tensor]]:
        """What `load_state_dict` takes."""
        return {"pictures": self.pictures}

    def load_state_dict(self, state: dict[str, list[Tensor]]) -> None:
        """Go back to what was saved."""
        self.pictures = list(state["pictures"])
