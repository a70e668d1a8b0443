"""The archive that runs in place, of a small folder; tests/bundle has one of the real programs."""

import os
import shutil
import subprocess
import tarfile

import pytest

from installers.errors import BuildError
from installers.linux.tarball import build_tarball
from installers.product import PRODUCT

pytestmark = pytest.mark.skipif(shutil.which("zstd") is None, reason="zstd is not installed")
TOP = f"linepaint-{PRODUCT.version}"


@pytest.fixture(autouse=True)
def some_day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


@pytest.fixture
def bundle(tmp_path):
    """Two programs that say how they were called, and a library."""
    folder = tmp_path / "linepaint"
    (folder / "_internal").mkdir(parents=True)
    for program in PRODUCT.programs:
        (folder / program.name).write_text('#!/bin/sh\necho "$0 $*"\n')
        (folder / program.name).chmod(0o700)
    (folder / "_internal" / "some.so").write_bytes(b"library")
    (folder / "_internal" / "some.so").chmod(0o755)
    (folder / "_internal" / "link.so").symlink_to("some.so")
    return folder


def unpack(archive, folder):
    """As an artist would, with nothing but tar."""
    folder.mkdir()
    subprocess.run(["tar", "--zstd", "-xf", archive, "-C", folder], check=True)
    return folder / TOP


def install(unpacked, home, *arguments):
    return subprocess.run(
        [unpacked / "install-desktop-entry.sh", *arguments],
        env={"HOME": str(home), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_unpacks_into_one_folder_with_programs_readme_and_licence(bundle, tmp_path):
    archive = build_tarball(bundle, tmp_path / "out")
    assert archive.name == f"{TOP}-linux-{os.uname().machine}.tar.zst"
    unpacked = unpack(archive, tmp_path / "unpacked")
    assert list(unpacked.parent.iterdir()) == [unpacked]
    assert {"README.txt", "LICENSE", "linepaint", "linepaint-train", "install-desktop-entry.sh"} < files(unpacked)
    assert "Double-click linepaint" in (unpacked / "README.txt").read_text("utf-8")
    assert os.access(unpacked / "linepaint", os.X_OK)
    assert (unpacked / "_internal" / "some.so").stat().st_mode & 0o777 == 0o644
    assert (unpacked / "_internal" / "link.so").readlink().as_posix() == "some.so"


def test_the_same_folder_makes_the_same_bytes_whoever_touched_it(bundle, tmp_path):
    first = build_tarball(bundle, tmp_path / "first")
    os.utime(bundle / "linepaint", (1, 1))
    assert build_tarball(bundle, tmp_path / "second").read_bytes() == first.read_bytes()


def test_members_belong_to_root_and_carry_one_moment(bundle, tmp_path):
    plain = subprocess.run(["zstd", "-dc", build_tarball(bundle, tmp_path)], capture_output=True, check=True).stdout
    (tmp_path / "plain.tar").write_bytes(plain)
    with tarfile.open(tmp_path / "plain.tar") as tar:
        owners = {(each.uid, each.gid, each.uname, each.mtime) for each in tar}
        assert owners == {(0, 0, "root", 1767225600)}
        assert tar.getnames() == sorted(tar.getnames())


def test_the_menu_entry_runs_the_program_where_it_lies(bundle, tmp_path):
    unpacked = unpack(build_tarball(bundle, tmp_path / "out"), tmp_path / "my programs")
    done = install(unpacked, tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, "")
    data = tmp_path / "home" / ".local" / "share"
    entry = (data / "applications" / "linepaint.desktop").read_text("utf-8")
    assert f'Exec="{unpacked}/linepaint" %F\n' in entry
    assert "TryExec" not in entry
    assert {"icons/hicolor/48x48/apps/linepaint.png", "mime/packages/linepaint.xml"} < files(data)


def test_removing_the_menu_entry_leaves_nothing_of_it(bundle, tmp_path):
    unpacked = unpack(build_tarball(bundle, tmp_path / "out"), tmp_path / "unpacked")
    before = files(unpacked)
    assert install(unpacked, tmp_path / "home").returncode == 0
    assert install(unpacked, tmp_path / "home", "--remove").returncode == 0
    assert [name for name in files(tmp_path / "home") if "linepaint" in name] == []
    cache = tmp_path / "home" / ".local" / "share" / "applications" / "mimeinfo.cache"
    assert not cache.exists() or "linepaint" not in cache.read_text("utf-8")
    assert files(unpacked) == before


def test_the_installer_refuses_what_it_does_not_know(bundle, tmp_path):
    unpacked = unpack(build_tarball(bundle, tmp_path / "out"), tmp_path / "un$packed")
    assert install(unpacked, tmp_path / "home", "--purge").returncode == 2
    refused = install(unpacked, tmp_path / "home")
    assert refused.returncode == 2 and "rename the folder" in refused.stderr
    assert not (tmp_path / "home").exists()


def test_a_folder_without_the_programs_is_refused(bundle, tmp_path):
    (bundle / "linepaint-train").unlink()
    with pytest.raises(BuildError, match="it has no linepaint-train"):
        build_tarball(bundle, tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_failing_zstd_leaves_no_archive_behind(bundle, tmp_path, monkeypatch):
    monkeypatch.setattr("installers.linux.tarball.COMPRESSION", ("--no-such-option",))
    with pytest.raises(BuildError, match="zstd failed"):
        build_tarball(bundle, tmp_path / "out")
    assert list((tmp_path / "out").glob("*.zst")) == []
