"""An artist's machine, as far as a program can tell: an empty home, no Python, no network, nothing of the checkout."""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@functools.cache
def without_network() -> tuple[str, ...]:
    """What to put before a command so that it runs without a network, not even the loopback.

    Empty where the system lets nobody do that; the process stays the same one, so signals reach the program.
    """
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    for options in (("--net",), ("--user", "--map-root-user", "--net")):
        tried = subprocess.run([unshare, *options, "--", "/bin/true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return (unshare, *options, "--")
    return ()


def listing(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Everything below a folder: by path, its mode, size and time of change."""
    found = {}
    for path in sorted(folder.rglob("*")):
        state = path.lstat()
        found[path.relative_to(folder).as_posix()] = (state.st_mode, state.st_size, state.st_mtime_ns)
    return found


@dataclass(frozen=True)
class Artist:
    """Somebody who just unpacked linepaint.

    `home`, `folder` (where they work) and `scratch` (for temporary files) are empty at first; `path` stays so.
    """

    home: Path
    folder: Path
    scratch: Path
    path: Path

    @classmethod
    def in_folder(cls, root: Path) -> Artist:
        """One with folders of their own in `root`, whose path should be short: names of sockets must be."""
        made = cls(*(root / name for name in ("home", "work", "tmp", "bin")))
        for place in (made.home, made.folder, made.scratch, made.path):
            place.mkdir()
        return made

    def processes(self) -> dict[int, str]:
        """What still runs of all that was started here, also by programs that have ended: command lines by number."""
        mark = f"HOME={self.home}".encode()
        found = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                variables = (entry / "environ").read_bytes().split(b"\0")
                words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:  # It has ended, or is somebody else's.
                continue
            if mark in variables:
                found[int(entry.name)] = words.strip()
        return found

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        """All that a program of theirs is told; nothing of this process's own environment gets through."""
        return {
            "HOME": str(self.home),
            "PATH": str(self.path),
            "TMPDIR": str(self.scratch),
            "LANG": "C.UTF-8",
            **settings,
        }

    def start(self, program: Path, *arguments: str | Path, **settings: str) -> subprocess.Popen[str]:
        """Start a program in their folder; `settings` are variables of its environment. Its output can be read."""
        return subprocess.Popen(
            [*without_network(), str(program), *map(str, arguments)],
            cwd=self.folder,
            env=self.environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(
        self, program: Path, *arguments: str | Path, timeout: float = 120, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, like `start`. Raises subprocess.TimeoutExpired, and kills it then."""
        process = self.start(program, *arguments, **settings)
        try:
            out, errors = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return subprocess.CompletedProcess(process.args, process.returncode, out, errors)
