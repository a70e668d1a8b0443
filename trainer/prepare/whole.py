"""Files that are there whole or not at all, whenever the process is killed."""

from __future__ import annotations

from pathlib import Path

from linepaint.files.errors import reason_of

from ..errors import TrainingError


def write_whole(path: Path, content: bytes) -> None:
    """Put content under a name at once, making its folder. Raises TrainingError, for a full disk too.

    The temporary file's name is fixed: whoever does the work again after a kill takes the leftover with it.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as error:
        raise TrainingError(f"{path} cannot be written: {reason_of(error)}.") from error
