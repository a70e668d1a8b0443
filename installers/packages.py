"""Which packages are made of a bundle on which system."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

Packager = Callable[[Path, Path, str], Path]
"""Writes a package of a bundle into a folder, under this package name; returns its path."""


def packagers() -> list[Packager]:
    """Those for the system that this runs on. What needs a program that is not there says so, and is left out."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        from .macos.application import build_archive

        return [build_archive]
    from .linux.debian import build_deb
    from .linux.tarball import build_tarball

    if shutil.which("dpkg") is None:
        print("No .deb is made: dpkg, which knows the names of the libraries' packages, is not installed.")
        return [build_tarball]
    return [build_deb, build_tarball]


def _windows() -> list[Packager]:
    from .windows.inno import build_setup

    if shutil.which("iscc") is None:
        print("No setup program is made: iscc of Inno Setup 6 is not on the PATH.")
        return []
    return [build_setup]
