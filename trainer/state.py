"""Everything a run must remember to go on exactly where it stopped."""

from __future__ import annotations

import copy
import os
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm
from torch.nn.utils.parametrize import is_parametrized

from linepaint.engine.architectures import build, build_hollow
from linepaint.engine.catalog import Mode
from linepaint.networks.patchgan import PatchDiscriminator

from .errors import TrainingError
from .history import History
from .layout import memory_format
from .recipe import Recipe

STATE_NAME = "state.pt"
LINES, COLOR = 1, 3
"""Channels of a line drawing, and of a colour picture."""


class TrainingState:
    """The networks, the generator's moving average, the optimisers, and how many steps were taken.

    Paired training has a generator and perhaps a critic. Unpaired training also has a partner, the generator of the
    way back, with a critic of its own; the two generators share an optimiser, and so do the two critics.
    """

    def __init__(self, recipe: Recipe, device: torch.device, init: Mapping[str, Tensor] | None = None) -> None:
        """Fresh networks, the generator from `init` if given. Raises TrainingError if something cannot be built."""
        torch.manual_seed(recipe.seed)
        self.step = 0
        self.seconds = 0.0
        self.device = device
        self._architecture, self._config = recipe.architecture, recipe.network
        self.generator = _build(recipe, recipe.network, device)
        if init is not None:
            try:
                self.generator.load_state_dict(init)
            except RuntimeError as error:
                raise TrainingError(
                    f"The weights to start from do not fit the network of {recipe.name}; "
                    "choose a recipe like the one that made them."
                ) from error
        elif recipe.encoder_weights:
            _load_encoder(self.generator, recipe.encoder_weights)
        if recipe.freeze_encoder:
            _freeze_encoder(self.generator, recipe)
        if recipe.spectral_norm:
            _add_spectral_norm(self.generator)
        self.average = copy.deepcopy(self.generator).eval().requires_grad_(False)
        self.critic: PatchDiscriminator | None = None
        self.partner: nn.Module | None = None
        self.partner_critic: PatchDiscriminator | None = None
        self.made_lines, self.made_color = History(recipe.critic.buffer), History(recipe.critic.buffer)
        if recipe.step == "unpaired":
            self.partner = _build(recipe, recipe.partner, device)
            self.critic = _critic(recipe, LINES, device)
            self.partner_critic = _critic(recipe, COLOR, device)
        elif recipe.needs_critic:
            self.critic = _critic(recipe, COLOR + _seen_beside(recipe), device)
        self.generator_optimiser = _optimiser([self.generator, self.partner], recipe.betas, recipe.weight_decay)
        self.critic_optimiser = (
            _optimiser([self.critic, self.partner_critic], recipe.critic_betas, recipe.weight_decay)
            if self.critic is not None
            else None
        )

    @property
    def stride(self) -> int:
        """Sizes that the generator works on are multiples of this, px."""
        return int(getattr(self.generator, "stride", 1))

    @property
    def networks(self) -> dict[str, nn.Module]:
        """Every network that learns, by name."""
        named = {
            "generator": self.generator,
            "partner": self.partner,
            "critic": self.critic,
            "partner_critic": self.partner_critic,
        }
        return {name: network for name, network in named.items() if network is not None}

    def update_average(self, decay: float) -> None:
        """One step of the exponential moving average, shorter at first so that it forgets the start."""
        decay = min(decay, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            averaged: list[Tensor] = list(self.average.parameters())
            current: list[Tensor] = list(self.generator.parameters())
            torch._foreach_lerp_(averaged, current, 1 - decay)
            theirs = dict(self.generator.named_buffers())
            for name, kept in self.average.named_buffers():
                # A batch norm's statistics are of features that the averaged weights make, so they lag as those do.
                if name.endswith(("running_mean", "running_var")):
                    kept.lerp_(theirs[name], 1 - decay)
                else:
                    kept.copy_(theirs[name])

    def shipped(self) -> nn.Module:
        """The averaged generator with its spectral norms folded into plain weights: what a checkpoint holds."""
        if not any(is_parametrized(module) for module in self.average.modules()):
            return self.average
        # Not a copy with its parametrisations removed: that would take them from the class that copies share.
        network = build_hollow(self._architecture, self._config)
        network.load_state_dict(_folded(self.average), assign=True)
        return network.eval()

    def is_finite(self) -> bool:
        """Whether all networks are numbers, the average also in the half precision it ships in."""
        return all(
            bool(torch.isfinite(p).all()) for network in self.networks.values() for p in network.parameters()
        ) and all(bool(torch.isfinite(p.half()).all()) for p in self.average.parameters())

    def save(self, run: Path, decides: dict[str, Any]) -> None:
        """Write to the run's folder, whole or not at all. decides: the recipe's, kept to be compared on resuming.

        Raises OSError as the file system does.
        """
        parts = {name: part.state_dict() for name, part in self._parts().items()}
        path = run / STATE_NAME
        temporary = path.with_suffix(".part")
        try:
            with temporary.open("wb") as file:
                torch.save({"step": self.step, "seconds": self.seconds, "decides": repr(decides), **parts}, file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except RuntimeError as error:
            # On a full disk torch closes its half-written archive, which fails in turn and hides why.
            if isinstance(error.__context__, OSError):
                raise error.__context__ from None
            raise
        finally:
            temporary.unlink(missing_ok=True)

    def restore(self, run: Path, decides: dict[str, Any]) -> None:
        """Go back to what was saved last. Raises TrainingError if there is nothing usable, or of another recipe."""
        path = run / STATE_NAME
        if not path.exists():
            raise TrainingError(f"There is nothing to resume in {run}; start the run without --resume.")
        try:
            saved = torch.load(path, map_location=self.device, weights_only=True)
            if saved["decides"] != repr(decides):
                raise TrainingError(
                    f"{run} was begun with another recipe or another --steps; resume with the same ones, "
                    "or start a new run with --init."
                )
            for name, part in self._parts().items():
                part.load_state_dict(saved[name])
            self.step, self.seconds = int(saved["step"]), float(saved["seconds"])
        except (RuntimeError, KeyError, ValueError, TypeError, EOFError, pickle.UnpicklingError) as error:
            if isinstance(error, TrainingError):
                raise
            raise TrainingError(
                f"{path} does not fit this recipe, or is damaged; resume with the recipe it began with."
            ) from error

    def _parts(self) -> dict[str, Any]:
        parts: dict[str, Any] = self.networks | {
            "average": self.average,
            "generator_optimiser": self.generator_optimiser,
        }
        if self.critic_optimiser is not None:
            parts["critic_optimiser"] = self.critic_optimiser
        if self.partner is not None:
            parts |= {"made_lines": self.made_lines, "made_color": self.made_color}
        return parts


def _build(recipe: Recipe, config: dict[str, Any], device: torch.device) -> nn.Module:
    try:
        network = build(recipe.architecture, config)
    except (ValueError, TypeError) as error:
        raise TrainingError(f"The recipe {recipe.name} names no network that can be built: {error}.") from error
    return network.to(device, memory_format=memory_format(device))  # type: ignore[call-overload]


def _seen_beside(recipe: Recipe) -> int:
    """Channels of what a conditional critic sees beside the picture: what it was made from."""
    if not recipe.critic.conditional:
        return 0
    return COLOR if recipe.mode is Mode.PICTURE else LINES


def _critic(recipe: Recipe, channels_in: int, device: torch.device) -> PatchDiscriminator:
    asked = recipe.critic
    try:
        critic = PatchDiscriminator(
            channels_in,
            receptive_field=asked.receptive_field,
            channels=asked.channels,
            norm=asked.norm,
            attention=asked.attention,
        )
    except ValueError as error:
        raise TrainingError(f"The recipe {recipe.name} names no critic that can be built: {error}.") from error
    return critic.to(device, memory_format=memory_format(device))  # type: ignore[call-overload]


def _optimiser(
    networks: list[nn.Module | None], betas: tuple[float, ...], weight_decay: float
) -> torch.optim.Optimizer:
    """AdamW; without weight decay it is the papers' Adam."""
    learning = [p for network in networks if network is not None for p in network.parameters() if p.requires_grad]
    return torch.optim.AdamW(learning, betas=(betas[0], betas[1]), weight_decay=weight_decay, fused=True)


def _add_spectral_norm(network: nn.Module) -> None:
    """Miyato et al. 2018, on every convolution that is not transposed; frozen ones keep the weights they came with."""
    for module in list(network.modules()):
        if isinstance(module, nn.Conv2d) and module.weight.requires_grad:
            spectral_norm(module)


def _folded(network: nn.Module) -> dict[str, Tensor]:
    """A network's weights by their plain names, spectral norms worked into them."""
    weights = {name: tensor for name, tensor in network.state_dict().items() if ".parametrizations." not in name}
    for name, module in network.named_modules():
        if is_parametrized(module, "weight"):
            weights[f"{name}.weight"] = module.weight.detach()
    return weights


def _freeze_encoder(network: nn.Module, recipe: Recipe) -> None:
    if not hasattr(network, "freeze_encoder"):
        raise TrainingError(f"{recipe.name}: a {recipe.architecture} network has no encoder to freeze.")
    cast(Any, network).freeze_encoder()


def _load_encoder(network: nn.Module, path: str) -> None:
    from .weights import load_encoder

    load_encoder(network, Path(path))
