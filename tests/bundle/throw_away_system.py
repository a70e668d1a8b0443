"""A copy of the whole system to install things on; what is written goes into a layer that is thrown away."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Everything that is mounted here goes with the namespace. Of the machine's devices it has those that nobody can harm.
INSIDE = """
set -e
mount -t overlay overlay -o "lowerdir=/,upperdir=$LAYERS/upper,workdir=$LAYERS/work" "$LAYERS/root"
mount -t tmpfs tmpfs "$LAYERS/root/dev"
for node in null zero full random urandom tty; do
  touch "$LAYERS/root/dev/$node"
  mount --bind "/dev/$node" "$LAYERS/root/dev/$node"
done
mkdir "$LAYERS/root/dev/shm"
ln -s /proc/self/fd "$LAYERS/root/dev/fd"
mount -t proc proc "$LAYERS/root/proc"
mkdir -p "$LAYERS/root/tmp/packages"
mount --bind "$PACKAGES" "$LAYERS/root/tmp/packages"
exec chroot "$LAYERS/root" /usr/bin/env --ignore-environment \
  PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root \
  DEBIAN_FRONTEND=noninteractive /bin/sh -ec "$SCRIPT"
"""


@dataclass(frozen=True)
class ThrowAwaySystem:
    """This system, with a layer over it: `layers` holds the layer, `packages` is seen as /tmp/packages."""

    layers: Path
    packages: Path

    def run(self, script: str, timeout: float = 500) -> str:
        """Run a script of sh as root, without a network, what was written before included; what it printed.

        It stops at the first command that fails, and the test with it.
        """
        settings = {"LAYERS": str(self.layers), "PACKAGES": str(self.packages), "SCRIPT": script}
        # The namespace of processes ends all that the script left running.
        command = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "sh", "-c", INSIDE]
        done = subprocess.run(
            command,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, f"{script}\nended with status {done.returncode}:\n{done.stdout}"
        return done.stdout

    def names(self) -> set[str]:
        """The paths of all that the layer changes, also by taking it away."""
        upper = self.layers / "upper"
        return {path.relative_to(upper).as_posix() for path in upper.rglob("*")}


def obstacle() -> str:
    """Why there can be no such system here, in a sentence; "" if there can be one."""
    for program in ("unshare", "mount", "chroot", "apt-get"):
        if shutil.which(program) is None:
            return f"The package is not installed for a test: {program} is not there."
    if os.geteuid() != 0:
        return "The package is not installed for a test: only root can lay a layer over the system."
    return ""


@contextmanager
def throw_away_system(packages: Path) -> Iterator[ThrowAwaySystem]:
    """A fresh one, with the files of `packages` to install."""
    with tempfile.TemporaryDirectory(prefix="layers-", dir=_roomy()) as folder:
        for name in ("upper", "work", "root"):
            (Path(folder) / name).mkdir()
        yield ThrowAwaySystem(Path(folder), packages)


def _roomy() -> str | None:
    """Where an overlay can keep its layer: on a disk, or in memory where the disk is an overlay itself."""
    kind = subprocess.run(
        ["stat", "--file-system", "--format=%T", tempfile.gettempdir()], capture_output=True, text=True, check=False
    )
    return "/dev/shm" if kind.stdout.strip() == "overlayfs" else None
