"""Sees that the programs are there by which the frozen programs are built and tested on Linux: `make bundle` runs it.

    python scripts/bundle_tools.py

Installs with apt-get what is missing where it may, and otherwise says in one sentence what to type.
"""

from __future__ import annotations

import shutil
import sys

import system_libraries

PROGRAMS = {
    # To build.
    "gcc": "gcc",
    "readelf": "binutils",
    "xz": "xz-utils",
    "zstd": "zstd",
    # To test.
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "lintian": "lintian",
    "man": "man-db",
    "groff": "groff-base",
    "appstreamcli": "appstream",
    "gio": "libglib2.0-bin",
    "desktop-file-validate": "desktop-file-utils",
    "update-mime-database": "shared-mime-info",
}
"""Each with the Debian package that has it."""


def main() -> int:
    """Provide them; the exit status."""
    lacking = missing()
    if not lacking or not sys.platform.startswith("linux"):
        return 0
    packages = sorted({PROGRAMS[name] for name in lacking})
    prefix = system_libraries.apt_prefix()
    if prefix is not None:
        print(f"Missing from this system: {', '.join(lacking)}. Installing with apt-get …", flush=True)
        try:
            system_libraries.apt_install(packages, prefix)
        except system_libraries.AptFailed:
            print("apt-get failed; the lines above say why.", file=sys.stderr)
        lacking = missing()
    if lacking:
        command = system_libraries.command_to_type(packages)
        how = (
            f"type\n\n    {command}\n"
            if system_libraries.has_apt()
            else "install them with the system's package manager."
        )
        print(f"make: building and testing the bundle needs {', '.join(lacking)}; {how}", file=sys.stderr)
        return 1
    return 0


def missing() -> list[str]:
    """Those that are not on the PATH."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


if __name__ == "__main__":
    sys.exit(main())
