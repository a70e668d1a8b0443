"""`linepaint-train finetune`: an artist's own folder, a checkpoint in their style."""

from __future__ import annotations

import argparse
from pathlib import Path

MINUTES = 30.0


def add_parser(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Say what `finetune` takes."""
    parser = jobs.add_parser("finetune", help="teach a checkpoint the style of a folder of finished pictures")
    parser.add_argument(
        "--art",
        metavar="FOLDER",
        type=Path,
        required=True,
        help="finished colour pictures, .ora and .psd; NAME.line.* beside one is its line drawing",
    )
    parser.add_argument(
        "--minutes", metavar="N", type=float, default=MINUTES, help=f"of training (default: {MINUTES:g})"
    )
    parser.add_argument("--name", help="what the checkpoint is called (default: the folder's name and -style)")
    parser.add_argument("--out", metavar="RUN", type=Path, help="the folder it is written to (default: its name)")
    parser.add_argument(
        "--init",
        metavar="CHECKPOINT",
        help="what to start from, by name or path (default: the one linepaint comes with)",
    )
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (default: auto)")
    parser.set_defaults(job=run)


def run(arguments: argparse.Namespace) -> int:
    """Fine-tune, and print what became better and where it is."""
    from tqdm import tqdm
    from tqdm.contrib.logging import logging_redirect_tqdm

    from linepaint.engine.devices import choose_device

    from ..finetune.job import finetune

    name = arguments.name or f"{arguments.art.resolve().name}-style"
    with tqdm(unit="picture", desc="prepare", leave=False) as bar, logging_redirect_tqdm():

        def show(done: int, of_all: int) -> None:
            bar.total = of_all
            bar.update(done - bar.n)
            if done == of_all:
                bar.close()

        made = finetune(
            arguments.art,
            arguments.out or Path(name),
            name=name,
            minutes=arguments.minutes,
            init=arguments.init,
            device=choose_device(arguments.device).torch_device,
            progress=show,
        )
    print(
        f"before  {made.before} hints\nafter   {made.after} hints, {made.steps} steps\n{made.sheet}\n{made.checkpoint}"
    )
    return 0
