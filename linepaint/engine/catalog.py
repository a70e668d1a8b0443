"""Which checkpoints there are, read from their headers alone: no torch, no weights."""

from __future__ import annotations

import importlib.resources
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from linepaint.engine.errors import CheckpointError

FORMAT = "linepaint-checkpoint-1"
DEFAULT_CHECKPOINT = "live"
SUFFIX = ".safetensors"
MAX_FILE_BYTES = 2 * 1024**3
DEFAULT_SIZE = 256
SIZES = range(16, 4097)
"""Training sizes that a header may name, px."""


class Mode(StrEnum):
    """What a checkpoint turns into what.

    LINEART: lines and hints into the colour under the lines. GRAYSCALE: a gray picture and hints into its colours.
    SCAN: a colour picture into the line drawing it could have come from. PICTURE: RGB into RGB, as its pairs taught.
    """

    LINEART = "lineart"
    GRAYSCALE = "grayscale"
    SCAN = "scan"
    PICTURE = "picture"


@dataclass(frozen=True)
class CheckpointInfo:
    """The header of a checkpoint.

    architecture: a name that `linepaint.engine.architectures` lists; config: its arguments. data: a list of
    {"source", "pictures", "licence"}, what the weights were trained on. metrics: name -> value, as measured then.
    size: the longest side at which it was trained, px.
    """

    name: str
    path: Path
    mode: Mode
    architecture: str
    config: dict[str, Any]
    recipe: str
    steps: int
    metrics: dict[str, float]
    data: list[dict[str, Any]]
    licence: str
    size: int = DEFAULT_SIZE


def read_info(path: Path) -> CheckpointInfo:
    """Read a checkpoint's header. Raises CheckpointError if it is not one of ours."""
    try:
        if path.is_dir():
            raise CheckpointError(f"{path.name} is a folder; choose a {SUFFIX} checkpoint file.")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise CheckpointError(f"{path.name} is larger than any linepaint checkpoint; choose another file.")
        with safe_open(str(path), framework="numpy") as file:
            header = file.metadata() or {}
    except OSError as error:
        raise CheckpointError(
            f"The checkpoint {path} cannot be read ({error.strerror or 'no such file'}); choose another."
        ) from error
    except SafetensorError as error:
        raise CheckpointError(
            f"{path.name} is not a safetensors file, or is damaged; "
            "checkpoints of other kinds are not opened, because they can run code."
        ) from error
    if header.get("format") != FORMAT:
        raise CheckpointError(
            f"{path.name} is a safetensors file but no linepaint checkpoint (its header does not say {FORMAT})."
        )
    try:
        return CheckpointInfo(
            name=path.stem,
            path=path,
            mode=Mode(header["mode"]),
            architecture=header["architecture"],
            config=_json(header["config"], dict),
            recipe=header["recipe"],
            steps=int(header["steps"]),
            metrics=_json(header.get("metrics", "{}"), dict),
            data=_json(header.get("data", "[]"), list),
            licence=header.get("licence", ""),
            size=_size(header.get("size", str(DEFAULT_SIZE))),
        )
    except (KeyError, ValueError, RecursionError) as error:
        raise CheckpointError(f"{path.name} has a damaged header ({error}); download or train it again.") from error


def shipped_checkpoints() -> list[CheckpointInfo]:
    """The checkpoints that came with the program, the default first, then by name."""
    folder = Path(str(importlib.resources.files("linepaint.resources") / "checkpoints"))
    found = [read_info(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]
    return sorted(found, key=lambda info: (info.name != DEFAULT_CHECKPOINT, info.name))


def find_checkpoint(checkpoint: str | Path | None = None) -> CheckpointInfo:
    """The header of a shipped checkpoint by name, of any by path, or of the default. Raises CheckpointError."""
    if checkpoint is None:
        checkpoint = DEFAULT_CHECKPOINT
    shipped = {info.name: info for info in shipped_checkpoints()}
    if str(checkpoint) in shipped:
        return shipped[str(checkpoint)]
    if "\0" in str(checkpoint):
        raise CheckpointError("The checkpoint's name is none that a file can have; choose another.")
    path = Path(checkpoint)
    if path.suffix != SUFFIX and not _exists(path):
        names = ", ".join(shipped) or "none"
        raise CheckpointError(f"There is no checkpoint {checkpoint}; the shipped ones are: {names}.")
    return read_info(path)


def _exists(path: Path) -> bool:
    """Whether there is such a file; an impossible name is one that is not there."""
    try:
        return path.exists()
    except OSError:
        return False


def _size(text: str) -> int:
    size = int(text)
    if size not in SIZES:
        raise ValueError(f"size {size} is out of bounds")
    return size


def _json(text: str, kind: type) -> Any:
    value = json.loads(text)
    if not isinstance(value, kind):
        raise ValueError(f"expected a {kind.__name__}")
    return value
