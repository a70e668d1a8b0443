"""The folder that a run is written to, and the facts that it keeps for whoever reads it later.

RUN/recipe.toml        what was asked for
RUN/run.json           what happened: see `RunFacts`
RUN/logs/              TensorBoard scalars, sheets, and the recipe as text
RUN/sheets/            picture sheets
RUN/NAME.safetensors   the averaged weights, ready for linepaint
RUN/state.pt           everything `--resume` needs
"""

from __future__ import annotations

import dataclasses
import json
import platform
from dataclasses import dataclass
from pathlib import Path

import torch

from .errors import TrainingError

RECIPE_NAME = "recipe.toml"
FACTS_NAME = "run.json"


@dataclass(frozen=True)
class RunFacts:
    """steps: taken, of steps_asked. images: samples seen. seconds: spent training. losses: the last ones logged.

    launch: the torchrun that started it, if one did; see `distributed.World`.
    """

    steps: int
    steps_asked: int
    images: int
    seconds: float
    processes: int
    device: str
    precision: str
    losses: dict[str, float]
    launch: str = ""
    torch: str = torch.__version__
    machine: str = platform.processor() or platform.machine()

    def write(self, run: Path) -> None:
        """Write RUN/run.json, whole or not at all. Raises OSError."""
        temporary = run / f".{FACTS_NAME}.part"
        try:
            temporary.write_text(json.dumps(dataclasses.asdict(self), indent=2) + "\n", "utf-8")
            temporary.replace(run / FACTS_NAME)
        finally:
            temporary.unlink(missing_ok=True)


def read_facts(run: Path) -> RunFacts | None:
    """What RUN/run.json says; None where there is none. Raises TrainingError if it is damaged."""
    path = run / FACTS_NAME
    if not path.exists():
        return None
    try:
        return RunFacts(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise TrainingError(f"{path} is damaged ({error}); the run's checkpoint can still be used.") from error
