"""A small frozen folder, with a bit of everything that a real one has, and the packages that it was frozen from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from installers.product import PRODUCT

DATA = [{"source": "Own <drawings>", "pictures": 12, "licence": "CC0-1.0"}]


@dataclass(frozen=True)
class Frozen:
    """Where the bundle and the packages are."""

    bundle: Path
    site_packages: Path

    def add(self, name: str, content: bytes = b"x") -> Path:
        """A file more in the bundle."""
        return write(self.bundle / name, content)


def write(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def distribution(folder: Path, name: str, version: str, metadata: str, files: dict[str, bytes]) -> None:
    """A distribution as pip installs it; `files` are relative to the folder of packages."""
    info = f"{name}-{version}.dist-info"
    told = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n{metadata}\n"
    files = {f"{info}/METADATA": told.encode(), **files}
    for path, content in files.items():
        write(folder / path, content)
    record = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD", "../../../bin/tool"])
    write(folder / info / "RECORD", record.encode())


def checkpoint() -> bytes:
    """A safetensors file with the header of a checkpoint and no tensors."""
    header = {"mode": "lineart", "architecture": "live", "recipe": "live", "steps": "7", "licence": "GPL-3.0-or-later"}
    content = json.dumps({"__metadata__": {**header, "data": json.dumps(DATA)}}).encode()
    return len(content).to_bytes(8, "little") + content


def make(folder: Path) -> Frozen:
    """The bundle and the packages, below `folder`."""
    frozen = Frozen(folder / PRODUCT.name, folder / "env" / "lib" / "python3.11" / "site-packages")
    packages = frozen.site_packages
    write(folder / "env" / "pyvenv.cfg", b"home = /nowhere/bin\nversion = 3.11.99\n")
    part = {"name": "crate", "version": "0.3", "purl": "pkg:cargo/crate@0.3", "licenses": [{"license": {"id": "MIT"}}]}
    optional = {"name": "FreeType", "version": "2.14", "scope": "optional"}
    alpha = {
        "alpha/__init__.py": b"",
        "alpha/core.so": b"ELF",
        "Alpha.libs/libfreetype-57f805ba.so.6.20.6": b"ELF",
        "Alpha-1.5.dist-info/licenses/LICENSE": b"Alpha's own words",
        "Alpha-1.5.dist-info/sboms/alpha.cdx.json": json.dumps({"components": [part, optional]}).encode(),
    }
    needs = 'Requires-Dist: bet_a>=1\nRequires-Dist: absent; extra == "x"\n'
    distribution(packages, "Alpha", "1.5", f"License-Expression: MIT\n{needs}", alpha)
    distribution(packages, "bet.a", "2", "License: LGPL-3.0-only", {"beta.py": b"", "unfrozen.py": b""})
    bootloader = {"pyinstaller-6.0.dist-info/licenses/COPYING.txt": b"GPL with an exception"}
    distribution(packages, "pyinstaller", "6.0", "", bootloader)
    for name in ("linepaint", "linepaint-train", "_internal/_pyi_rth_utils/__init__.pyc", "LICENSE"):
        frozen.add(name)
    for name in ("alpha/__init__.pyc", "alpha/core.so", "beta.pyc", "Alpha.libs/libfreetype-57f805ba.so.6.20.6"):
        frozen.add(f"_internal/{name}")
    for name in ("argparse.pyc", "json/decoder.pyc", "libpython3.11.so.1.0", "python3.11/lib-dynload/_json.so"):
        frozen.add(f"_internal/{name}")
    for name in ("cli.pyc", "resources/samples/cat.ora", "resources/checkpoints/live.md"):
        frozen.add(f"_internal/linepaint/{name}")
    frozen.add("_internal/linepaint/resources/checkpoints/live.safetensors", checkpoint())
    (frozen.bundle / "_internal" / "libfreetype-57f805ba.so.6.20.6").symlink_to(
        "Alpha.libs/libfreetype-57f805ba.so.6.20.6"
    )
    return frozen
