"""Small libraries in the place of large ones that OpenCV is linked to and linepaint never calls.

Linux's opencv-python is linked to FFmpeg, for videos, and to an OpenBLAS of its own. The loader wants to find them, so
they cannot simply be left out. A stand-in has the library's name and offers what cv2 takes from it: for FFmpeg,
functions that do nothing; for OpenBLAS, jumps into the OpenBLAS that SciPy brings, whose functions are the same but for
a prefix.
"""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..commands import need, run
from ..errors import BuildError
from .elf import Symbol, defined, needed, replace_library, undefined

USER = "cv2/cv2.abi3.so"
"""Who takes something from the libraries, below the folder of the packages."""


@dataclass(frozen=True)
class StandIn:
    """A library to stand in for.

    `pattern` finds it below the folder of the packages. `forwards_to` finds the library that has its functions under
    the names in which `prefix` comes first; where it is empty, the functions do nothing and return 0.
    """

    pattern: str
    why: str
    forwards_to: str = ""
    prefix: str = ""


STAND_INS = (
    StandIn("opencv_python_headless.libs/libavcodec-*", "FFmpeg: linepaint reads no videos"),
    StandIn("opencv_python_headless.libs/libavformat-*", "FFmpeg: linepaint reads no videos"),
    StandIn("opencv_python_headless.libs/libavutil-*", "FFmpeg: linepaint reads no videos"),
    StandIn("opencv_python_headless.libs/libswscale-*", "FFmpeg: linepaint reads no videos"),
    StandIn(
        "opencv_python_headless.libs/libopenblas*",
        "SciPy's OpenBLAS has the same functions",
        forwards_to="scipy.libs/libscipy_openblas-*",
        prefix="scipy_",
    ),
)


def can_stand_in() -> bool:
    """Whether this is a system for which stand-ins are made: Linux on x86-64, whose wheels are linked like this."""
    return sys.platform.startswith("linux") and platform.machine() == "x86_64"


def put_stand_ins(folder: Path) -> dict[str, int]:
    """Replace the libraries below `folder`, where the packages are; by name, the bytes saved. Raises BuildError."""
    saved: dict[str, int] = {}
    if not can_stand_in() or not (folder / USER).exists():
        return saved
    for stand_in in STAND_INS:
        for library in sorted(folder.glob(stand_in.pattern)):
            before = library.stat().st_size
            if library.name in needed(folder / USER):
                _replace(library, stand_in, folder)
                saved[library.name] = before - library.stat().st_size
    return saved


def _replace(library: Path, stand_in: StandIn, folder: Path) -> None:
    offered = defined(library)
    wanted = [symbol for symbol in undefined(folder / USER) if symbol.name in offered]
    if stand_in.forwards_to:
        (target,) = folder.glob(stand_in.forwards_to)
        if missing := {stand_in.prefix + symbol.name for symbol in wanted} - defined(target):
            raise BuildError(
                f"{target.name} lacks {', '.join(sorted(missing))}, so it cannot stand in for {library.name}; "
                "take that line out of STAND_INS in installers/slimming/stand_ins.py."
            )
        forward = {symbol.name: stand_in.prefix + symbol.name for symbol in wanted}
    else:
        target, forward = None, {}
    with tempfile.TemporaryDirectory() as scratch:
        code = assembly(wanted, forward)
        replace_library(library, _link(Path(scratch), library, code, version_script(wanted), target))


def _link(scratch: Path, library: Path, code: str, versions: str, target: Path | None) -> Path:
    source, script, made = scratch / "stand_in.s", scratch / "versions", scratch / "stand_in.so"
    source.write_text(code, "utf-8")
    script.write_text(versions, "utf-8")
    links = [] if target is None else [target, f"-Wl,-rpath,$ORIGIN/../{target.parent.name}"]
    flags = ["-shared", "-nostdlib", "-s", f"-Wl,-soname,{library.name}", f"-Wl,--version-script,{script}"]
    run([need("gcc", "gcc"), *flags, source, *links, "-o", made])
    return made


def assembly(symbols: list[Symbol], forward: Mapping[str, str]) -> str:
    """x86-64 code of these functions: jumps to what `forward` names; the others return 0."""
    lines = ['.section .note.GNU-stack,"",@progbits', ".text"]
    for symbol in symbols:
        body = f"jmp *{forward[symbol.name]}@GOTPCREL(%rip)" if symbol.name in forward else "xorl %eax, %eax\n\tret"
        lines.append(f".globl {symbol.name}\n.type {symbol.name}, @function\n{symbol.name}:\n\t{body}")
        lines.append(f".size {symbol.name}, .-{symbol.name}")
    return "\n".join(lines) + "\n"


def version_script(symbols: list[Symbol]) -> str:
    """What tells the linker in which version each function is offered."""
    named: dict[str, list[str]] = {}
    for symbol in symbols:
        named.setdefault(symbol.version, []).append(symbol.name)
    if set(named) <= {""}:
        return "{ global: " + " ".join(f"{name};" for name in named.get("", ["none"])) + " local: *; };\n"
    return "".join(
        f"{version} {{ global: {' '.join(f'{name};' for name in names)} local: *; }};\n"
        for version, names in named.items()
        if version
    )
