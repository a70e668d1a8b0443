"""The Debian package of a small folder; tests/bundle has one of the real programs."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from installers.errors import BuildError
from installers.linux.debian import build_deb, control
from installers.linux.dependencies import Dependencies, Needs, dependencies, needs_of, outside, usual_package
from installers.linux.news import debian_changelog, news_of
from installers.product import PRODUCT

needs_dpkg = pytest.mark.skipif(
    not all(shutil.which(name) for name in ("dpkg", "dpkg-deb", "xz", "readelf")),
    reason="dpkg, xz or binutils is not installed",
)
DAY = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
NEEDS = Dependencies(("libc6 (>= 2.34)", "libgl1"), ("libwayland-client0",))
CHANGELOG = """# Changelog

## [9.9.9] - Unreleased

Words.

### Added

- **One thing.** It is [told](docs/x.md) in
  two lines, with `code`.
- Another.

## [9.9.8] - 2025-01-01

- Old.
"""


@pytest.fixture(autouse=True)
def some_day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(DAY.timestamp())))


@pytest.fixture
def bundle(tmp_path):
    """Two real programs, which need the C library, and a list of licences."""
    folder = tmp_path / "linepaint"
    (folder / "_internal" / "linepaint").mkdir(parents=True)
    for program in PRODUCT.programs:
        shutil.copy("/bin/true", folder / program.name)
    (folder / "_internal" / "some.so").write_bytes(b"library" * 500)
    (folder / "_internal" / "some.so").chmod(0o755)
    (folder / "LICENSE").write_text("GPL")
    (folder / "THIRD-PARTY.txt").write_text("others")
    return folder


@pytest.fixture
def deb(bundle, tmp_path):
    return build_deb(bundle, tmp_path / "out", work=tmp_path / "work")


def field(deb, name):
    return subprocess.run(["dpkg-deb", "--field", deb, name], capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def root(deb, tmp_path):
    """The package, taken apart by dpkg."""
    subprocess.run(["dpkg-deb", "--raw-extract", deb, tmp_path / "root"], check=True)
    return tmp_path / "root"


@needs_dpkg
def test_both_programs_are_on_the_path_and_lead_into_the_folder(root):
    for program in PRODUCT.programs:
        link = root / "usr" / "bin" / program.name
        assert link.readlink().as_posix() == f"../lib/linepaint/{program.name}"
        assert link.resolve() == root / "usr" / "lib" / "linepaint" / program.name
        assert subprocess.run([link], check=False).returncode == 0
        page = gzip.decompress((root / "usr" / "share" / "man" / "man1" / f"{program.name}.1.gz").read_bytes())
        assert page.decode().startswith(f".TH {program.name.upper()} 1")


@needs_dpkg
def test_the_desktop_finds_entry_icons_and_kinds_of_files(root):
    shared = root / "usr" / "share"
    for name in (
        "applications/linepaint.desktop",
        "mime/packages/linepaint.xml",
        "metainfo/org.linepaint.linepaint.metainfo.xml",
    ):
        assert (shared / name).is_file(), name
    assert (shared / "icons" / "hicolor" / "48x48" / "apps" / "linepaint.png").is_file()


@needs_dpkg
def test_dpkg_is_told_the_truth(deb, root):
    assert deb.name == f"linepaint_{PRODUCT.version}_{field(deb, 'Architecture')}.deb"
    assert (field(deb, "Package"), field(deb, "Version")) == ("linepaint", PRODUCT.version)
    assert re.fullmatch(r"libc6 \(>= 2\.\d+\)", field(deb, "Depends"))
    files = [path for path in root.rglob("*") if "DEBIAN" not in path.parts]
    kibibytes = sum(
        -(-path.stat().st_size // 1024) if path.is_file() and not path.is_symlink() else 1 for path in files
    )
    assert int(field(deb, "Installed-Size")) == kibibytes
    sums = dict(line.split("  ")[::-1] for line in (root / "DEBIAN" / "md5sums").read_text("utf-8").splitlines())
    plain = {path.relative_to(root).as_posix(): path for path in files if path.is_file() and not path.is_symlink()}
    assert sums == {name: hashlib.md5(path.read_bytes()).hexdigest() for name, path in plain.items()}


@needs_dpkg
def test_everything_belongs_to_root_and_nobody_else_writes_it(deb):
    listing = subprocess.run(["dpkg-deb", "--contents", deb], capture_output=True, text=True, check=True).stdout
    lines = listing.splitlines()
    assert {line.split()[1] for line in lines} == {"root/root"}
    assert {line.split()[0] for line in lines} == {"drwxr-xr-x", "-rwxr-xr-x", "-rw-r--r--", "lrwxrwxrwx"}
    assert {line.split()[5] for line in lines if line.startswith("-rwx")} == {
        "./usr/lib/linepaint/linepaint",
        "./usr/lib/linepaint/linepaint-train",
    }


@needs_dpkg
def test_the_same_folder_makes_the_same_bytes(bundle, deb, tmp_path):
    os.utime(bundle / "linepaint", (1, 1))
    assert build_deb(bundle, tmp_path / "again", work=tmp_path / "elsewhere").read_bytes() == deb.read_bytes()


@needs_dpkg
def test_the_papers_are_where_debian_wants_them(root):
    papers = root / "usr" / "share" / "doc" / "linepaint"
    assert (
        gzip.decompress((papers / "changelog.gz").read_bytes()).decode().startswith(f"linepaint ({PRODUCT.version}) ")
    )
    rights = (papers / "copyright").read_text("utf-8")
    assert rights.startswith("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    assert not re.search(r"@[A-Z]+@", rights)
    assert (papers / "THIRD-PARTY.txt").read_text("utf-8") == "others"
    assert not (root / "usr" / "lib" / "linepaint" / "LICENSE").exists()


@needs_dpkg
def test_the_variant_for_cuda_takes_the_place_of_the_other(bundle, tmp_path):
    deb = build_deb(bundle, tmp_path / "out", "linepaint-cuda", tmp_path / "work")
    assert deb.name.startswith("linepaint-cuda_")
    assert [field(deb, name) for name in ("Conflicts", "Replaces", "Provides")] == ["linepaint"] * 3
    listing = subprocess.run(["dpkg-deb", "--contents", deb], capture_output=True, text=True, check=True).stdout
    assert "./usr/bin/linepaint -> ../lib/linepaint-cuda/linepaint\n" in listing


@needs_dpkg
def test_a_library_that_is_nowhere_stops_the_build(bundle, monkeypatch):
    monkeypatch.setattr("installers.linux.dependencies.owners", lambda libraries: {})
    with pytest.raises(BuildError, match=r"needs libc\.so\.6, which no installed package"):
        dependencies(bundle)


def test_without_dpkg_the_build_says_so_in_a_sentence(bundle, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="needs dpkg"):
        build_deb(bundle, tmp_path / "out", work=tmp_path / "work")


@needs_dpkg
def test_a_folder_without_the_programs_is_refused(bundle, tmp_path):
    (bundle / "linepaint").unlink()
    with pytest.raises(BuildError, match="it has no linepaint;"):
        build_deb(bundle, tmp_path / "out", work=tmp_path / "work")
    assert list((tmp_path / "out").iterdir()) == []


def test_control_says_what_apt_needs_and_nothing_empty():
    text = control("linepaint", "amd64", 1234, NEEDS)
    fields = dict(re.findall(r"^([A-Z][\w-]+): (.*)$", text, re.MULTILINE))
    assert fields["Depends"] == "libc6 (>= 2.34), libgl1"
    assert fields["Recommends"].startswith("libwayland-client0, ")
    assert (fields["Installed-Size"], fields["Section"], fields["Priority"]) == ("1234", "graphics", "optional")
    assert ("Homepage" in fields) == bool(PRODUCT.homepage)
    assert all(line.startswith(" ") or ": " in line for line in text.splitlines())
    assert not fields["Description"].endswith(".") and len(fields["Description"]) < 80


@needs_dpkg
def test_what_a_program_needs_is_read_from_it(bundle):
    (needs,) = needs_of([bundle / "linepaint"], bundle)
    assert needs.name == "linepaint" and "libc.so.6" in needs.libraries
    assert max(needs.c_versions) >= (2, 2)
    assert [each.name for each in needs_of([bundle / "linepaint", bundle / "linepaint-train"], bundle)] == [
        "linepaint",
        "linepaint-train",
    ]


def test_libraries_inside_the_driver_and_of_optional_plugins_are_not_demanded():
    needs = [
        Needs(
            "_internal/a.so", frozenset({"libinside.so.1", "libout.so.2", "libcuda.so.1", "libboth.so.1"}), frozenset()
        ),
        Needs(
            "_internal/PySide6/Qt/plugins/platforms/libqwayland.so",
            frozenset({"libwayland-egl.so.1", "libboth.so.1"}),
            frozenset(),
        ),
    ]
    assert outside(needs, {"libinside.so.1"}) == ({"libout.so.2", "libboth.so.1"}, {"libwayland-egl.so.1"})


@pytest.mark.parametrize(
    ("library", "package"),
    [("libwayland-egl.so.1", "libwayland-egl1"), ("libgtk-3.so.0", "libgtk-3-0"), ("libXcursor.so.1", "libxcursor1")],
)
def test_packages_of_libraries_are_named_as_the_policy_says(library, package):
    assert usual_package(library) == package


def test_news_are_those_of_the_version_without_markup():
    assert news_of(CHANGELOG, "9.9.9") == ["One thing. It is told in two lines, with code.", "Another."]
    assert news_of(CHANGELOG, "1.0.0") == []


def test_the_changelog_is_one_that_debian_reads():
    text = debian_changelog(CHANGELOG.replace("9.9.9", PRODUCT.version), "linepaint", DAY)
    assert text.startswith(f"linepaint ({PRODUCT.version}) stable; urgency=medium\n\n  * One thing. ")
    assert text.endswith(f"\n\n -- {PRODUCT.contact}  Wed, 04 Mar 2026 05:06:07 +0000\n")
    assert "  * New version.\n" in debian_changelog("# Changelog\n", "linepaint", DAY)
