"""An evaluation to read: a table in Markdown, and the files of its folder."""

from __future__ import annotations

import json
from pathlib import Path

from ..errors import TrainingError
from .contest import HINTED
from .figures import ARROWS, figures_of
from .protocol import Evaluation

JSON_NAME = "evaluation.json"
PLOT_NAME = "evaluation.png"


def markdown_table(evaluation: Evaluation) -> str:
    """Rows by painter and number of hints, with what the truth has last where that is the aim."""
    figures = figures_of(evaluation.protocol.mode)
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
    widths = [max(len(line[i]) for line in [headings, *rows]) for i in range(len(headings))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [_padded(headings, widths), rule, *(_padded(row, widths) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _padded(cells: list[str], widths: list[int]) -> list[str]:
    """The name to the left, figures to the right."""
    return [cells[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(cells[1:], widths[1:], strict=True))]


def write_report(evaluation: Evaluation, folder: Path) -> list[Path]:
    """Write evaluation.json and evaluation.png into a folder. Raises TrainingError if that cannot be done."""
    from .plots import plot

    text = json.dumps(evaluation.as_json(), indent=1, ensure_ascii=False) + "\n"
    written = [folder / JSON_NAME, folder / PLOT_NAME]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in zip(written, (text.encode(), plot(evaluation)), strict=True):
            temporary = path.with_name(f".{path.name}.part")
            temporary.write_bytes(data)
            temporary.replace(path)
    except OSError as error:
        raise TrainingError(f"{folder} cannot be written to ({error.strerror}); choose another --out.") from error
    return written
