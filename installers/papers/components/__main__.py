"""Prints what a bundle holds, and fails where something in it belongs to nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import contents


def main() -> int:
    """List the components; the exit status is 1 if a file belongs to none."""
    parser = argparse.ArgumentParser(prog="python -m installers.papers.components", description=__doc__)
    parser.add_argument("bundle", type=Path, help="the folder that was frozen")
    parser.add_argument("site_packages", type=Path, nargs="+", help="the folders of the packages it was frozen from")
    options = parser.parse_args()
    found = contents(options.bundle, options.site_packages)
    for each in found.components:
        numbers = f"{len(each.texts):4} texts {len(each.files):5} files"
        print(f"{each.kind:15}{each.name:28}{each.version:28}{each.licence:60}{numbers}")
    for file in found.unowned:
        print(f"belongs to nothing: {file}")
    return 1 if found.unowned else 0


if __name__ == "__main__":
    raise SystemExit(main())
