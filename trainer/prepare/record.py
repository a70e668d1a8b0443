"""What became of one picture."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Kept as a pair, or why not."""

    KEPT = "kept"
    TWIN = "twin"
    TINY = "tiny"
    GRAY = "greyscale"
    BROKEN = "broken"
    NO_LINES = "no usable lines"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True)
class Record:
    """A line of the report.

    picture: its path below the art folder. detail: the reason in words. name: its pair's path, without a suffix, below
    the output folder. source: the sub-folder. bytes: of the file. width, height: of the original, px. lines: where the
    lines came from, "layer", "fdog" or "scan". ink: the share of the drawing that is ink. inked: the share of the
    picture's edges that its artist inked (fdog only). likeness: see `Likeness`.
    """

    picture: str
    outcome: Outcome
    detail: str = ""
    name: str = ""
    source: str = ""
    bytes: int = 0
    width: int = 0
    height: int = 0
    lines: str = ""
    ink: float = 0.0
    inked: float | None = None
    likeness: str = ""

    @classmethod
    def read(cls, values: Mapping[str, object]) -> Record:
        """The inverse of `told`, from JSON or CSV. Raises ValueError, KeyError or TypeError for anything else."""
        text = {field.name: str(values[field.name]) for field in dataclasses.fields(cls)}
        return cls(
            text["picture"],
            Outcome(text["outcome"]),
            text["detail"],
            text["name"],
            text["source"],
            int(text["bytes"]),
            int(text["width"]),
            int(text["height"]),
            text["lines"],
            float(text["ink"]),
            float(text["inked"]) if text["inked"] else None,
            text["likeness"],
        )

    def told(self) -> dict[str, str | int | float]:
        """For JSON and CSV, which then say the same."""
        told = dataclasses.asdict(self)
        told["outcome"] = self.outcome.value
        told["inked"] = "" if self.inked is None else self.inked
        return told
