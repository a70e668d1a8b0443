"""`linepaint-train fit`: train a recipe."""

from __future__ import annotations

import argparse
from pathlib import Path

PRECISIONS = {"auto": None, "bf16": True, "fp32": False}


def add_parser(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what `fit` takes."""
    parser = jobs.add_parser("fit", help="train a recipe on a folder of pictures")
    parser.add_argument("recipe", metavar="RECIPE", help="a name that `recipes` lists, or a .toml file")
    parser.add_argument(
        "--data",
        metavar="DATA",
        nargs="+",
        default=[],
        help="folders with NAME.color.* and NAME.line.*, or colour pictures alone; or WebDataset shards, such as "
        "pairs-{000000..000012}.tar, a URL of some, or pipe:COMMAND; none: procedural drawings only",
    )
    parser.add_argument("--out", metavar="RUN", type=Path, required=True, help="the folder this run is written to")
    parser.add_argument("--steps", type=int, help="train so many steps instead of the recipe's")
    parser.add_argument("--resume", action="store_true", help="go on with the run in --out where it stopped")
    parser.add_argument("--init", metavar="CHECKPOINT", type=Path, help="start from these weights")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (default: auto)")
    parser.add_argument(
        "--precision", choices=PRECISIONS, default="auto", help="auto: bfloat16 where the device is quicker with it"
    )
    parser.set_defaults(job=run)


def run(arguments: argparse.Namespace) -> int:
    """Train, and print where the checkpoint is."""
    from linepaint.engine.devices import choose_device

    from ..fit import fit
    from ..recipe_file import load_recipe

    recipe = load_recipe(arguments.recipe)
    if arguments.steps is not None:
        recipe = recipe.with_steps(arguments.steps)
    checkpoint = fit(
        recipe,
        arguments.data,
        arguments.out,
        resume=arguments.resume,
        init=arguments.init,
        device=choose_device(arguments.device).torch_device,
        half=PRECISIONS[arguments.precision],
    )
    print(checkpoint)
    return 0
