"""SHA256SUMS as sha256sum itself reads it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from installers.errors import BuildError
from installers.papers.checksums import write_checksums


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.deb", "a name with spaces.tar.zst", "Ä.json"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "linepaint").mkdir()
    (tmp_path / "linepaint" / "inner").write_bytes(b"x")
    (tmp_path / "link").symlink_to("b.deb")
    return tmp_path


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="a system without coreutils")
def test_sha256sum_accepts_the_list_and_notices_a_change(folder: Path) -> None:
    assert write_checksums(folder) == folder / "SHA256SUMS"
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 0
    (folder / "b.deb").write_bytes(b"another")
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 1


def test_it_lists_the_files_of_the_folder_alone_by_name(folder: Path) -> None:
    for _ in range(2):
        lines = write_checksums(folder).read_text("utf-8").splitlines()
        assert [line[66:] for line in lines] == ["a name with spaces.tar.zst", "b.deb", "Ä.json"]
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".")) == []


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="build the installers first"):
        write_checksums(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_breaks_the_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a\nb").write_bytes(b"")
    with pytest.raises(BuildError, match="plain one"):
        write_checksums(tmp_path)
