"""Recipes as TOML files that a newcomer can read, with every key and type checked."""

from __future__ import annotations

import dataclasses
import tomllib
from importlib.resources import files
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from linepaint.engine.catalog import Mode

from .errors import TrainingError
from .recipe import Ramp, Recipe


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
        recipe = _fill(Recipe, tomllib.loads(text) | {"text": text}, "")
        _check(recipe)
    except (tomllib.TOMLDecodeError, ValueError, TypeError) as error:
        raise TrainingError(f"{source}: {error}.") from error
    return recipe


def _check(recipe: Recipe) -> None:
    """Raises ValueError for values of the right type that make no sense."""
    if not recipe.stages or min(min(s.steps, s.size, s.batch) for s in recipe.stages) < 1:
        raise ValueError("it needs at least one [[stages]] with steps, size and batch of 1 or more")
    if min(recipe.log_every, recipe.sheet_every, recipe.save_every) < 1:
        raise ValueError("log_every, sheet_every and save_every must be 1 or more")
    for stage in recipe.stages:
        if stage.accumulate < 1 or stage.batch % stage.accumulate:
            raise ValueError(f"a batch of {stage.batch} cannot be worked through in {stage.accumulate} equal parts")
        if (stage.loss.cycle or stage.loss.identity) and recipe.step != "unpaired":
            raise ValueError('the losses cycle and identity belong to step = "unpaired"')
        if stage.loss.bce and recipe.mode is not Mode.SCAN:
            raise ValueError('the loss bce compares ink, which belongs to mode = "scan"')
    if (recipe.critic.loss, recipe.critic.norm) == ("wgan-gp", "batch"):
        raise ValueError('the penalty of "wgan-gp" is each picture\'s own, which a critic with norm = "batch" mixes')
    if recipe.step == "unpaired" and recipe.mode is not Mode.SCAN:
        raise ValueError('step = "unpaired" is for mode = "scan"')


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
    if kind is Ramp:
        return _ramp(value, where)
    if dataclasses.is_dataclass(kind):
        if not isinstance(value, dict):
            raise ValueError(f"{where} must be a table")
        return _fill(kind, value, f"{where}.")  # type: ignore[arg-type]
    origin = get_origin(kind)
    if origin is Literal:
        if value not in get_args(kind):
            raise ValueError(f"{where} must be one of {', '.join(get_args(kind))}, not {value!r}")
        return value
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


def _ramp(value: Any, where: str) -> Ramp:
    ends = value if isinstance(value, list) else [value, value]
    if len(ends) != 2 or not all(isinstance(end, int | float) and not isinstance(end, bool) for end in ends):
        raise ValueError(f"{where} must be a number, or [from, to], not {value!r}")
    return Ramp(float(ends[0]), float(ends[1]))
