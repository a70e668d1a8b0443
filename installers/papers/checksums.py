"""SHA256SUMS: what somebody who downloaded a file compares it with.

python -m installers.papers.checksums FOLDER
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from ..errors import BuildError

NAME = "SHA256SUMS"


def write_checksums(folder: Path) -> Path:
    """Write the sums of all files in `folder` itself, by name, as `sha256sum -c` reads them; the path of the list.

    Folders, such as the unpacked bundle, links, hidden files and the list itself are left out. Raises BuildError if
    there is no file, or one whose name has a line's end or a backslash in it, which sha256sum would want to be written
    otherwise.
    """
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    files = [path for path in files if path.name != NAME and not path.name.startswith(".")]
    if not files:
        raise BuildError(f"There is nothing in {folder} to make checksums of; build the installers first.")
    if odd := [path.name for path in files if set(path.name) & {"\n", "\r", "\\"}]:
        raise BuildError(f"The name {odd[0]!r} cannot stand in a list of checksums; give the file a plain one.")
    lines = []
    for path in files:
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    written = folder / NAME
    beside = folder / f".{NAME}.new"
    beside.write_text("".join(lines), encoding="utf-8", newline="\n")
    beside.replace(written)
    return written


def main() -> int:
    """Write the list for the folder that the command line names; the exit status."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m installers.papers.checksums FOLDER")
    try:
        print(write_checksums(Path(sys.argv[1])))
    except (BuildError, OSError) as error:
        raise SystemExit(str(error)) from error
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
