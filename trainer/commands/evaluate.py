"""`linepaint-train evaluate`: measure checkpoints, other programs' results and baselines on the same drawings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..evaluation.arguments import add_arguments

if TYPE_CHECKING:
    from ..evaluation.contest import Contest

HINT_COUNTS = (0, 1, 2, 4, 8, 16, 32, 64, 128)


def add_parser(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what `evaluate` takes."""
    parser = jobs.add_parser("evaluate", help="measure checkpoints, and anything else that colours, against the truth")
    add_arguments(parser, HINT_COUNTS)
    parser.add_argument(
        "--out", metavar="DIR", type=Path, help="also write DIR/evaluation.json and the plot DIR/evaluation.png"
    )
    parser.add_argument(
        "--write-hints", metavar="DIR", type=Path, help="only write the lines and hints, to run another program on them"
    )
    parser.set_defaults(job=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the table, and write the report where one is asked for."""
    from ..evaluation.contest import contest_of

    contest = contest_of(arguments)
    if arguments.write_hints is not None:
        _write_inputs(contest, arguments.write_hints)
        return 0
    _report(contest, arguments.out)
    return 0


def _report(contest: Contest, out: Path | None) -> None:
    from tqdm import tqdm

    from ..evaluation.protocol import Protocol, counts_of, evaluate
    from ..evaluation.report import markdown_table, write_report

    protocol = Protocol(contest.mode, contest.counts, contest.size, contest.seed)
    names = [case.name for case in contest.cases]
    rows = sum(len(counts_of(painter, names, contest.counts)) for painter in contest.painters)
    with tqdm(total=rows * len(names), unit="picture", leave=False, disable=None) as bar:
        evaluation = evaluate(contest.painters, contest.cases, protocol, bar.update)
    print(markdown_table(evaluation))
    if out is not None:
        write_report(evaluation, out)


def _write_inputs(contest: Contest, folder: Path) -> None:
    from tqdm import tqdm

    from ..errors import TrainingError
    from ..evaluation.result_files import write_inputs

    try:
        for case in tqdm(contest.cases, unit="drawing", leave=False, disable=None):
            write_inputs(folder, case.load(), contest.counts)
    except OSError as error:
        raise TrainingError(f"{folder} cannot be written to ({error.strerror}); choose another folder.") from error
