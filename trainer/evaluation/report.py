"""An evaluation to read: a table in Markdown, and the files of its folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .contest import HINTED
from .figures import ARROWS, figures_of
from .protocol import Evaluation
from .tables import json_bytes, table, write_files

JSON_NAME = "evaluation.json"
TABLE_NAME = "evaluation.md"
PLOT_NAME = "evaluation.png"


def markdown_table(evaluation: Evaluation, keys: Sequence[str] = ()) -> str:
    """Rows by painter and number of hints, with what the truth has last where that is the aim. keys: of the figures
    that are shown, () for all."""
    figures = [f for f in figures_of(evaluation.protocol.mode) if not keys or f.key in keys]
    hinted = evaluation.protocol.mode in HINTED
    headings = ["", *(["hints"] if hinted else [])]
    headings += [" ".join(p for p in (f.heading, f.unit, ARROWS[f.better]) if p) for f in figures]
    rows = [
        [row.name, *([str(row.hints)] if hinted else []), *(f.shown(row.figures[f.key]) for f in figures)]
        for row in evaluation.rows
    ]
    if evaluation.truth:
        of_truth = [f.shown(evaluation.truth[f.key]) if f.key in evaluation.truth else "" for f in figures]
        rows.append(["*truth*", "", *of_truth])
    return table(headings, rows)


def report_files(evaluation: Evaluation) -> dict[str, bytes]:
    """The contents of evaluation.json, .md and .png, by name."""
    from .plots import plot

    return {
        JSON_NAME: json_bytes(evaluation.as_json()),
        TABLE_NAME: (markdown_table(evaluation) + "\n").encode(),
        PLOT_NAME: plot(evaluation),
    }


def write_report(evaluation: Evaluation, folder: Path) -> list[Path]:
    """Write those files into a folder. Raises TrainingError if that cannot be done."""
    return write_files(folder, report_files(evaluation))
