"""Saving whole or not at all: whatever goes wrong, a complete file stands under the name."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linepaint.files.atomic import backup_path, write_atomically
from linepaint.files.errors import FileError
from linepaint.files.ora import read_ora


def write_text(path: Path, text: bytes, backup: bool = True) -> None:
    write_atomically(path, lambda file: _write(file, text), backup)


def _write(file, text: bytes) -> None:
    file.write(text)


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_new_file_stands_alone(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert files_in(tmp_path) == {"a.txt"}


def test_one_backup_holds_the_version_before(tmp_path: Path) -> None:
    for text in (b"one", b"two", b"three"):
        write_text(tmp_path / "a.txt", text)
    assert (tmp_path / "a.txt").read_bytes() == b"three"
    assert backup_path(tmp_path / "a.txt").read_bytes() == b"two"
    assert files_in(tmp_path) == {"a.txt", "a.txt~"}


def test_no_backup_when_none_is_wanted(tmp_path: Path) -> None:
    for text in (b"one", b"two"):
        write_text(tmp_path / "a.txt", text, backup=False)
    assert files_in(tmp_path) == {"a.txt"}


def test_the_backup_works_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    for text in (b"one", b"two"):
        write_text(tmp_path / "a.txt", text)
    assert (tmp_path / "a.txt").read_bytes() == b"two"
    assert (tmp_path / "a.txt~").read_bytes() == b"one"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")])
def test_a_save_that_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path, error: BaseException) -> None:
    write_text(tmp_path / "a.txt", b"old")

    def fail(file) -> None:
        file.write(b"half of the n")
        raise error

    with pytest.raises((FileError, KeyboardInterrupt)):
        write_atomically(tmp_path / "a.txt", fail)
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert files_in(tmp_path) == {"a.txt"}


def test_a_full_disk_is_said_plainly(tmp_path: Path) -> None:
    def fail(_file) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(FileError, match=r"Cannot save cat\.ora: the disk is full, so free some space"):
        write_atomically(tmp_path / "cat.ora", fail)


def test_bad_targets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="it is a folder"):
        write_text(tmp_path, b"x")
    with pytest.raises(FileError, match="does not exist"):
        write_text(tmp_path / "missing" / "a.txt", b"x")
    with pytest.raises(FileError, match="name"):
        write_text(tmp_path / ("n" * 300), b"x")
    with pytest.raises(FileError, match="not a possible file name"):
        write_text(tmp_path / "a\0b", b"x")


def test_a_read_only_file_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_text(tmp_path / "a.txt", b"old")
    # As root, which tests may be, every file can be written.
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    with pytest.raises(FileError, match="read-only, so save under another name"):
        write_text(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"


@pytest.mark.skipif(os.name != "posix", reason="links and permissions as POSIX has them")
def test_links_and_permissions_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "real.txt"
    target.parent.mkdir()
    write_text(target, b"old")
    target.chmod(0o640)
    (tmp_path / "link.txt").symlink_to(target)
    write_text(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_leftovers_of_a_killed_save_go_with_a_later_one(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".linepaint-1.part", tmp_path / ".linepaint-2.part"
    for leftover in (old, fresh):
        leftover.write_bytes(b"half")
    two_hours_ago = time.time() - 7200
    os.utime(old, (two_hours_ago, two_hours_ago))
    write_text(tmp_path / "a.txt", b"new")
    assert files_in(tmp_path) == {"a.txt", fresh.name}  # The fresh one may belong to a save going on now.


SAVE_FOR_EVER = """
import sys
from pathlib import Path
import numpy as np
from linepaint.document.document import Document
from linepaint.files.ora import write_ora

path = Path(sys.argv[1])
rng = np.random.default_rng(0)
documents = [Document.from_scan(np.full((200, 200), shade, np.uint8)) for shade in (10, 20)]
for document in documents:
    document.set_color_pixels(rng.integers(0, 256, (200, 200, 3)).astype(np.uint8))
write_ora(documents[0], path)
print("ready", flush=True)
while True:
    for document in documents:
        write_ora(document, path)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
@pytest.mark.parametrize("attempt", range(4))
def test_killed_at_any_moment_the_old_or_the_new_drawing_opens(tmp_path: Path, attempt: int) -> None:
    path = tmp_path / "drawing.ora"
    process = subprocess.Popen([sys.executable, "-c", SAVE_FOR_EVER, str(path)], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(random.Random(attempt).uniform(0.0, 0.1))
        process.send_signal(signal.SIGKILL)
    assert int(read_ora(path).lines.scan[0, 0]) in (10, 20)
    if backup_path(path).exists():
        assert int(read_ora(backup_path(path)).lines.scan[0, 0]) in (10, 20)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_in_the_middle_of_writing_the_old_file_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old and whole")
    program = """
import sys, time
from pathlib import Path
from linepaint.files.atomic import write_atomically

def write(file):
    file.write(b"half of the n")
    file.flush()
    print("writing", flush=True)
    time.sleep(60)

write_atomically(Path(sys.argv[1]), write)
"""
    process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        process.send_signal(signal.SIGKILL)
    assert path.read_bytes() == b"old and whole"
