"""`linepaint-train sheet`: what several checkpoints make of the same drawings, side by side in one picture."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..evaluation.arguments import add_arguments

HINT_COUNTS = (0, 4, 16, 64)
DRAWINGS = 12
CELLS = range(32, 1025)


def add_parser(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what `sheet` takes."""
    parser = jobs.add_parser("sheet", help="set the results of checkpoints side by side in one picture")
    add_arguments(parser, HINT_COUNTS)
    parser.add_argument(
        "--columns",
        choices=("hints", "painters"),
        help="what runs across (default: hints for one checkpoint, painters for several)",
    )
    parser.add_argument(
        "--inputs", action=argparse.BooleanOptionalAction, default=True, help="also show what was given, with its hints"
    )
    parser.add_argument("--cell", metavar="PX", type=int, default=192, help="longest side of each picture shown")
    parser.add_argument("--out", metavar="SHEET", type=Path, required=True, help="a .png, .jpg or .webp to write")
    parser.set_defaults(job=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the sheet, and print its name."""
    from tqdm import tqdm

    from ..errors import TrainingError
    from ..evaluation.contest import contest_of
    from ..evaluation.side_by_side import side_by_side
    from ..sheets import check_format, render, write_sheet

    if arguments.cell not in CELLS:
        raise TrainingError(f"--cell must lie between {CELLS[0]} and {CELLS[-1]} pixels, not {arguments.cell}.")
    check_format(arguments.out)
    if arguments.data and arguments.limit is None:
        arguments.limit = DRAWINGS
    contest = contest_of(arguments)
    with tqdm(total=len(contest.cases), unit="drawing", leave=False, disable=None) as bar:
        sheet = side_by_side(contest, arguments.cell, arguments.columns, arguments.inputs, bar.update)
    write_sheet(arguments.out, render(sheet, arguments.cell))
    print(arguments.out)
    return 0
