"""Names for incremental saves: page.ora, page_001.ora, page_002.ora …"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

_NUMBERED = re.compile(r"(.*)_(\d{3,})")


def next_version(path: Path, exists: Callable[[Path], bool] = Path.exists) -> Path:
    """The next name after `path` that no file has yet."""
    match = _NUMBERED.fullmatch(path.stem)
    stem, number = (match.group(1), int(match.group(2))) if match else (path.stem, 0)
    while True:
        number += 1
        candidate = path.with_name(f"{stem}_{number:03d}{path.suffix}")
        if not exists(candidate):
            return candidate
