"""The reports that `evaluate --protocol all --out` left in a folder, read back for pages and aims."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import TrainingError

NAMES = ("evaluation", "hint-auc", "line-styles", "colourfulness")


@dataclass(frozen=True)
class Reports:
    """Each report as `as_json` gave it, and the tables in Markdown by the names in NAMES."""

    evaluation: dict[str, Any]
    hint_auc: dict[str, Any]
    line_styles: dict[str, Any]
    colourfulness: dict[str, Any]
    tables: dict[str, str]

    def figures(self, name: str, hints: int) -> dict[str, float | None]:
        """The figures of a painter with so many hints."""
        return next(
            row["figures"] for row in self.evaluation["results"] if (row["name"], row["hints"]) == (name, hints)
        )

    @property
    def painters(self) -> list[str]:
        """Who was measured, in the tables' order; the first is ours, the others fillers."""
        return list(dict.fromkeys(row["name"] for row in self.evaluation["results"]))

    @property
    def counts(self) -> list[int]:
        """The numbers of hints, ascending."""
        return sorted({row["hints"] for row in self.evaluation["results"]})


def read_reports(folder: Path) -> Reports:
    """All reports in a folder. Raises TrainingError where one is not there or cannot be read."""
    try:
        plain = {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in NAMES}
        tables = {name: (folder / f"{name}.md").read_text("utf-8").strip() for name in NAMES}
    except (OSError, ValueError) as error:
        raise TrainingError(f"{folder} lacks a report ({error}); write them with make evaluate.") from error
    return Reports(plain["evaluation"], plain["hint-auc"], plain["line-styles"], plain["colourfulness"], tables)
