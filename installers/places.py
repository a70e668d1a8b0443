"""Where the build keeps things, all below the checkout but for what other checkouts can use too."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

BUILD = ROOT / "build" / "bundle"
"""What is made on the way: the wheel, icons, man pages, PyInstaller's work."""

DIST = ROOT / "dist"
"""What is made: one folder for each variant."""


def cache() -> Path:
    """What outlives a checkout: environments to freeze from. $LINEPAINT_BUILD_CACHE says where else it shall be."""
    named = os.environ.get("LINEPAINT_BUILD_CACHE")
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "linepaint-build"
