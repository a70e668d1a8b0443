"""Everything a run must remember to go on exactly where it stopped."""

from __future__ import annotations

import copy
import os
import pickle
from pathlib import Path

import torch
from torch import nn

from linepaint.engine.architectures import build
from linepaint.networks.patchgan import PatchDiscriminator

from .errors import TrainingError
from .recipe import Recipe

STATE_NAME = "state.pt"
CRITIC_CHANNELS = 4
"""The critic sees the composite and the lines it should fit (a conditional GAN, as in pix2pix)."""


class TrainingState:
    """Generator, its moving average, critic, their optimisers, and how many steps were taken."""

    def __init__(self, recipe: Recipe, device: torch.device) -> None:
        torch.manual_seed(recipe.seed)
        self.step = 0
        self.device = device
        try:
            network = build(recipe.architecture, recipe.network)
        except (ValueError, TypeError) as error:
            raise TrainingError(f"The recipe {recipe.name} names no network that can be built: {error}.") from error
        self.generator = network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = copy.deepcopy(self.generator).eval().requires_grad_(False)
        self.generator_optimiser = torch.optim.AdamW(
            self.generator.parameters(), betas=(0.9, 0.99), weight_decay=recipe.weight_decay, fused=True
        )
        self.critic: nn.Module | None = None
        self.critic_optimiser: torch.optim.Optimizer | None = None
        if any(stage.loss.adversarial for stage in recipe.stages):
            self.critic = PatchDiscriminator(CRITIC_CHANNELS).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
            self.critic_optimiser = torch.optim.AdamW(
                self.critic.parameters(), betas=(0.5, 0.99), weight_decay=recipe.weight_decay, fused=True
            )

    def start_from(self, weights: dict[str, torch.Tensor], source: str) -> None:
        """Take over a generator's weights. Raises TrainingError if they are of another shape."""
        try:
            self.generator.load_state_dict(weights)
        except RuntimeError as error:
            raise TrainingError(
                f"{source} does not fit this recipe's network; choose a recipe like the one that made it."
            ) from error
        self.average.load_state_dict(weights)

    def update_average(self, decay: float) -> None:
        """One step of the exponential moving average, shorter at first so that it forgets the start."""
        decay = min(decay, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            averaged, current = list(self.average.parameters()), list(self.generator.parameters())
            torch._foreach_lerp_(averaged, current, 1 - decay)

    def is_finite(self) -> bool:
        """Whether both networks are all numbers, the average also in the half precision it ships in."""
        return all(bool(torch.isfinite(p).all()) for p in self.generator.parameters()) and all(
            bool(torch.isfinite(p.half()).all()) for p in self.average.parameters()
        )

    def save(self, run: Path) -> None:
        """Write to the run's folder, whole or not at all. Raises OSError as the file system does."""
        parts = {name: part.state_dict() for name, part in self._parts().items()}
        path = run / STATE_NAME
        temporary = path.with_suffix(".part")
        try:
            with temporary.open("wb") as file:
                torch.save({"step": self.step, **parts}, file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)

    def restore(self, run: Path) -> None:
        """Go back to what was saved last. Raises TrainingError if there is nothing usable."""
        path = run / STATE_NAME
        if not path.exists():
            raise TrainingError(f"There is nothing to resume in {run}; start the run without --resume.")
        try:
            saved = torch.load(path, map_location=self.device, weights_only=True)
            for name, part in self._parts().items():
                part.load_state_dict(saved[name])
            self.step = int(saved["step"])
        except (RuntimeError, KeyError, ValueError, TypeError, EOFError, pickle.UnpicklingError) as error:
            raise TrainingError(
                f"{path} does not fit this recipe, or is damaged; resume with the recipe it began with."
            ) from error

    def _parts(self) -> dict[str, nn.Module | torch.optim.Optimizer]:
        parts: dict[str, nn.Module | torch.optim.Optimizer] = {
            "generator": self.generator,
            "average": self.average,
            "generator_optimiser": self.generator_optimiser,
        }
        if self.critic is not None and self.critic_optimiser is not None:
            parts |= {"critic": self.critic, "critic_optimiser": self.critic_optimiser}
        return parts
