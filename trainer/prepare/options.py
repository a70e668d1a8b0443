"""What was asked of `prepare`, kept in the output folder so that a run that goes on makes the same pairs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from linepaint.engine.catalog import Mode, shipped_checkpoints

from ..errors import TrainingError
from .whole import write_whole

OPTIONS_NAME = "prepare.json"
LINE_SOURCES = ("auto", "fdog", "scan", "layer")
FORMATS = ("webp", "png")
VERSION = 1
"""Raised whenever the same options would make other pairs."""


@dataclass(frozen=True)
class PrepareOptions:
    """How pairs are made.

    lines: "fdog" (derived), "scan" (traced by a checkpoint), "layer" (the artist's own, or none), "auto" (layer where
    there is one, else fdog). size: longest side, px; smaller pictures stay as they are. format: of the pairs, lossless.
    least_inked: pictures whose artist inked a smaller share of the edges are left out; of derived lines only.
    checkpoint: a scan checkpoint's name or path, with lines "scan" only, None there for the shipped one. shards: MB
    each, None for no shards.
    """

    lines: str = "auto"
    size: int = 768
    format: str = "webp"
    least_inked: float = 0.2
    checkpoint: str | None = None
    shards: int | None = None

    def __post_init__(self) -> None:
        """Raise TrainingError for what cannot be meant."""
        if not 64 <= self.size <= 16384:
            raise TrainingError(f"--size is the longest side in pixels, 64 to 16384, not {self.size}.")
        if self.shards is not None and self.shards < 1:
            raise TrainingError("--shards takes the size of a shard in MB, at least 1.")
        if not 0 <= self.least_inked <= 1:
            raise TrainingError(f"--inked is a share, 0 to 1, not {self.least_inked}.")
        if self.lines != "scan" and self.checkpoint is not None:
            raise TrainingError("--checkpoint names what traces the lines; add --lines scan, or leave it out.")


def keep_options(out: Path, options: PrepareOptions) -> None:
    """Write the options into a new output folder. Raises TrainingError if it was begun with others.

    Shards are made of finished pairs, so that they may be asked for later.
    """
    path = out / OPTIONS_NAME
    told = _told(options)
    try:
        before = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        write_whole(path, json.dumps(told, indent=1).encode())
        return
    except (OSError, ValueError) as error:
        raise TrainingError(f"{path} cannot be read; choose another --out, or delete that folder.") from error
    changed = [key for key in told if not isinstance(before, dict) or before.get(key) != told[key]]
    if changed:
        raise TrainingError(
            f"{out} was begun with another {' and '.join(changed)}; say the same again, or choose another --out."
        )


def _told(options: PrepareOptions) -> dict[str, object]:
    told = dataclasses.asdict(options)
    del told["shards"]
    if options.lines == "scan":
        told["checkpoint"] = _digest(options.checkpoint)
    return {"version": VERSION, **told}


def _digest(checkpoint: str | None) -> str | None:
    """The digest of its file, which tells one checkpoint from another of the same name; None, or the name, for one that
    is not there, which whoever loads it will complain about."""
    shipped = (info for info in shipped_checkpoints() if checkpoint in (None, info.name) and info.mode is Mode.SCAN)
    info = next(shipped, None)
    path = Path(checkpoint or "") if info is None else info.path
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else checkpoint
