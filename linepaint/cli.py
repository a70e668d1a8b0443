"""The command line `linepaint`. Every error is one plain line on stderr and exit status 2."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from linepaint import __version__
from linepaint.arguments import USAGE_ERROR, ArgumentParser

INTERRUPTED = 130
LARGEST_SEED = 2**63 - 1
FIRST_SAMPLE = "girl-with-flowers.ora"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the application or one job; the exit status."""
    argv = list(sys.argv[1:] if argv is None else argv)
    try:
        if argv[:1] == ["colorize"]:
            return _colorize(_colorize_parser().parse_args(argv[1:]))
        if argv[:1] == ["lines"]:
            return _lines(_lines_parser().parse_args(argv[1:]))
        arguments = _application_parser().parse_args(argv)
        return _self_test() if arguments.self_test else _application(arguments.files)
    except KeyboardInterrupt:
        return INTERRUPTED


def _application_parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="linepaint",
        description="Open line drawings and gray pictures and colour them by painting hints.",
        epilog="linepaint colorize --help and linepaint lines --help tell what can be done without a window.",
    )
    parser.add_argument("files", metavar="FILE", nargs="*", help="drawings, pictures or .ora documents to open")
    parser.add_argument("--version", action="version", version=f"linepaint {__version__}")
    parser.add_argument(
        "--self-test", action="store_true", help="colour the bundled sample, save it, reopen it, and say so"
    )
    return parser


def _colorize_parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="linepaint colorize",
        description="Colour a line drawing, or every one in a folder; with --checkpoint grayscale, gray pictures, "
        "which keep all their tones; with a checkpoint of mode picture, any.",
    )
    parser.add_argument("lines", metavar="LINES", type=Path, help="a drawing or gray picture, or a folder of them")
    parser.add_argument(
        "--hints",
        metavar="H",
        type=Path,
        help="an RGBA picture of hints, or a folder of them with the drawings' names",
    )
    parser.add_argument("-o", "--out", metavar="OUT", type=Path, required=True, help="the file or folder to write")
    parser.add_argument("--checkpoint", metavar="NAME|PATH", help="a shipped checkpoint or a .safetensors file")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (default: auto)")
    parser.add_argument("--size", metavar="PX", type=int, help="longest side at which the network works")
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="which of several colourings (default: 0)")
    parser.add_argument(
        "--clamp", action="store_true", help="a hint colours its own region, small gaps closed, and nothing beyond"
    )
    parser.add_argument("--format", choices=("png", "ora", "psd"), help="default: by OUT's ending, png in folders")
    parser.add_argument(
        "--layers",
        action="store_true",
        help="also write the colour layer and the lines, or the gray picture, as pictures of their own",
    )
    return parser


def _lines_parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="linepaint lines", description="Make the line drawing of a colour picture, or of every one in a folder."
    )
    parser.add_argument("picture", metavar="PICTURE", type=Path, help="a colour picture, or a folder of them")
    parser.add_argument("-o", "--out", metavar="OUT", type=Path, required=True, help="the file or folder to write")
    parser.add_argument("--checkpoint", metavar="NAME|PATH", help="a checkpoint of mode scan: shipped, or a file")
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (default: auto)")
    parser.add_argument(
        "--size", metavar="PX", type=int, help="longest side at which the network works (default: the picture's own)"
    )
    return parser


def _lines(arguments: argparse.Namespace) -> int:
    from linepaint.batch import run_jobs, trace
    from linepaint.engine import EngineError, LineTracer
    from linepaint.files.errors import FileError
    from linepaint.planning import TRACING, plan_jobs

    if fault := _size_fault(arguments.size):
        return _fail(fault)
    try:
        jobs = plan_jobs(TRACING, arguments.picture, arguments.out)
        tracer = LineTracer.load(arguments.checkpoint, arguments.device)
    except (FileError, EngineError) as error:
        return _fail(str(error))
    failed = run_jobs(jobs, lambda job: trace(job, tracer, size=arguments.size), _complain)
    return USAGE_ERROR if failed else 0


def _size_fault(size: int | None) -> str:
    """What is wrong with a --size, empty where nothing is."""
    if size is None or 32 <= size <= 4096:
        return ""
    return f"--size must lie between 32 and 4096 pixels, not {size}."


def _colorize(arguments: argparse.Namespace) -> int:
    from linepaint.batch import color, run_jobs
    from linepaint.engine import Colorizer, EngineError
    from linepaint.files.errors import FileError
    from linepaint.planning import COLORING, plan_jobs

    if fault := _size_fault(arguments.size):
        return _fail(fault)
    if not 0 <= arguments.seed <= LARGEST_SEED:
        return _fail(f"--seed must lie between 0 and {LARGEST_SEED}, not {arguments.seed}.")
    try:
        jobs = plan_jobs(COLORING, arguments.lines, arguments.out, hints=arguments.hints, format_name=arguments.format)
        colorizer = Colorizer.load(arguments.checkpoint, arguments.device, arguments.seed, clamp=arguments.clamp)
    except (FileError, EngineError) as error:
        return _fail(str(error))
    failed = run_jobs(jobs, lambda job: color(job, colorizer, size=arguments.size, layers=arguments.layers), _complain)
    return USAGE_ERROR if failed else 0


def _self_test() -> int:
    from linepaint.engine import EngineError
    from linepaint.files.errors import FileError
    from linepaint.self_test import self_test

    try:
        print(self_test(sample_path()))
    except (FileError, EngineError, OSError) as error:
        return _fail(f"The self-test failed: {error}")
    return 0


def _application(files: list[str]) -> int:
    if not has_screen():
        return _fail("There is no screen to open a window on; use linepaint colorize to colour files without one.")
    from linepaint.ui.app import run

    return run(files)


def sample_path() -> Path:
    """The sample that a new artist sees first."""
    import importlib.resources

    return Path(str(importlib.resources.files("linepaint.resources") / "samples" / FIRST_SAMPLE))


def has_screen() -> bool:
    """Whether a window can be opened: always so but for Linux without X, Wayland or a Qt platform asked for."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _complain(message: str) -> None:
    print(f"linepaint: {message}", file=sys.stderr)


def _fail(message: str) -> int:
    _complain(message)
    return USAGE_ERROR
