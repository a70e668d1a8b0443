"""Runs a program while watching which processes it starts, and sorts what it says of its progress from complaints."""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.bundle.artists_machine import Artist

PROGRESS = re.compile(
    r"\d+ (?:pictures|shards), 1 × \w+, \d+ steps\."  # What `fit` begins with,
    r"|[\w-]*:? *\d+%\|.*"  # and a bar,
    r"|\w+: \d+picture \[.*"  # before it knows how long it will be.
    r"|generated new fontManager"  # matplotlib, the first time in a home.
)


@dataclass
class Watched:
    """How a program ended, and the processes that it started: by number, what they called themselves and were told."""

    status: int
    out: str
    errors: str
    children: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def complaints(self) -> list[str]:
        """What it wrote to stderr beside its progress."""
        lines = (line.strip() for line in re.split(r"[\r\n]+", self.errors))
        return [line for line in lines if line and not PROGRESS.fullmatch(line)]

    def called(self, name: str) -> int:
        """How many of the processes had this name."""
        return sum(called == name for called, _ in self.children.values())

    def told(self, word: str) -> int:
        """How many of the processes had this word on their command line."""
        return sum(word in words.split() for _, words in self.children.values())


def watch(artist: Artist, program: Path, *arguments: str | Path, timeout: float = 240, **settings: str) -> Watched:
    """Run a program to its end like `Artist.run`, looking at its processes several times a second."""
    process = artist.start(program, *arguments, **settings)
    watched = Watched(-1, "", "")
    end = time.monotonic() + timeout
    while True:
        try:
            watched.out, watched.errors = process.communicate(timeout=0.1)
        except subprocess.TimeoutExpired:
            if time.monotonic() > end:
                process.kill()
                process.communicate()
                raise
            for number, words in artist.processes().items():
                if number != process.pid:
                    watched.children[number] = (_name(number), words)
        else:
            watched.status = process.returncode
            return watched


def _name(number: int) -> str:
    try:
        return Path(f"/proc/{number}/comm").read_text().strip()
    except OSError:
        return ""
