"""`linepaint-train ablate`: the pix2pix paper's tables of objectives and receptive fields, on other data."""

from __future__ import annotations

import argparse
from pathlib import Path

DRAWINGS = 12
"""Procedural drawings to measure on where no folder is named."""


def add_parser(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what `ablate` takes."""
    parser = jobs.add_parser("ablate", help="rerun the pix2pix paper's tables of losses and receptive fields")
    parser.add_argument(
        "--data", metavar="DIR", type=Path, nargs="+", default=[], help="pictures to train on; none: procedural ones"
    )
    parser.add_argument(
        "--test", metavar="DIR", type=Path, nargs="+", default=[], help="pictures to measure on; none: procedural ones"
    )
    parser.add_argument("--limit", metavar="N", type=int, help="measure on at most so many of them")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder for runs, tables and plots")
    parser.add_argument("--steps", metavar="N", type=int, default=400, help="of each variant (default: 400)")
    parser.add_argument("--size", metavar="PX", type=int, default=128, help="of the pictures (default: 128)")
    parser.add_argument("--batch", metavar="N", type=int, default=4, help="pictures a step (default: 4)")
    parser.add_argument("--channels", metavar="N", type=int, default=32, help="the networks' width (default: 32)")
    parser.add_argument("--levels", metavar="N", type=int, default=7, help="of the U-Net (default: 7)")
    parser.add_argument("--seed", metavar="N", type=int, default=1)
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (default: auto)")
    parser.set_defaults(job=run)


def run(arguments: argparse.Namespace) -> int:
    """Train what is not trained yet, measure, write the report, print the tables."""
    from tqdm import tqdm

    from linepaint.engine.catalog import Mode
    from linepaint.engine.devices import choose_device

    from ..ablation.report import tables, write_report
    from ..ablation.study import measure, train
    from ..ablation.variants import VARIANTS, Budget
    from ..evaluation.case_files import picture_cases, procedural_cases

    budget = Budget(
        steps=arguments.steps,
        size=arguments.size,
        batch=arguments.batch,
        channels=arguments.channels,
        levels=arguments.levels,
        seed=arguments.seed,
    )
    cases = (
        picture_cases(arguments.test, Mode.LINEART, arguments.size, arguments.seed, arguments.limit)
        if arguments.test
        else procedural_cases(arguments.limit or DRAWINGS, Mode.LINEART, arguments.size, arguments.seed)
    )
    device = choose_device(arguments.device)
    checkpoints = train(VARIANTS, budget, arguments.data, arguments.out, device.torch_device)
    with tqdm(total=len(cases) * len(VARIANTS), unit="picture", leave=False, disable=None) as bar:
        study = measure(checkpoints, budget, cases, arguments.device, bar.update)
    write_report(study, arguments.out)
    print(tables(study))
    return 0
