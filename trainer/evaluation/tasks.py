"""The protocols that `evaluate` knows: each measures a contest, and gives what is printed and what is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from linepaint.engine.catalog import Mode

from ..errors import TrainingError
from .contest import Contest
from .hint_auc import RATIOS, Kind, evaluate_hint_auc
from .hint_auc.report import hint_auc_tables
from .line_styles import LINE_STYLES
from .liveliness import evaluate_liveliness, liveliness_table
from .protocol import Protocol, counts_of, evaluate
from .report import markdown_table, report_files
from .robustness import evaluate_line_styles, style_tables
from .tables import json_bytes

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Measured:
    """tables: Markdown to print. files: what a folder of reports holds of it, by name, made when it is asked for."""

    tables: str
    files: Callable[[], dict[str, bytes]]


def results_of(contest: Contest, protocol: str, kinds: Sequence[Kind]) -> int:
    """How many results a protocol asks for, which is how far `progress` counts."""
    painters, drawings = len(contest.painters), len(contest.cases)
    if protocol == "hints":
        names = [case.name for case in contest.cases]
        return drawings * sum(len(counts_of(painter, names, contest.counts)) for painter in contest.painters)
    return (
        drawings * painters * {"hint-auc": len(kinds) * len(RATIOS), "line-styles": len(LINE_STYLES)}.get(protocol, 1)
    )


def measured(contest: Contest, protocol: str, kinds: Sequence[Kind], progress: Progress) -> Measured:
    """Run one protocol, by the name that `--protocol` has for it. progress: told how many results more are done.

    Raises TrainingError and EngineError.
    """
    painters, cases, size = contest.painters, contest.cases, contest.size
    if protocol != "hints" and contest.mode is not Mode.LINEART:
        raise TrainingError(f"--protocol {protocol} is for colouring line art; leave it out for {contest.mode.value}.")
    if protocol == "hint-auc":
        auc = evaluate_hint_auc(painters, cases, kinds, size, progress)
        return _measured(hint_auc_tables(auc), "hint-auc", auc.as_json)
    if protocol == "line-styles":
        robustness = evaluate_line_styles(painters, cases, size, contest.seed, progress)
        return _measured(style_tables(robustness), "line-styles", robustness.as_json)
    if protocol == "colourfulness":
        liveliness = evaluate_liveliness(painters, cases, size, progress)
        return _measured(liveliness_table(liveliness), "colourfulness", liveliness.as_json)
    asked = Protocol(contest.mode, contest.counts, size, contest.seed, contest.enlarged)
    evaluation = evaluate(painters, cases, asked, progress)
    return Measured(markdown_table(evaluation), lambda: report_files(evaluation))


def without_fillers(contest: Contest, fillers: Sequence[str]) -> Contest:
    """The contest without the baselines of those names: what they do without a hint is white, and says nothing."""
    painters = tuple(painter for painter in contest.painters if painter.name not in fillers)
    return replace(contest, painters=painters or contest.painters)


def _measured(tables: str, name: str, as_json: Callable[[], object]) -> Measured:
    def files() -> dict[str, bytes]:
        return {f"{name}.json": json_bytes(as_json()), f"{name}.md": (tables + "\n").encode()}

    return Measured(tables, files)
