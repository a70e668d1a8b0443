"""What runs the bundle: CPython with its standard library, and PyInstaller's bootloader, the programs' shell."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from importlib.metadata import distributions
from pathlib import Path

from linepaint.credits import normalized, texts_of, tidy

from .component import Component, Kind

BOOTLOADER_FILES = re.compile(r"_internal/(_pyi_rth_utils/.*|pyi[-_].*|pyimod.*)")
_STANDARD = re.compile(r"(_sysconfigdata.*|_bootsubprocess|lib-dynload|python3\.\d+|base_library\.zip|libpython3.*)")


def is_python(file: str) -> bool:
    """Whether a file is CPython's; `file` is relative to the bundle's folder of packages."""
    first = file.partition("/")[0]
    return first.partition(".")[0] in sys.stdlib_module_names or bool(_STANDARD.fullmatch(first.removesuffix(".pyc")))


def python(files: Iterable[str], site_packages: Sequence[Path]) -> Component:
    """CPython with these files, as the environment of `site_packages` runs it."""
    settings = dict[str, str]()
    for folder in site_packages:
        file = folder.parent.parent.parent / "pyvenv.cfg"
        if file.is_file():
            pairs = (line.partition("=") for line in file.read_text("utf-8").splitlines())
            settings = {key.strip(): value.strip() for key, _, value in pairs}
            break
    version = settings.get("version", sys.version.partition(" ")[0])
    short = ".".join(version.split(".")[:2])
    homes = [Path(settings["home"]).parent / "lib" / f"python{short}"] if "home" in settings else []
    candidates = [folder / "LICENSE.txt" for folder in (*homes, Path(sysconfig.get_path("stdlib")))]
    candidates.append(Path(f"/usr/share/doc/python{short}/copyright"))
    text = next((tidy(path.read_bytes()) for path in candidates if path.is_file()), "")
    return Component(
        name="CPython",
        version=version,
        kind=Kind.RUNTIME,
        licence="PSF-2.0",
        texts=(text,) if text else (),
        files=tuple(sorted(files)),
        purl=f"pkg:generic/cpython@{version}",
        origin="https://www.python.org/downloads/source/",
    )


def bootloader(files: Iterable[str], site_packages: Sequence[Path]) -> Component:
    """PyInstaller's part of the bundle. Raises ValueError if PyInstaller is in none of the folders."""
    for each in distributions(path=[str(folder) for folder in site_packages]):
        if normalized(each.name) == "pyinstaller":
            return Component(
                name="PyInstaller bootloader",
                version=each.version,
                kind=Kind.RUNTIME,
                licence="GPL-2.0-or-later WITH Bootloader-exception",
                texts=texts_of(each),
                files=tuple(sorted(files)),
                purl=f"pkg:pypi/pyinstaller@{each.version}",
                origin="https://github.com/pyinstaller/pyinstaller",
                note="Its exception permits programs under any licence to be bundled with it.",
            )
    raise ValueError("PyInstaller is not among the packages that the bundle was frozen from; name its folder as well.")
