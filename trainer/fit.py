"""A training run from its arguments to its checkpoint: networks, pictures, processes, and the loop over them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import torch
from torch import Tensor

from linepaint.engine.catalog import CheckpointInfo, read_info
from linepaint.engine.checkpoint import load_checkpoint
from linepaint.imaging.opencv import cv2

from .data.opening import describe_data, merged, open_data
from .distributed import World, join_world
from .errors import TrainingError
from .loop import Loop
from .precision import half_is_quick
from .recipe import Recipe
from .run_folder import read_facts
from .state import STATE_NAME, TrainingState
from .steps import Teaching

log = logging.getLogger(__name__)

READ_AT = 448
"""Pictures are kept in memory at this longest side, px, or that of the largest stage: enough to crop from."""

LICENCE = "GPL-3.0-or-later"


def fit(
    recipe: Recipe,
    data: Sequence[str | Path],
    run: Path,
    *,
    resume: bool = False,
    init: Path | None = None,
    device: torch.device | None = None,
    half: bool | None = None,
    until: int | None = None,
) -> Path:
    """Train a recipe on folders of pictures, or on shards (none: procedural drawings only); the checkpoint's path.

    half: bfloat16 instead of float32; None: where the device is quicker with it. until: stop at this step, if it comes
    before the recipe's last. Under torchrun each process calls this, and processes started anew after a failure resume
    by themselves. Ctrl-C and SIGTERM save and return. Raises TrainingError for unusable input, divergence or a full
    disk; the last good checkpoint then stays.
    """
    # The processor's threads are for the networks.
    cv2.setNumThreads(1)
    torch.set_flush_denormal(True)
    world, device = join_world(device or torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    try:
        resume = _goes_on(run, resume, world, device)
        with world.together(device):
            state = _begin(recipe, run, world, device, resume, init)
            teaching = Teaching(
                world, device, half_is_quick(device) if half is None else half, _features(recipe, device)
            )
            opened = open_data(data, recipe, max(READ_AT, *(stage.size for stage in recipe.stages)))
            sources = describe_data(opened, data, recipe.data.procedural) if world.leads else []
            if init is not None:
                # What the first weights learned from is in these weights too.
                sources = merged(sources, read_info(init).data)
        _agree(state, run, world)
        if world.leads:
            log.info("%s, %d × %s, %d steps.", opened, world.size, device, recipe.steps)
        info = CheckpointInfo(
            name=recipe.name,
            path=run / f"{recipe.name}.safetensors",
            mode=recipe.mode,
            architecture=recipe.architecture,
            config=recipe.network,
            recipe=recipe.name,
            steps=state.step,
            metrics={},
            data=sources,
            licence=LICENCE,
            size=recipe.stages[-1].size,
        )
        Loop(recipe, opened, run, state, teaching, info).train(recipe.steps if until is None else until)
    except OSError as error:
        raise TrainingError(
            f"{run} cannot be written to ({error.strerror}); free some space or choose another --out, then --resume."
        ) from error
    finally:
        world.leave()
    return info.path


def _goes_on(run: Path, resume: bool, world: World, device: torch.device) -> bool:
    """Whether to go on with the run in a folder; the leader looks. Raises TrainingError for one of another launch."""
    if not world.any(world.leads and (run / STATE_NAME).exists(), device):
        return resume
    if resume or world.any(world.leads and _was_launched_by(world, run), device):
        return True
    raise TrainingError(f"{run} holds a run already; go on with --resume, or choose another --out.")


def _was_launched_by(world: World, run: Path) -> bool:
    """Whether the torchrun that started this process began the run, and starts it anew after a failure."""
    facts = read_facts(run)
    return facts is not None and world.launch != "" and facts.launch == world.launch


def _begin(
    recipe: Recipe, run: Path, world: World, device: torch.device, resume: bool, init: Path | None
) -> TrainingState:
    """The state to start from, or to go on from."""
    state = TrainingState(recipe, device, None if resume else _weights(init, recipe))
    for stage in recipe.stages:
        world.share(stage.batch)
        if stage.size % state.stride:
            raise TrainingError(
                f"{recipe.name}: a stage's size must be a multiple of {state.stride}, not {stage.size}."
            )
    if resume:
        state.restore(run, recipe.decides())
    return state


def _agree(state: TrainingState, run: Path, world: World) -> None:
    """Give all processes the leader's weights. Raises TrainingError if they stand at different steps."""
    mean = world.mean({"step": float(state.step)}, state.device)["step"]
    if world.any(mean != state.step, state.device):
        raise TrainingError(f"The processes do not see the same {run}; put --out on a disk that all machines share.")
    for network in (*state.networks.values(), state.average):
        world.same_everywhere(network.state_dict().values())


def _weights(init: Path | None, recipe: Recipe) -> dict[str, Tensor] | None:
    if init is None:
        return None
    network, info = load_checkpoint(init, recipe.mode)
    if info.architecture != recipe.architecture:
        raise TrainingError(f"{init.name} holds a {info.architecture} network, the recipe needs {recipe.architecture}.")
    return network.state_dict()


def _features(recipe: Recipe, device: torch.device) -> Callable[[Tensor], list[Tensor]] | None:
    """The network of the feature loss; None where there is no such loss, or where the critic serves."""
    if recipe.features == "critic" or not any(stage.loss.feature for stage in recipe.stages):
        return None
    from .features import load_feature_network

    return load_feature_network(recipe.features, device)
