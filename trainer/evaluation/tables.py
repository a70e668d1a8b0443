"""Tables in Markdown that can be read as they are, and writing a report's files whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import TrainingError


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose columns stand under each other: the first to the left, the others, being figures, to the right."""
    widths = [max(len(line[i]) for line in [headings, *rows]) for i in range(len(headings))]
    rule = ["-" * max(3, widths[0]), *("-" * max(2, width - 1) + ":" for width in widths[1:])]
    widths = [len(cell) for cell in rule]
    lines = [_padded(headings, widths), rule, *(_padded(row, widths) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def bold_best(values: Sequence[float | None], digits: int, *, highest: bool) -> list[str]:
    """Figures as a table shows them, the best of them, and what looks the same, in bold; None is a dash."""
    shown = ["–" if value is None else f"{value:.{digits}f}" for value in values]
    known = [float(text) for text in shown if text != "–"]
    best = (max(known) if highest else min(known)) if known else None
    return [f"**{text}**" if text != "–" and float(text) == best else text for text in shown]


def json_bytes(value: Any) -> bytes:
    """Plain values as a file holds them, a person may read it."""
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write files by name into a folder, each whole or not at all. Raises TrainingError if that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            temporary = folder / f".{name}.part"
            temporary.write_bytes(data)
            temporary.replace(folder / name)
    except OSError as error:
        raise TrainingError(f"{folder} cannot be written to ({error.strerror}); choose another --out.") from error
    return [folder / name for name in files]


def _padded(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """The name to the left, figures to the right."""
    return [cells[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(cells[1:], widths[1:], strict=True))]
