"""`linepaint-train evaluate`: measure checkpoints, other programs' results and baselines on the same drawings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..evaluation.arguments import add_arguments

if TYPE_CHECKING:
    from ..evaluation.contest import Contest

HINT_COUNTS = (0, 1, 2, 4, 8, 16, 32, 64, 128)
PROTOCOLS = ("hints", "hint-auc", "line-styles", "colourfulness")
EVERY = "all"


def add_parser(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what `evaluate` takes."""
    parser = jobs.add_parser("evaluate", help="measure checkpoints, and anything else that colours, against the truth")
    add_arguments(parser, HINT_COUNTS)
    parser.add_argument(
        "--protocol",
        choices=(*PROTOCOLS, EVERY),
        default=PROTOCOLS[0],
        help="what is measured: all figures by number of hints, the published Hint-AUC, the same drawings in other "
        "line styles, the colourfulness without hints, or all of these (default: hints)",
    )
    parser.add_argument("--kind", choices=("scribble", "dot"), help="the hints of hint-auc (default: both)")
    parser.add_argument(
        "--out", metavar="DIR", type=Path, help="also write the tables to DIR, as Markdown and as JSON, and a plot"
    )
    parser.add_argument(
        "--write-hints", metavar="DIR", type=Path, help="only write the lines and hints, to run another program on them"
    )
    parser.set_defaults(job=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the tables, and write the reports where they are asked for."""
    from ..evaluation.contest import contest_of

    contest = contest_of(arguments)
    if arguments.write_hints is not None:
        _write_inputs(contest, arguments.write_hints)
        return 0
    protocols = PROTOCOLS if arguments.protocol == EVERY else (arguments.protocol,)
    for index, protocol in enumerate(protocols):
        if index:
            print()
        _measure(contest, protocol, arguments)
    return 0


def _measure(contest: Contest, protocol: str, arguments: argparse.Namespace) -> None:
    from tqdm import tqdm

    from ..evaluation.hint_auc import KINDS
    from ..evaluation.painters import BASELINES
    from ..evaluation.tables import write_files
    from ..evaluation.tasks import measured, results_of, without_fillers

    kinds = KINDS if arguments.kind is None else (arguments.kind,)
    if protocol == "colourfulness":
        contest = without_fillers(contest, BASELINES.get(contest.mode, ()))
    with tqdm(total=results_of(contest, protocol, kinds), unit="picture", leave=False, disable=None) as bar:
        found = measured(contest, protocol, kinds, bar.update)
    print(found.tables, flush=True)
    if arguments.out is not None:
        write_files(arguments.out, found.files())


def _write_inputs(contest: Contest, folder: Path) -> None:
    from tqdm import tqdm

    from ..errors import TrainingError
    from ..evaluation.result_files import write_inputs

    try:
        for case in tqdm(contest.cases, unit="drawing", leave=False, disable=None):
            write_inputs(folder, case.load(), contest.counts)
    except OSError as error:
        raise TrainingError(f"{folder} cannot be written to ({error.strerror}); choose another folder.") from error
