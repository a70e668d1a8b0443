"""How large what was built is, and what made it smaller."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Sizes:
    """What the build writes into `sizes.json`, all in bytes and seconds.

    `left_out` and `slimmed` say by part what each saved, `packages` what each package still takes, `artifacts` what the
    packed files take, `seconds` how long each step took; `unpacked` is the sum of all files, links aside.
    """

    unpacked: int
    left_out: Mapping[str, int]
    slimmed: Mapping[str, int]
    packages: Mapping[str, int]
    artifacts: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


def folder_bytes(folder: Path) -> int:
    """The bytes of all files below a folder; symbolic links take none, and each hard link counts once."""
    seen = {(stat.st_dev, stat.st_ino): stat.st_size for stat in _files(folder).values()}
    return sum(seen.values())


def package_bytes(packages: Path) -> dict[str, int]:
    """What each entry of the folder of packages takes, the largest first."""
    sizes: dict[str, int] = {}
    for path, stat in _files(packages).items():
        name = path.relative_to(packages).parts[0]
        sizes[name] = sizes.get(name, 0) + stat.st_size
    return dict(sorted(sizes.items(), key=lambda item: -item[1]))


def write_sizes(sizes: Sizes, path: Path) -> None:
    """Write them as JSON."""
    path.write_text(json.dumps(asdict(sizes), indent=1) + "\n", "utf-8")


def read_sizes(path: Path) -> Sizes:
    """Read what `write_sizes` wrote."""
    return Sizes(**json.loads(path.read_text("utf-8")))


def _files(folder: Path) -> dict[Path, os.stat_result]:
    return {path: path.stat() for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()}
