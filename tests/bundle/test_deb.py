"""The Debian package as an artist meets it: installed with apt, used, and removed again, on a throw-away system."""

import re
import shutil
import subprocess

import pytest

from installers.product import PRODUCT
from tests.bundle.throw_away_system import obstacle, throw_away_system

AS_ARTIST = "mkdir -p /tmp/artist/home /tmp/artist/work; cd /tmp/artist/work; export HOME=/tmp/artist/home"
"""Somewhere else, with an empty home."""

LARGEST = 175_000_000
"""Bytes. The goal is 140 MB, and missed: docs/packaging.md says by what. This keeps it from growing unseen."""


@pytest.fixture(scope="module")
def deb(artifacts):
    """The one package; where the build made none, there was no dpkg to make it with."""
    found = sorted(artifacts.glob("*.deb"))
    if not found and shutil.which("dpkg") is None:
        pytest.skip("This system has no dpkg.")
    assert len(found) == 1, f"There must be one .deb in {artifacts}; build it with make bundle."
    return found[0]


@pytest.fixture(scope="module")
def system(deb):
    if sentence := obstacle():
        pytest.skip(sentence)
    with throw_away_system(deb.parent) as made:
        yield made


def test_it_does_not_grow(deb, variant):
    if variant == "cuda":
        pytest.skip("NVIDIA's libraries alone are larger.")
    assert deb.stat().st_size <= LARGEST


@pytest.mark.timeout(900)
def test_lintian_finds_no_error(deb):
    lintian = shutil.which("lintian")
    if lintian is None:
        pytest.skip("lintian is not installed")
    done = subprocess.run(
        [lintian, "--allow-root", "--fail-on", "error", "--tag-display-limit", "0", deb],
        capture_output=True,
        text=True,
        check=False,
    )
    errors = [line for line in done.stdout.splitlines() if line.startswith("E: ")]
    assert errors == []
    assert done.returncode == 0, done.stderr


@pytest.mark.timeout(900)
def test_it_is_installed_used_and_removed_and_leaves_nothing(deb, system):
    package = deb.name.partition("_")[0]
    # What installing and removing leaves on any system, such as a fresh list of packages, is not the package's.
    about = system.run(f"apt-get install --yes --no-install-recommends /tmp/packages/{deb.name}")
    assert f"Setting up {package}" in about
    installed = system.names()
    for name in ("usr/bin/linepaint", "usr/bin/linepaint-train", "usr/share/applications/linepaint.desktop"):
        assert name in installed

    said = system.run(f"{AS_ARTIST}; linepaint --version; linepaint --self-test; linepaint-train recipes")
    assert said.startswith(f"linepaint {PRODUCT.version}\n")
    assert re.search(r"^scribbler ", said, re.MULTILINE)
    pages = system.run(f"{AS_ARTIST}; if command -v man >/dev/null; then man -w linepaint linepaint-train; fi").split()
    assert pages in ([], [f"/usr/share/man/man1/{program.name}.1.gz" for program in PRODUCT.programs])
    known = system.run(
        f"{AS_ARTIST}; touch new.ora; if command -v gio >/dev/null; then"
        " gio info --attributes=standard::content-type new.ora; gio mime image/openraster; fi"
    )
    assert not known or ("image/openraster" in known and "linepaint.desktop" in known), known
    assert system.run(f"dpkg --verify {package}") == "", "a program wrote to its own folder"

    # It has no settings below /etc, so that there is nothing left to purge.
    system.run(f"apt-get remove --yes {package}")
    system.run("rm -r /tmp/artist")
    look = "find / -xdev -path /proc -prune -o -path /dev -prune -o -path /tmp -prune -o -iname '*linepaint*' -print"
    whole = set(system.run(look).splitlines())
    before = set(subprocess.run(["sh", "-c", look], capture_output=True, text=True, check=True).stdout.splitlines())
    assert sorted(whole - before) == []
    assert not re.search(rf"^Package: {package}$", system.run("cat /var/lib/dpkg/status"), re.MULTILINE)
    for index in ("/usr/share/applications/mimeinfo.cache", "/usr/share/mime/globs2"):
        assert "linepaint" not in system.run(f"if [ -e {index} ]; then cat {index}; fi")
