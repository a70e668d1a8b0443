"""Archives that depend on their content alone: sorted, owned by root, every member of one moment, modes normal.

What goes in is described first, as members; where their bytes lie on this machine does not matter.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from ..errors import BuildError

EXECUTABLE = 0o755
PLAIN = 0o644


@dataclass(frozen=True)
class Member:
    """A file or a symbolic link of an archive.

    `name` is its path from the archive's top, with slashes and no "./" before it. `content` is a file of this machine
    or bytes; with a `link`, the target of a symbolic link, there is none.
    """

    name: str
    content: bytes | Path = b""
    mode: int = PLAIN
    link: str = ""

    def size(self) -> int:
        """Its bytes' number."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.stat().st_size


def folder_members(folder: Path, below: str) -> list[Member]:
    """Everything below a folder, as members below the path `below`.

    What can be executed stays so, but for shared libraries: PyInstaller makes all of them executable, which nobody
    needs.
    """
    members = []
    for path in sorted(folder.rglob("*")):
        name = f"{below}/{path.relative_to(folder).as_posix()}"
        if path.is_symlink():
            members.append(Member(name, link=path.readlink().as_posix()))
        elif path.is_file():
            program = path.stat().st_mode & 0o100 and ".so" not in path.name
            members.append(Member(name, path, EXECUTABLE if program else PLAIN))
    return members


def folders_of(members: Iterable[Member]) -> list[str]:
    """The folders that these members lie in, each after the one that it lies in."""
    parents = {parent.as_posix() for member in members for parent in PurePosixPath(member.name).parents}
    return sorted(parents - {"."})


def write_tar(members: Sequence[Member], file: IO[bytes], moment: datetime, top: str = "") -> None:
    """Write a tar archive, without seeking, whose names begin with `top`. Raises BuildError if two share a name."""
    names = [member.name for member in members]
    if twice := sorted({name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else ()):
        raise BuildError(f"Two files of the package would be called {twice[0]}.")
    by_name: dict[str, Member | None] = {**dict.fromkeys(folders_of(members)), **{each.name: each for each in members}}
    with tarfile.open(fileobj=file, mode="w|", format=tarfile.GNU_FORMAT) as tar:
        if top:
            tar.addfile(_folder(top, moment))
        for name, member in sorted(by_name.items()):
            if member is None:
                tar.addfile(_folder(f"{top}{name}", moment))
            else:
                _add(tar, member, top, moment)


def compress(command: Sequence[str], members: Sequence[Member], out: Path, moment: datetime, top: str = "") -> None:
    """Write a tar archive through a program that compresses from stdin to stdout. Raises BuildError if that fails."""
    with out.open("wb") as packed:
        packer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=packed, stderr=subprocess.PIPE)
        assert packer.stdin is not None and packer.stderr is not None
        try:
            with packer.stdin as pipe:
                write_tar(members, pipe, moment, top)
        except BrokenPipeError:
            pass  # What it says, below, is why.
        finally:
            said = packer.stderr.read().decode(errors="replace").strip()
            packer.stderr.close()
            status = packer.wait()
    if status:
        raise BuildError(f"{command[0]} failed with status {status}: {said}")


def _entry(name: str, moment: datetime) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.mtime = int(moment.timestamp())
    entry.uname = entry.gname = "root"
    return entry


def _folder(name: str, moment: datetime) -> tarfile.TarInfo:
    entry = _entry(name, moment)
    entry.type, entry.mode = tarfile.DIRTYPE, EXECUTABLE
    return entry


def _add(tar: tarfile.TarFile, member: Member, top: str, moment: datetime) -> None:
    entry = _entry(f"{top}{member.name}", moment)
    if member.link:
        entry.type, entry.linkname, entry.mode = tarfile.SYMTYPE, member.link, 0o777
        tar.addfile(entry)
        return
    entry.mode, entry.size = member.mode, member.size()
    if isinstance(member.content, bytes):
        tar.addfile(entry, io.BytesIO(member.content))
    else:
        with member.content.open("rb") as file:
            tar.addfile(entry, file)
