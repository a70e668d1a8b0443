"""`linepaint-train recipes`: list what comes with the trainer."""

from __future__ import annotations

import argparse


def add_parser(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what `recipes` takes: nothing."""
    parser = jobs.add_parser("recipes", help="list the recipes, one a line, name first")
    parser.set_defaults(job=run)


def run(_: argparse.Namespace) -> int:
    """Print name and first comment line of each."""
    from ..recipe_file import load_recipe, shipped_recipes

    for name in shipped_recipes():
        title = load_recipe(name).text.splitlines()[0].removeprefix("#").strip()
        print(f"{name:<24} {title}")
    return 0
