"""The libraries of the system that pip cannot bring: which of them the installed packages lack, and how to get them.

On Linux, Qt and OpenCV load libraries that a bare system does not have. `ldd` asks the loader itself which ones it
does not find; on Debian and its kin, apt-get has them all.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

OFFSCREEN_PACKAGES = (
    "libegl1",
    "libgl1",
    "libopengl0",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0",
    "fontconfig",
    "fonts-dejavu-core",
)
"""For Qt without a screen, and for OpenCV."""

WINDOW_PACKAGES = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-image0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
)
"""For windows on an X server."""

TEST_PACKAGES = ("xvfb", "xauth")
"""An X server without a screen, for the tests and the screenshots."""

PACKAGES = (*OFFSCREEN_PACKAGES, *WINDOW_PACKAGES, *TEST_PACKAGES)

LOADED = (
    "PySide6/QtWidgets.abi3.so",
    "PySide6/QtSvg.abi3.so",
    "PySide6/Qt/plugins/platforms/libqoffscreen.so",
    "PySide6/Qt/plugins/platforms/libqxcb.so",
    "cv2/cv2.abi3.so",
)
"""Files of the installed packages that load the system's libraries, below site-packages."""

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


class AptFailed(Exception):
    """apt-get could not install something; what it said is on the screen."""


def missing(site_packages: Path) -> list[str]:
    """What Qt and OpenCV need and the loader does not find, such as "libxcb-cursor.so.0"; empty where nothing is."""
    if not sys.platform.startswith("linux"):
        return []
    names = {name for file in LOADED for name in _not_found_by(site_packages / file)}
    return sorted(names) + ([] if _has_fonts() else ["a font"])


def can_test_windows() -> bool:
    """Whether there is an X server for tests to open windows on. Elsewhere than on Linux they need none."""
    return not sys.platform.startswith("linux") or shutil.which("Xvfb") is not None


def has_apt() -> bool:
    """Whether this system's packages come through apt-get."""
    return shutil.which("apt-get") is not None


def apt_prefix() -> list[str] | None:
    """What to put before apt-get so that it works without a question; None where that cannot be had."""
    if not has_apt():
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    may = subprocess.run([sudo, "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return [sudo, "-n"] if may.returncode == 0 else None


def command_to_type(packages: Iterable[str]) -> str:
    """The one command with which a person installs these packages."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {shlex.join(packages)}"


def apt_install(packages: Iterable[str], prefix: list[str]) -> None:
    """Install these packages with apt-get. Raises AptFailed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    keep = ["DEBIAN_FRONTEND=noninteractive"] if prefix else []
    for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
        done = subprocess.run([*prefix, *keep, "apt-get", *arguments], env=environment, check=False)
        # An index that cannot be refreshed may still be good enough to install from.
        if done.returncode and arguments[0] == "install":
            raise AptFailed


def not_found(ldd_output: str) -> list[str]:
    """The libraries that `ldd` printed as not found, each once, in its order."""
    return list(dict.fromkeys(re.findall(r"^\s*(\S+) => not found", ldd_output, re.MULTILINE)))


def _not_found_by(file: Path) -> list[str]:
    if not file.exists() or shutil.which("ldd") is None:
        return []
    listing = subprocess.run(["ldd", str(file)], capture_output=True, text=True, check=False)
    return not_found(listing.stdout)


def _has_fonts() -> bool:
    """Without a single font, Qt draws boxes instead of letters."""
    suffixes = {".ttf", ".otf", ".ttc", ".pfb"}
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(path.suffix in suffixes for folder in folders for path in folder.rglob("*"))
