"""What the commands that compare checkpoints have in common: which ones, on which drawings, with how many hints."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from ..errors import TrainingError

PROCEDURAL = 12
"""Drawings of our own making where no pictures are named."""

LARGEST_COUNT = 4096
SIZES = range(32, 4097)
ENLARGEMENTS = range(1, 9)


def add_arguments(parser: argparse.ArgumentParser, hints: Sequence[int]) -> None:
    """Checkpoints, drawings, hints and how they are made; hints: the default numbers of them."""
    parser.add_argument(
        "checkpoints",
        metavar="CHECKPOINT",
        nargs="*",
        help="checkpoints by name or path, also as LABEL=CHECKPOINT (default: the one that linepaint comes with)",
    )
    parser.add_argument(
        "--data",
        metavar="PATH",
        type=Path,
        nargs="+",
        default=[],
        help="folders with NAME.color.* and NAME.line.*, or colour pictures (default: procedural drawings)",
    )
    parser.add_argument(
        "--sources",
        metavar="NAME,NAME…",
        type=source_names,
        default=(),
        help="only these sub-folders of the folders; for scan, those whose lines are the artist's own",
    )
    parser.add_argument("--limit", metavar="N", type=int, help="at most so many drawings, evenly spaced in path order")
    parser.add_argument(
        "--procedural", metavar="N", type=int, help=f"N drawings of our own making instead (default: {PROCEDURAL})"
    )
    parser.add_argument(
        "--hints",
        metavar="N,N…",
        type=hint_counts,
        default=tuple(hints),
        help=f"numbers of hints (default: {','.join(map(str, hints))})",
    )
    parser.add_argument("--seed", metavar="N", type=int, default=0, help="of the hints and procedural drawings")
    parser.add_argument(
        "--size", metavar="PX", type=int, default=512, help="longest side of the pictures (default: 512)"
    )
    parser.add_argument(
        "--enlarge", metavar="N", type=int, default=1, help="for scan: make the pictures N times as large (1 to 8)"
    )
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N (default: auto)")
    parser.add_argument(
        "--results",
        metavar="LABEL=FOLDER",
        action="append",
        default=[],
        help="finished results of another program; may be given again",
    )
    parser.add_argument(
        "--baseline",
        metavar="NAME",
        action="append",
        default=[],
        help="a filler without a network: propagation, nearest, flood, watershed, trapped-ball, random-walker; for "
        "gray pictures gray, tone-flood, optimization, propagation; for scan checkpoints dog, xdog, canny; all for all "
        "of them; may be given again",
    )
    parser.add_argument(
        "--mode",
        choices=("lineart", "grayscale", "scan"),
        help="the task, where only results and baselines are named (default: lineart)",
    )


def hint_counts(text: str) -> tuple[int, ...]:
    """Numbers of hints, ascending, from "0,4,16". Raises argparse.ArgumentTypeError."""
    try:
        counts = sorted({int(part) for part in text.split(",")})
    except ValueError:
        counts = [-1]
    if not 0 <= counts[0] <= counts[-1] <= LARGEST_COUNT:
        raise argparse.ArgumentTypeError(f"numbers from 0 to {LARGEST_COUNT} with commas between, not {text!r}")
    return tuple(counts)


def source_names(text: str) -> tuple[str, ...]:
    """Names of sources from "openclipart,openmoji". Raises argparse.ArgumentTypeError."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",")))
    if not all(names):
        raise argparse.ArgumentTypeError(f"names of sub-folders with commas between, not {text!r}")
    return names


def labelled(values: Sequence[str]) -> list[tuple[str, str]]:
    """Labels with what they stand for, from "LABEL=PATH" or "PATH"; a path alone is labelled by its stem.

    Where several stems are alike, each gets as many parent folders in front of it as tell them apart.
    """
    pairs: list[tuple[str, str]] = []
    alone = [Path(value) for value in values if _label_of(value) is None]
    for value in values:
        label = _label_of(value)
        pairs.append((_short_name(Path(value), alone), value) if label is None else (label, value[len(label) + 1 :]))
    seen: set[str] = set()
    for label, _ in pairs:
        if label in seen:
            raise TrainingError(f"Two things are called {label}; label one of them, as in mine={label}.")
        seen.add(label)
    return pairs


def check_ranges(arguments: argparse.Namespace) -> None:
    """Raises TrainingError for numbers that make no sense."""
    if arguments.size not in SIZES:
        raise TrainingError(f"--size must lie between {SIZES[0]} and {SIZES[-1]} pixels, not {arguments.size}.")
    if arguments.enlarge not in ENLARGEMENTS:
        raise TrainingError(f"--enlarge must lie between 1 and {ENLARGEMENTS[-1]}, not {arguments.enlarge}.")
    if arguments.seed < 0:
        raise TrainingError(f"--seed must be 0 or more, not {arguments.seed}.")
    for name in ("limit", "procedural"):
        value = getattr(arguments, name)
        if value is not None and value < 1:
            raise TrainingError(f"--{name} must be at least 1, not {value}.")
    if arguments.procedural is not None and arguments.data:
        raise TrainingError("--procedural draws the pictures itself; leave out either it or --data.")
    if arguments.sources and not arguments.data:
        raise TrainingError("--sources chooses among the sub-folders of --data; name a folder with it.")


def _label_of(value: str) -> str | None:
    """The label in front of =, None where there is none or where the whole is a path that exists."""
    label, equals, _ = value.partition("=")
    return label if equals and label and "/" not in label and not Path(value).exists() else None


def _short_name(path: Path, others: Sequence[Path]) -> str:
    """The stem, with as many parent folders as tell the path from others with the same stem."""
    parts = (*path.parts[:-1], path.stem)
    rivals = [(*other.parts[:-1], other.stem) for other in others if other != path and other.stem == path.stem]
    for length in range(1, len(parts) + 1):
        if all(parts[-length:] != rival[-length:] for rival in rivals):
            return "/".join(parts[-length:])
    return str(path)
