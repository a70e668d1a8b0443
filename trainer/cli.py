"""The command line `linepaint-train`: one job each, in `commands`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

from linepaint import __version__
from linepaint.arguments import USAGE_ERROR, ArgumentParser
from linepaint.engine.errors import EngineError

from .commands import COMMANDS
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
    for command in COMMANDS:
        command.add_parser(jobs)
    return parser


if __name__ == "__main__":
    sys.exit(main())
