"""`linepaint-train prepare`: a folder of finished art becomes training pairs."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import TrainingError

if TYPE_CHECKING:
    from ..prepare.job import Summary

SHARD_MB = 256


def add_parser(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what `prepare` takes."""
    parser = jobs.add_parser("prepare", help="make training pairs of finished art")
    parser.add_argument("art", metavar="ART", type=Path, nargs="+", help="folders of finished pictures, .ora and .psd")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the pairs go; goes on if begun")
    parser.add_argument(
        "--lines",
        choices=("auto", "fdog", "scan", "layer"),
        default="auto",
        help="derive them (fdog), trace them with a checkpoint (scan), or take the artist's own (layer); auto: the "
        "artist's own where there are any, else fdog",
    )
    parser.add_argument("--checkpoint", metavar="SCAN", help="what --lines scan traces with (default: the shipped one)")
    parser.add_argument("--size", metavar="PX", type=int, default=768, help="the longest side (default: 768)")
    parser.add_argument("--format", choices=("webp", "png"), default="webp", help="of the pairs, lossless both")
    parser.add_argument(
        "--inked",
        metavar="SHARE",
        type=float,
        default=0.2,
        help="leave out pictures whose artist inked a smaller share of the edges, 0 to 1 (default: 0.2)",
    )
    parser.add_argument(
        "--workers", metavar="N", type=int, help="processes (default: one for each core; 0: only this one)"
    )
    parser.add_argument(
        "--shards", metavar="MB", type=int, nargs="?", const=SHARD_MB, help="also pack the pairs for WebDataset"
    )
    parser.add_argument(
        "--shard-of", metavar="I/N", help="only the I-th of N parts, for several machines (torchrun says it itself)"
    )
    parser.set_defaults(job=run)


def run(arguments: argparse.Namespace) -> int:
    """Prepare, and print what became of the pictures."""
    from tqdm import tqdm
    from tqdm.contrib.logging import logging_redirect_tqdm

    from ..prepare.job import prepare
    from ..prepare.options import PrepareOptions

    options = PrepareOptions(
        arguments.lines, arguments.size, arguments.format, arguments.inked, arguments.checkpoint, arguments.shards
    )
    part = part_of(arguments.shard_of, os.environ)
    workers = arguments.workers
    if workers is None:
        local = int(os.environ.get("LOCAL_WORLD_SIZE", "1")) if "RANK" in os.environ else 1
        workers = max(1, (os.cpu_count() or 1) // local)
    if workers < 0:
        raise TrainingError(f"--workers takes a number of processes, not {workers}.")
    with tqdm(unit="picture", desc="prepare", disable=part[0] > 0) as bar, logging_redirect_tqdm():

        def show(done: int, of_all: int) -> None:
            bar.total = of_all
            bar.update(done - bar.n)

        summary = prepare(arguments.art, arguments.out, options, workers=workers, part=part, progress=show)
    print(told(summary, arguments.out))
    return 0


def part_of(asked: str | None, environment: Mapping[str, str]) -> tuple[int, int]:
    """Which part, from 0, of how many is this process's: as asked for, or as torchrun says. Raises TrainingError."""
    if asked is None:
        return int(environment.get("RANK", "0")), int(environment.get("WORLD_SIZE", "1"))
    index, slash, parts = asked.partition("/")
    if not (slash and index.isdigit() and parts.isdigit()):
        raise TrainingError(f"--shard-of takes a part such as 1/4, not {asked!r}.")
    return int(index) - 1, int(parts)


def told(summary: Summary, out: Path) -> str:
    """What became of the pictures, a line for each outcome."""
    from ..prepare.journal import REPORT_NAME

    lines = [f"{count:>8}  {outcome.value}" for outcome, count in summary.counts.items()]
    if summary.missing:
        lines.append(f"{summary.missing:>8}  left to the other parts; the one that ends last writes {REPORT_NAME}")
    else:
        lines.append(f"Each is named in {out / REPORT_NAME}.")
    if summary.shards:
        lines.append(f"{len(summary.shards)} shards in {summary.shards[0].parent}.")
    return "\n".join(lines)
