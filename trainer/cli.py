"""The command line `linepaint-train`."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from linepaint import __version__
from linepaint.arguments import USAGE_ERROR, ArgumentParser
from linepaint.engine.errors import EngineError

from .errors import TrainingError

INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one job; the exit status. Errors are one plain line on stderr and status 2."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        return int(arguments.job(arguments))
    except (TrainingError, EngineError) as error:
        print(f"linepaint-train: {error}", file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        print("linepaint-train: stopped.", file=sys.stderr)
        return INTERRUPTED


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="linepaint-train", description="Train the checkpoints that linepaint paints with.")
    parser.add_argument("--version", action="version", version=f"linepaint-train {__version__}")
    jobs = parser.add_subparsers(title="jobs", required=True, metavar="JOB")

    fit = jobs.add_parser("fit", help="train a recipe on a folder of pictures")
    fit.add_argument("recipe", metavar="RECIPE", help="a name that `recipes` lists, or a .toml file")
    fit.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        nargs="+",
        default=[],
        help="folders with NAME.color.* and NAME.line.*, or colour pictures alone; none: procedural drawings only",
    )
    fit.add_argument("--out", metavar="RUN", type=Path, required=True, help="the folder this run is written to")
    fit.add_argument("--steps", type=int, help="train so many steps instead of the recipe's")
    fit.add_argument("--resume", action="store_true", help="go on with the run in --out where it stopped")
    fit.add_argument("--init", metavar="CHECKPOINT", type=Path, help="start from these weights")
    fit.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (default: auto)")
    fit.set_defaults(job=_fit)

    recipes = jobs.add_parser("recipes", help="list the recipes, one a line, name first")
    recipes.set_defaults(job=_recipes)
    return parser


def _fit(arguments: argparse.Namespace) -> int:
    from linepaint.engine.devices import choose_device

    from .fit import fit
    from .recipe import load_recipe

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
    )
    print(checkpoint)
    return 0


def _recipes(_: argparse.Namespace) -> int:
    from .recipe import load_recipe, shipped_recipes

    for name in shipped_recipes():
        recipe = load_recipe(name)
        title = recipe.text.splitlines()[0].removeprefix("#").strip()
        print(f"{name:<12} {title}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
