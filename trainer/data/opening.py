"""What `--data` names: folders of pictures, which are read into memory, or shards, which are streamed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from linepaint.engine.catalog import Mode

from ..errors import TrainingError
from ..recipe import Recipe
from .collection import PicturePairs, Pictures
from .shards import expand_shards, is_shards
from .sources import describe_sources
from .streaming import Shards

Data = Pictures | PicturePairs | Shards


def open_data(data: Sequence[str | Path], recipe: Recipe, longest_side: int) -> Data:
    """Read the folders, or find the shards; of nothing, no pictures. Raises TrainingError, also for a mixture.

    longest_side: pictures are shrunk to it, px.
    """
    streamed = [str(name) for name in data if is_shards(str(name))]
    asked = recipe.data
    if not streamed:
        folders = [Path(name) for name in data]
        if recipe.mode is Mode.PICTURE:
            return PicturePairs(folders, longest_side, asked.direction)
        return Pictures(folders, asked.weights, longest_side, asked.lines_from)
    if recipe.mode is Mode.PICTURE:
        raise TrainingError('mode = "picture" reads folders of picture pairs, not shards.')
    if len(streamed) < len(data):
        raise TrainingError("--data takes folders or shards, not both; pack the folders with prepare --shards.")
    return Shards(tuple(expand_shards(streamed)), asked.weights, longest_side)


def describe_data(opened: Data, data: Sequence[str | Path], procedural: float) -> list[dict[str, Any]]:
    """The sources and their licences, for the checkpoint's header. procedural: the share of samples that are drawn."""
    if isinstance(opened, Shards):
        return opened.sources() + (describe_sources([], [], procedural) if procedural > 0 else [])
    return describe_sources(opened.sources, [Path(name) for name in data], procedural)


def merged(sources: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Both lists of sources as one; what stands in both under the same licence stands in it once."""
    known = {(entry["source"], entry["licence"]) for entry in sources}
    return sources + [entry for entry in others if (entry.get("source"), entry.get("licence")) not in known]
