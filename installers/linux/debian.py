"""The package for Debian, Ubuntu and their kin. Follows deb(5), deb-control(5) and Debian's policy 4.6.

    python -m installers.linux.debian BUNDLE OUT [PACKAGE]

It is put together here and not by dpkg-deb, whose xz takes neither a filter for machine code nor a larger window.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
import tempfile
import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from ..commands import need, run
from ..errors import BuildError
from ..places import BUILD, ROOT
from ..product import PRODUCT
from .archive import Member, compress, folder_members, folders_of
from .dependencies import Dependencies, dependencies
from .desktop import desktop_members
from .manual import write_pages
from .moment import moment
from .news import debian_changelog

TEMPLATES = ROOT / "installers" / "linux" / "templates"
SECTION, PRIORITY = "graphics", "optional"
RECOMMENDED = ("fonts-dejavu-core | fonts-noto-core",)
"""A font, without which Qt draws boxes."""

COMPRESSION = ("--x86", "--lzma2=preset=6,dict=64MiB")
"""docs/packaging.md has what others would give; the filter saves one part in a hundred. To unpack it takes 65 MB."""

AR_MAGIC = b"!<arch>\n"


def build_deb(bundle: Path, out: Path, package: str = PRODUCT.name, work: Path = BUILD) -> Path:
    """Write the package of a frozen folder into `out`; its path. Raises BuildError, also on systems without dpkg.

    The programs lie in /usr/lib/PACKAGE and not in /opt, so that they are found on every PATH by links in /usr/bin and
    that nothing but the package manager writes there. What is made on the way is kept below `work`.
    """
    architecture = run([need("dpkg", "dpkg"), "--print-architecture"]).strip()
    xz = need("xz", "xz-utils")
    when = moment()
    out.mkdir(parents=True, exist_ok=True)
    work.mkdir(parents=True, exist_ok=True)
    members = installed_files(bundle, package, when, work / "manual")
    about = control(package, architecture, installed_size(members), dependencies(bundle))
    with tempfile.TemporaryDirectory(dir=work) as scratch:
        data, description = Path(scratch) / "data.tar.xz", Path(scratch) / "control.tar.xz"
        files = [Member("control", about.encode()), Member("md5sums", md5sums(members).encode())]
        compress([xz, "-6", "--stdout"], files, description, when, "./")
        filters = COMPRESSION if architecture in ("amd64", "i386") else COMPRESSION[1:]
        compress([xz, "--threads=2", *filters, "--stdout"], members, data, when, "./")
        path = out / f"{package}_{PRODUCT.version}_{architecture}.deb"
        beside = path.with_suffix(".deb.new")
        write_ar([("debian-binary", b"2.0\n"), (description.name, description), (data.name, data)], beside, when)
        beside.replace(path)
    return path


def installed_files(bundle: Path, package: str, when: datetime, work: Path) -> list[Member]:
    """All files of the package. Raises BuildError where the bundle lacks a program, or a page cannot be written."""
    if lost := [program.name for program in PRODUCT.programs if not (bundle / program.name).is_file()]:
        raise BuildError(f"{bundle} is no bundle of {PRODUCT.title}: it has no {lost[0]}; run make bundle first.")
    home, documents = f"usr/lib/{package}", f"usr/share/doc/{package}"
    # The package has this licence where Debian wants it, in its file of copyrights.
    programs = [member for member in folder_members(bundle, home) if member.name != f"{home}/LICENSE"]
    news = (ROOT / "CHANGELOG.md").read_text("utf-8")
    members = [
        *programs,
        *(Member(f"usr/bin/{each.name}", link=f"../lib/{package}/{each.name}") for each in PRODUCT.programs),
        *desktop_members(when, "usr/share"),
        *(Member(f"usr/share/man/man1/{page.name}.gz", _gzip(page.read_bytes())) for page in write_pages(work)),
        Member(f"{documents}/changelog.gz", _gzip(debian_changelog(news, package, when).encode())),
        Member(f"{documents}/copyright", _template("copyright", package).encode()),
        Member(f"usr/share/lintian/overrides/{package}", _template("lintian-overrides", package).encode()),
    ]
    if (bundle / "THIRD-PARTY.txt").is_file():
        members.append(Member(f"{documents}/THIRD-PARTY.txt", link=f"../../../lib/{package}/THIRD-PARTY.txt"))
    return members


def control(package: str, architecture: str, size: int, needs: Dependencies) -> str:
    """The control file; `size` in KiB."""
    variant = package != PRODUCT.name
    fields = {
        "Package": package,
        "Version": PRODUCT.version,
        "Architecture": architecture,
        "Maintainer": PRODUCT.contact,
        "Installed-Size": str(size),
        "Depends": ", ".join(needs.depends),
        "Recommends": ", ".join([*needs.recommends, *RECOMMENDED]),
        "Suggests": "krita | gimp | mypaint",
        "Conflicts": PRODUCT.name if variant else f"{PRODUCT.name}-cuda",
        "Replaces": PRODUCT.name if variant else f"{PRODUCT.name}-cuda",
        "Provides": PRODUCT.name if variant else "",
        "Section": SECTION,
        "Priority": PRIORITY,
        "Homepage": PRODUCT.homepage,
        "Description": _description(variant),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def installed_size(members: Iterable[Member]) -> int:
    """What dpkg estimates (dpkg-gencontrol(1)): files in whole KiB, and one for every folder and link."""
    members = list(members)
    kibibytes = (1 if member.link else -(-member.size() // 1024) for member in members)
    return sum(kibibytes) + len(folders_of(members))


def md5sums(members: Iterable[Member]) -> str:
    """The sums of all files, as deb-md5sums(5) has them."""
    files = (member for member in sorted(members, key=lambda member: member.name) if not member.link)
    return "".join(f"{_md5(member)}  {member.name}\n" for member in files)


def write_ar(parts: Sequence[tuple[str, bytes | Path]], path: Path, when: datetime) -> None:
    """Write an archive of ar(5), by root, of these members in this order."""
    with path.open("wb") as file:
        file.write(AR_MAGIC)
        for name, part in parts:
            content = part if isinstance(part, bytes) else part.read_bytes()
            file.write(f"{name:<16}{int(when.timestamp()):<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode())
            file.write(content + b"\n" * (len(content) % 2))


def _description(variant: bool) -> str:
    """A short line without article or full stop, and a paragraph."""
    short = PRODUCT.summary[0].lower() + PRODUCT.summary[1:]
    more = [PRODUCT.description]
    if variant:
        more.append("This package can also use NVIDIA's graphics cards, whose driver is not part of it.")
    return f"{short}\n" + "\n .\n".join(textwrap.indent(textwrap.fill(text, 76), " ") for text in more)


def _template(name: str, package: str) -> str:
    text = (TEMPLATES / name).read_text("utf-8")
    words = {"PACKAGE": package, "TITLE": PRODUCT.title, "CONTACT": PRODUCT.contact, "COPYRIGHT": PRODUCT.copyright}
    for word, value in words.items():
        text = text.replace(f"@{word}@", value.removeprefix("Copyright © "))
    return text


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _md5(member: Member) -> str:
    if isinstance(member.content, bytes):
        return hashlib.md5(member.content, usedforsecurity=False).hexdigest()
    with member.content.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def main() -> int:
    """Write the package that the command line names; the exit status."""
    if len(sys.argv) not in (3, 4):
        raise SystemExit("usage: python -m installers.linux.debian BUNDLE OUT [PACKAGE]")
    try:
        package = sys.argv[3] if len(sys.argv) == 4 else PRODUCT.name
        print(build_deb(Path(sys.argv[1]), Path(sys.argv[2]), package))
    except BuildError as error:
        raise SystemExit(str(error)) from error
    return 0


if __name__ == "__main__":
    sys.exit(main())
