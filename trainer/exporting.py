"""Exporting: a checkpoint to ship, with its model card, from a run, a checkpoint or foreign weights."""

from __future__ import annotations

import dataclasses
import pickle
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm
from torch.nn.utils.parametrize import is_parametrized, remove_parametrizations

from linepaint.engine.architectures import build
from linepaint.engine.catalog import DEFAULT_SIZE, SUFFIX, CheckpointInfo, Mode, read_info
from linepaint.engine.checkpoint import load_checkpoint, load_network, save_checkpoint, with_path
from linepaint.engine.whole_picture import check_channels
from linepaint.networks.live import LiveGenerator

from .errors import TrainingError
from .model_card import card_of, model_card, read_evaluation
from .run_folder import RECIPE_NAME
from .state import STATE_NAME
from .weights.foreign import foreign_network

CARD_SUFFIX = ".md"
HEADLINES = ("psnr", "delta_e", "f_2px")
"""Of an evaluation, what the header of a checkpoint tells: one figure for each number of hints."""


@dataclass(frozen=True)
class Export:
    """A network and its header, ready to be written. run: the folder its card is written from. origin: as in `Card`."""

    network: nn.Module
    info: CheckpointInfo
    run: Path | None = None
    origin: str = ""


def from_run(run: Path, dtype: torch.dtype) -> Export:
    """The averaged weights of a run: its checkpoint, or in float32 those in its state. Raises TrainingError and
    EngineError if the run has none."""
    checkpoint = run / f"{_name_of(run)}{SUFFIX}"
    if not checkpoint.exists():
        raise TrainingError(
            f"{run} holds no checkpoint {checkpoint.name} yet; train it with linepaint-train fit first."
        )
    network, info = load_checkpoint(checkpoint)
    if dtype is torch.float32:
        network, steps = _average(run / STATE_NAME, info)
        info = dataclasses.replace(info, steps=steps)
    return Export(
        network, dataclasses.replace(info, metrics=info.metrics or _headlines(read_evaluation(run, info))), run
    )


def from_checkpoint(path: Path) -> Export:
    """A checkpoint as it is. Raises EngineError."""
    return Export(*load_checkpoint(path))


def from_foreign(
    path: Path, architecture: str, config: dict[str, Any] | None, mode: Mode, licence: str, size: int = DEFAULT_SIZE
) -> Export:
    """Another program's weights. licence: theirs; size: px that they were trained at. Raises TrainingError."""
    network, config = foreign_network(path, architecture, config, mode)
    info = CheckpointInfo(
        name=path.stem,
        path=path,
        mode=mode,
        architecture=architecture,
        config=config,
        recipe="foreign",
        steps=0,
        metrics={},
        data=[{"source": f"foreign weights {path.name}", "pictures": 0, "licence": licence}],
        licence=licence,
        size=size,
    )
    if isinstance(network, LiveGenerator):
        if mode is not Mode.LINEART:
            raise TrainingError("A live network colours line art only; write --mode lineart.")
    else:
        check_channels(network, info)
    return Export(network, info, origin=f"`{path.name}`")


def write_export(export: Export, out: Path, dtype: torch.dtype = torch.float16, force: bool = False) -> Path:
    """Write the checkpoint to `out` and its model card beside it, both or neither; the card's path.

    Raises TrainingError if out is no .safetensors, one of the two is there already and not to be overwritten, a
    weight is too large for the dtype, or the folder cannot be written to.
    """
    card = out.with_suffix(CARD_SUFFIX)
    if out.suffix != SUFFIX:
        raise TrainingError(f"A checkpoint's name ends with {SUFFIX}; write -o {out.with_suffix(SUFFIX)}.")
    for path in (out, card):
        if path.exists() and not force:
            raise TrainingError(f"{path} is there already; choose another name, or overwrite it with --force.")
    _check_range(export.network, dtype)
    try:
        # Beside the target, so that both files only have to be renamed once they are whole.
        with tempfile.TemporaryDirectory(prefix=f".{out.stem}.", suffix=".part", dir=out.parent) as folder:
            made = Path(folder) / out.name
            save_checkpoint(export.network, with_path(export.info, made), dtype)
            load_network(read_info(made))
            text = model_card(card_of(made, export.run, export.origin))
            made.with_suffix(CARD_SUFFIX).write_text(text, "utf-8")
            made.replace(out)
            made.with_suffix(CARD_SUFFIX).replace(card)
    except OSError as error:
        raise TrainingError(f"{out} cannot be written ({error.strerror}); choose another place.") from error
    return card


def _name_of(run: Path) -> str:
    """What the run's recipe is called. Raises TrainingError if the folder is no run."""
    path = run / RECIPE_NAME
    try:
        return str(tomllib.loads(path.read_text("utf-8"))["name"])
    except OSError as error:
        raise TrainingError(
            f"{run} is no run: it has no {RECIPE_NAME}; name a run's folder or a checkpoint."
        ) from error
    except (ValueError, KeyError) as error:
        raise TrainingError(f"{path} is damaged ({error}); export the run's {SUFFIX} file instead.") from error


def _average(state: Path, info: CheckpointInfo) -> tuple[nn.Module, int]:
    """The run's averaged generator in full precision, its spectral norms folded, and the steps it has seen."""
    try:
        saved = torch.load(state, map_location="cpu", weights_only=True)
        weights, steps = saved["average"], int(saved["step"])
        network = build(info.architecture, info.config)
        for name, module in list(network.named_modules()):
            if f"{name}.parametrizations.weight.original" in weights:
                spectral_norm(module)
        network.load_state_dict(weights)
    except OSError as error:
        raise TrainingError(
            f"Full precision is only in the run's {STATE_NAME}, which is not there; export with --half."
        ) from error
    except (RuntimeError, LookupError, ValueError, TypeError, EOFError, pickle.UnpicklingError) as error:
        raise TrainingError(f"{state} is damaged, or of another recipe; export with --half.") from error
    network.eval()
    for module in network.modules():
        if is_parametrized(module, "weight"):
            remove_parametrizations(module, "weight", leave_parametrized=True)
    return network, steps


def _check_range(network: nn.Module, dtype: torch.dtype) -> None:
    for name, tensor in network.state_dict().items():
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor.to(dtype)).all()):
            raise TrainingError(
                f"{name} holds values that {str(dtype).removeprefix('torch.')} cannot hold; export with --float32."
            )


def _headlines(evaluation: dict[str, Any] | None) -> dict[str, float]:
    """The figures for a header, by names such as psnr_16_hints; none if several painters were measured."""
    results = evaluation["results"] if evaluation else []
    if len({result.get("name") for result in results}) > 1:
        return {}
    return {
        f"{key}_{result['hints']}_hints": value
        for key in HEADLINES
        for result in results
        if (value := result["figures"].get(key)) is not None
    }
