"""A recipe: everything that decides what a training run does, read from a TOML file that a newcomer can read."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from linepaint.engine.catalog import Mode

from .errors import TrainingError


@dataclass(frozen=True)
class DataRecipe:
    """What a run sees.

    procedural: share of samples drawn by `trainer.drawings` instead of taken from the folder. weights: for each
    sub-folder of the data, how often its pictures are picked (1 = as often as any other). recolor: share of samples
    whose hues are shifted, so that hints and not habits decide. workers: loader processes.
    """

    procedural: float = 0.25
    weights: dict[str, float] = field(default_factory=dict)
    recolor: float = 0.5
    rough_lines: float = 0.5
    workers: int = 1


@dataclass(frozen=True)
class HintRecipe:
    """How an artist's hints are imitated; see `trainer.hints`.

    none: share of samples without a hint. most: the largest number of hints (log-uniform from 1). dots: share of
    dots among hints, the rest are strokes. radius: smallest and largest, as shares of the picture's side.
    """

    none: float = 0.15
    most: int = 64
    dots: float = 0.5
    radius: tuple[float, float] = (0.004, 0.025)


@dataclass(frozen=True)
class LossRecipe:
    """Weights of the loss terms, all taken on the composite (colour × lines)."""

    l1: float = 1.0
    l2: float = 0.0
    edges: float = 0.0
    adversarial: float = 0.0


@dataclass(frozen=True)
class Stage:
    """A stretch of training at one size. learning_rate is reached after `warmup` steps, then falls as a cosine."""

    steps: int
    size: int = 160
    batch: int = 16
    learning_rate: float = 4e-4
    warmup: int = 100
    loss: LossRecipe = field(default_factory=LossRecipe)


@dataclass(frozen=True)
class Recipe:
    """One training run, from data to checkpoint."""

    name: str
    mode: Mode
    architecture: str
    stages: tuple[Stage, ...]
    network: dict[str, Any] = field(default_factory=dict)
    data: DataRecipe = field(default_factory=DataRecipe)
    hints: HintRecipe = field(default_factory=HintRecipe)
    seed: int = 0
    ema: float = 0.999
    weight_decay: float = 1e-4
    gradient_clip: float = 1.0
    log_every: int = 20
    sheet_every: int = 250
    save_every: int = 250
    text: str = ""

    @property
    def steps(self) -> int:
        """Steps of all stages together."""
        return sum(stage.steps for stage in self.stages)

    def stage_at(self, step: int) -> tuple[Stage, int]:
        """The stage that a step, counted from 0, belongs to, and the step's number within it."""
        for stage in self.stages:
            if step < stage.steps:
                return stage, step
            step -= stage.steps
        last = self.stages[-1]
        return last, last.steps

    def with_steps(self, steps: int) -> Recipe:
        """The same recipe shortened or stretched to so many steps, its stages in proportion."""
        if steps < 1:
            raise TrainingError(f"--steps must be at least 1, not {steps}.")
        ends = [round(steps * sum(s.steps for s in self.stages[: i + 1]) / self.steps) for i in range(len(self.stages))]
        starts = [0, *ends[:-1]]
        stages = tuple(
            dataclasses.replace(stage, steps=end - start)
            for stage, start, end in zip(self.stages, starts, ends, strict=True)
            if end > start
        )
        return dataclasses.replace(self, stages=stages)


def shipped_recipes() -> list[str]:
    """The names of the recipes that come with the trainer."""
    return sorted(
        Path(entry.name).stem
        for entry in files("linepaint.trainer").joinpath("recipes").iterdir()
        if entry.name.endswith(".toml")
    )


def load_recipe(name_or_path: str) -> Recipe:
    """Read a recipe by shipped name or path. Raises TrainingError, which names the file and the key that is wrong."""
    if name_or_path in shipped_recipes():
        text = files("linepaint.trainer").joinpath("recipes", f"{name_or_path}.toml").read_text("utf-8")
    else:
        path = Path(name_or_path)
        if path.suffix != ".toml":
            raise TrainingError(
                f"There is no recipe {name_or_path}; known are {', '.join(shipped_recipes())}, or name a .toml file."
            )
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise TrainingError(f"The recipe {path} cannot be read: {error}.") from error
    return parse_recipe(text, name_or_path)


def parse_recipe(text: str, source: str = "recipe") -> Recipe:
    """Read a recipe from TOML text. Raises TrainingError."""
    try:
        table = tomllib.loads(text)
        recipe = _fill(Recipe, table | {"text": text}, "")
    except (tomllib.TOMLDecodeError, ValueError, TypeError) as error:
        raise TrainingError(f"{source}: {error}.") from error
    if not recipe.stages or min(min(s.steps, s.size, s.batch) for s in recipe.stages) < 1:
        raise TrainingError(f"{source}: it needs at least one [[stages]] with steps, size and batch of 1 or more.")
    if min(recipe.log_every, recipe.sheet_every, recipe.save_every) < 1:
        raise TrainingError(f"{source}: log_every, sheet_every and save_every must be 1 or more.")
    return recipe


T = TypeVar("T")


def _fill(kind: type[T], table: dict[str, Any], where: str) -> T:
    """Build a dataclass from a TOML table, with types checked and unknown keys refused."""
    hints = get_type_hints(kind)
    known = {f.name: f for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(set(table) - set(known)):
        raise ValueError(f"unknown key {where}{unknown[0]}")
    missing = [
        name
        for name, f in known.items()
        if name not in table and f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise ValueError(f"the key {where}{missing[0]} is missing")
    return kind(**{key: _convert(hints[key], value, f"{where}{key}") for key, value in table.items()})


def _convert(kind: Any, value: Any, where: str) -> Any:
    if dataclasses.is_dataclass(kind):
        if not isinstance(value, dict):
            raise ValueError(f"{where} must be a table")
        return _fill(kind, value, f"{where}.")  # type: ignore[arg-type]
    origin = get_origin(kind)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{where} must be a list")
        item = get_args(kind)[0]
        return tuple(_convert(item, entry, f"{where}[{i}]") for i, entry in enumerate(value))
    if origin is dict and isinstance(value, dict):
        item = get_args(kind)[1]
        return {key: _convert(item, entry, f"{where}.{key}") for key, entry in value.items()}
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(kind, type) and issubclass(kind, Mode):
        return Mode(value)
    plain = origin or kind
    if isinstance(plain, UnionType) or plain is Any:
        return value
    if not isinstance(value, plain) or (plain is int and isinstance(value, bool)):
        raise ValueError(f"{where} must be {plain.__name__}, not {value!r}")
    return value
