"""Builds the frozen programs and what they are handed out as: `make bundle`.

    LINEPAINT_VARIANT=cpu|cuda python -m installers.bundle

Does nothing when nothing changed since it last succeeded. What is made lies in dist/VARIANT: the folder `linepaint`,
the packages of this system, their SBOM and checksums, and how large everything is. A build that fails leaves what
was there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import icons
from .commands import run
from .environment import provide_environment, python_of, site_packages, variant_named
from .errors import BuildError
from .packages import packagers
from .papers import checksums, licences, sbom
from .places import BUILD, DIST, ROOT
from .product import PRODUCT
from .sizes import MEGABYTE, Sizes, folder_bytes, package_bytes, write_sizes
from .slimming import PACKAGES, slim
from .variant import Variant, chosen_name
from .wheel import PAPERS, SOURCES, build_wheel, unpack_wheel

INPUTS = (*SOURCES, *PAPERS, "installers", "build.spec", "constraints.txt", "CHANGELOG.md")
"""What decides, below the checkout, what is built."""

STAMP = "built-from"


@dataclass
class Clock:
    """How long each step took, in seconds."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Say that a step begins, and note how long it takes."""
        print(f"── {name} …", flush=True)
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 1)


def main() -> int:
    """Build the variant that the environment names; the exit status."""
    try:
        build(variant_named(chosen_name()))
    except BuildError as error:
        print(f"\nmake: {error}", file=sys.stderr)
        return 1
    return 0


def build(variant: Variant) -> Path:
    """Build a variant; the folder of what was made. Raises BuildError."""
    out = DIST / variant.name
    wanted = fingerprint(variant)
    if (out / STAMP).is_file() and (out / STAMP).read_text("utf-8") == wanted:
        print(f"{out} is up to date.")
        return out
    work = BUILD / variant.name
    made = work / "made"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    clock = Clock()

    with clock.step("environment"):
        environment = provide_environment(variant)
    with clock.step("wheel"):
        unpack_wheel(build_wheel(work / "wheel"), work / "site")
    if sys.platform in ("win32", "darwin"):
        _write_icons(BUILD / "icons")
    sources = (site_packages(environment), work / "site")
    with clock.step("freezing"):
        left_out = freeze(python_of(environment), work, made)
    bundle = made / PRODUCT.name
    with clock.step("slimming"):
        slimmed = slim(bundle, sources)
    with clock.step("licences"):
        licences.write_notices(licences.collect(bundle, sources), bundle)
        shutil.copy(ROOT / "LICENSE", bundle / "LICENSE")
    sizes = Sizes(folder_bytes(bundle), left_out, slimmed, package_bytes(bundle / PACKAGES))
    with clock.step("packages"):
        _write_packages(bundle, made, variant, sources)
    artifacts = {path.name: path.stat().st_size for path in sorted(made.iterdir()) if path.is_file()}
    checksums.write_checksums(made)
    sizes = Sizes(sizes.unpacked, left_out, slimmed, sizes.packages, artifacts, clock.seconds)
    write_sizes(sizes, made / "sizes.json")
    (made / STAMP).write_text(wanted, "utf-8")

    shutil.rmtree(out, ignore_errors=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    made.rename(out)
    _report(sizes, out)
    return out


def fingerprint(variant: Variant) -> str:
    """A text that differs whenever what would be built differs."""
    digest = hashlib.sha256(f"{variant}\n{sys.version}\n".encode())
    for name in INPUTS:
        place = ROOT / name
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for path in files:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest() + "\n"


def freeze(python: Path, work: Path, out: Path) -> dict[str, int]:
    """Run PyInstaller into `out`; what was left out, in bytes by part. Raises BuildError."""
    report = work / "left-out.json"
    places = ["--distpath", out, "--workpath", work / "pyinstaller"]
    # What is frozen is the wheel, on this path, and not the checkout, where PyInstaller must therefore not run.
    settings = {
        "PYTHONPATH": str(work / "site"),
        "LINEPAINT_LEFT_OUT": str(report),
        "PYTHONHASHSEED": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    command = [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, ROOT / "build.spec"]
    run(command, cwd=work, environment=settings)
    left_out: dict[str, int] = json.loads(report.read_text("utf-8"))
    return left_out


def _write_icons(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    icons.write_ico(folder / "linepaint.ico")
    icons.write_icns(folder / "linepaint.icns")


def _write_packages(bundle: Path, out: Path, variant: Variant, sources: tuple[Path, ...]) -> None:
    """The packages of this system and the SBOM, side by side: each of them keeps one processor busy for minutes."""
    name = f"{variant.package}-{PRODUCT.version}-{_platform()}.cdx.json"
    with ThreadPoolExecutor() as pool:
        jobs = [pool.submit(packager, bundle, out, variant.package) for packager in packagers()]
        jobs.append(pool.submit(sbom.write_sbom, bundle, sources, out, name))
        for job in jobs:
            job.result()


def _platform() -> str:
    names = {"win32": "windows", "darwin": "macos"}
    return f"{names.get(sys.platform, 'linux')}-{os.uname().machine if hasattr(os, 'uname') else 'x86_64'}"


def _report(sizes: Sizes, out: Path) -> None:
    print(f"\n{out}: {sizes.unpacked / MEGABYTE:.0f} MB in the folder {PRODUCT.name}")
    for name, size in sizes.artifacts.items():
        print(f"  {size / MEGABYTE:7.1f} MB  {name}")
    print("  " + ", ".join(f"{name} {seconds:.0f} s" for name, seconds in sizes.seconds.items()))


if __name__ == "__main__":
    sys.exit(main())
