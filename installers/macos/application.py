"""The macOS application as it is handed out: PyInstaller's, with what the build wrote after it, in an archive."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

from ..commands import run
from ..papers.licences import JSON_PLACE, TEXT_NAME
from ..product import PRODUCT
from ..slimming import PACKAGES


def build_archive(bundle: Path, out: Path, package: str) -> Path:
    """Complete the application that lies beside the frozen folder and pack it into `out`. Raises BuildError."""
    application = bundle.parent / f"{PRODUCT.title}.app"
    complete_application(bundle, application)
    path = out / f"{package}-{PRODUCT.version}-macos.zip"
    # Apple's own archiver, which keeps links and the signature.
    run(["ditto", "-c", "-k", "--sequesterRsrc", "--keepParent", application, path])
    return path


def complete_application(bundle: Path, application: Path) -> None:
    """Put into the application the licences that were written into the folder only. Raises BuildError.

    That breaks the signature that PyInstaller made, which names nobody; another such takes its place.
    """
    resources = application / "Contents" / "Resources"
    # PyInstaller keeps data of the packages there, and links to it from where the programs look for them.
    in_packages = PurePosixPath(JSON_PLACE).relative_to(PACKAGES)
    for source, target in ((JSON_PLACE, in_packages), ("LICENSE", "LICENSE"), (TEXT_NAME, TEXT_NAME)):
        (resources / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(bundle / source, resources / target)
    run(["codesign", "--force", "--deep", "--sign", "-", application])
