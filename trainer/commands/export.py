"""`linepaint-train export`: a checkpoint to ship and its model card, from a run or from foreign weights."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linepaint.engine.catalog import DEFAULT_SIZE, Mode

from ..errors import TrainingError

if TYPE_CHECKING:
    from ..exporting import Export

UNSTATED = "not stated"


def add_parser(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what `export` takes."""
    parser = jobs.add_parser("export", help="a checkpoint to ship, with its model card")
    parser.add_argument("source", metavar="RUN|CHECKPOINT", type=Path, nargs="?", help="a run's folder or a checkpoint")
    parser.add_argument(
        "-o", "--out", metavar="OUT", type=Path, required=True, help="OUT.safetensors; the card is OUT.md"
    )
    precision = parser.add_mutually_exclusive_group()
    precision.add_argument("--half", action="store_true", help="float16 (the default)")
    precision.add_argument("--float32", action="store_true", help="full precision, from the run's state.pt")
    parser.add_argument("--force", action="store_true", help="overwrite OUT and its card")
    foreign = parser.add_argument_group("foreign weights, instead of RUN|CHECKPOINT")
    foreign.add_argument(
        "--from", dest="foreign", metavar="FILE", type=Path, help="a .pth, .pt or .safetensors file of plain weights"
    )
    foreign.add_argument("--architecture", help="whose weights they are: unet, scribbler, onepunch …")
    foreign.add_argument("--config", metavar="JSON", help='its arguments, such as {"levels": 8}; pix2pix needs none')
    foreign.add_argument("--mode", choices=[mode.value for mode in Mode], help="what they turn into what")
    foreign.add_argument("--size", type=int, default=DEFAULT_SIZE, help="px that they were trained at (default: 256)")
    foreign.add_argument("--licence", default=UNSTATED, help="their licence, for the header and the card")
    parser.set_defaults(job=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the two files, and print where they are."""
    import torch

    from ..exporting import write_export

    dtype = torch.float32 if arguments.float32 else torch.float16
    if (arguments.source is None) == (arguments.foreign is None):
        raise TrainingError("Name a run's folder or a checkpoint, or foreign weights with --from, and not both.")
    export = _own(arguments.source, dtype) if arguments.foreign is None else _foreign(arguments)
    card = write_export(export, arguments.out, dtype, arguments.force)
    print(arguments.out)
    print(card)
    return 0


def _own(source: Path, dtype: Any) -> Export:
    from ..exporting import from_checkpoint, from_run

    return from_run(source, dtype) if source.is_dir() else from_checkpoint(source)


def _foreign(arguments: argparse.Namespace) -> Export:
    from linepaint.engine.catalog import SIZES

    from ..exporting import from_foreign

    if arguments.architecture is None or arguments.mode is None:
        raise TrainingError("Foreign weights do not say what they are; add --architecture and --mode.")
    if arguments.size not in SIZES:
        raise TrainingError(f"--size must be {SIZES[0]} to {SIZES[-1]} px, not {arguments.size}.")
    config = None if arguments.config is None else _config(arguments.config)
    return from_foreign(
        arguments.foreign, arguments.architecture, config, Mode(arguments.mode), arguments.licence, arguments.size
    )


def _config(text: str) -> dict[str, Any]:
    try:
        config = json.loads(text)
    except ValueError as error:
        raise TrainingError(f"--config is no JSON ({error}); write it like '{{\"levels\": 8}}'.") from error
    if not isinstance(config, dict):
        raise TrainingError("--config must be a JSON object; write it like '{\"levels\": 8}'.")
    return config
