"""The archive for all kinds of Linux: unpack it anywhere, and the programs in it run in place.

    python -m installers.linux.tarball BUNDLE OUT [PACKAGE]

`tar --zstd -xf` takes it apart; zstd looks back no further than 128 MiB for that, which it does without being asked.
"""

from __future__ import annotations

import platform
import sys
from datetime import datetime
from pathlib import Path

from ..commands import need
from ..errors import BuildError
from ..places import ROOT
from ..product import PRODUCT
from .archive import EXECUTABLE, Member, compress, folder_members
from .desktop import desktop_members
from .moment import moment

INSTALLER = "install-desktop-entry.sh"
TEMPLATES = ROOT / "installers" / "linux" / "templates"
COMPRESSION = ("-15", "--long=27", "--threads=2")
"""What zstd does in a minute or two; -19 takes ten. It makes the same bytes with any number of threads."""

README = f"""\
Double-click {PRODUCT.name} in this folder; ./{INSTALLER} puts it into your desktop's menus, if you like.
To get rid of it, run ./{INSTALLER} --remove, if you ran it before, and delete this folder.
"""


def build_tarball(bundle: Path, out: Path, package: str = PRODUCT.name) -> Path:
    """Write the archive of a frozen folder into `out`; its path. Raises BuildError."""
    zstd = need("zstd", "zstd")
    when = moment()
    top = f"{package}-{PRODUCT.version}"
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{top}-linux-{platform.machine()}.tar.zst"
    beside = path.with_suffix(".zst.new")
    compress([zstd, "--quiet", *COMPRESSION, "--stdout", "-"], archived_files(bundle, top, when), beside, when)
    beside.replace(path)
    return path


def archived_files(bundle: Path, top: str, when: datetime) -> list[Member]:
    """All files of the archive, below the folder `top`. Raises BuildError where the bundle lacks a program."""
    if lost := [program.name for program in PRODUCT.programs if not (bundle / program.name).is_file()]:
        raise BuildError(f"{bundle} is no bundle of {PRODUCT.title}: it has no {lost[0]}; run make bundle first.")
    members = [member for member in folder_members(bundle, top) if member.name != f"{top}/LICENSE"]
    # AppStream describes what is installed for everybody, which this is not.
    desktop = [member for member in desktop_members(when, f"{top}/share") if "/metainfo/" not in member.name]
    return [
        *members,
        *desktop,
        Member(f"{top}/README.txt", README.encode()),
        Member(f"{top}/LICENSE", ROOT / "LICENSE"),
        Member(f"{top}/{INSTALLER}", TEMPLATES / INSTALLER, EXECUTABLE),
    ]


def main() -> int:
    """Write the archive that the command line names; the exit status."""
    if len(sys.argv) not in (3, 4):
        raise SystemExit("usage: python -m installers.linux.tarball BUNDLE OUT [PACKAGE]")
    try:
        package = sys.argv[3] if len(sys.argv) == 4 else PRODUCT.name
        print(build_tarball(Path(sys.argv[1]), Path(sys.argv[2]), package))
    except BuildError as error:
        raise SystemExit(str(error)) from error
    return 0


if __name__ == "__main__":
    sys.exit(main())
