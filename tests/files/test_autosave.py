"""A crash loses no more than the last moments, and its traces never stop the next start."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.files.autosave import AutosaveStore
from linepaint.files.errors import FileError
from linepaint.files.ora import write_ora


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "app data" / "autosave"


def leave_behind(folder: Path, document: Document, document_id: str = "one", original: Path | None = None) -> None:
    """What a crash leaves: an autosave, and a lock that nobody holds."""
    store = AutosaveStore(folder)
    store.save(document, original, document_id)
    store.close()


def test_what_a_crash_left_behind_is_offered_and_loads(folder: Path, drawing: Document) -> None:
    leave_behind(folder, drawing, original=Path("/home/me/café.ora"))
    store = AutosaveStore(folder)
    (recovery,) = store.recoverable()
    assert (recovery.document_id, recovery.original_path) == ("one", Path("/home/me/café.ora"))
    assert recovery.size == (300, 270)
    assert timedelta(0) <= datetime.now(UTC) - recovery.saved_at < timedelta(minutes=1)
    document = store.load(recovery)
    assert document.hints.pixels.same_pixels(drawing.hints.pixels)
    assert store.recoverable() == [recovery]  # Until it is discarded or saved over.
    store.discard(recovery.document_id)
    assert store.recoverable() == []


def test_a_recovered_drawing_goes_on_under_its_id(folder: Path, drawing: Document) -> None:
    leave_behind(folder, drawing)
    store = AutosaveStore(folder)
    store.save(drawing, None, store.recoverable()[0].document_id)
    assert AutosaveStore(folder).recoverable() == []
    assert len(list(folder.glob("*.ora"))) == 1
    store.close()
    assert len(AutosaveStore(folder).recoverable()) == 1


def test_the_newest_is_offered_first(folder: Path, drawing: Document, another_drawing: Document) -> None:
    leave_behind(folder, drawing, "a")
    leave_behind(folder, another_drawing, "b")
    leave_behind(folder, drawing, "c")
    assert [recovery.document_id for recovery in AutosaveStore(folder).recoverable()] == ["c", "b", "a"]


def test_drawings_of_running_programs_are_not_offered(folder: Path, drawing: Document) -> None:
    running = AutosaveStore(folder)
    running.save(drawing, None, "mine")
    assert running.recoverable() == []
    assert AutosaveStore(folder).recoverable() == []
    running.close()


AUTOSAVE_AND_HANG = """
import sys, time
from pathlib import Path
import numpy as np
from linepaint.document.document import Document
from linepaint.files.autosave import AutosaveStore

store = AutosaveStore(Path(sys.argv[1]))
store.save(Document.from_scan(np.full((9, 8), 77, np.uint8)), None, "lost")
print("saved", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_killed_program_s_drawing_is_offered_only_once_it_is_dead(folder: Path) -> None:
    command = [sys.executable, "-c", AUTOSAVE_AND_HANG, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saved\n"
        assert AutosaveStore(folder).recoverable() == []
        process.send_signal(signal.SIGKILL)
    store = AutosaveStore(folder)
    (recovery,) = store.recoverable()
    assert store.load(recovery).lines.scan[0, 0] == 77
    assert list(folder.glob("*.lock")) == []


@pytest.mark.parametrize("content", [b"", b"junk", b"PK\x03\x04junk"])
def test_a_corrupt_autosave_is_set_aside_and_the_others_offered(
    folder: Path, drawing: Document, content: bytes
) -> None:
    leave_behind(folder, drawing, "good")
    (folder / "bad.ora").write_bytes(content)
    assert [recovery.document_id for recovery in AutosaveStore(folder).recoverable()] == ["good"]
    assert (folder / "bad.ora.corrupt").read_bytes() == content
    assert not (folder / "bad.ora").exists()


def test_an_autosave_cut_short_or_of_unknown_origin_is_set_aside(folder: Path, drawing: Document) -> None:
    leave_behind(folder, drawing, "cut")
    whole = (folder / "cut.ora").read_bytes()
    (folder / "cut.ora").write_bytes(whole[: len(whole) // 2])
    write_ora(drawing, folder / "stranger.ora")
    assert AutosaveStore(folder).recoverable() == []
    assert {path.name for path in folder.glob("*.corrupt")} == {"cut.ora.corrupt", "stranger.ora.corrupt"}


def test_damage_found_while_loading_sets_the_autosave_aside(folder: Path, drawing: Document) -> None:
    leave_behind(folder, drawing)
    content = bytearray((folder / "one.ora").read_bytes())
    content[content.index(b"linepaint/scan.png") + 200] ^= 0xFF
    (folder / "one.ora").write_bytes(bytes(content))
    store = AutosaveStore(folder)
    (recovery,) = store.recoverable()
    with pytest.raises(FileError, match="damaged"):
        store.load(recovery)
    assert (folder / "one.ora.corrupt").exists()
    assert store.recoverable() == []


def test_a_folder_that_cannot_be_used_never_stops_the_start(tmp_path: Path, drawing: Document) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    store = AutosaveStore(tmp_path / "file" / "autosave")
    assert store.recoverable() == []
    store.discard("never-saved")
    with pytest.raises(FileError, match="Cannot save"):
        store.save(drawing, None, "one")
    store.close()


def test_a_document_id_cannot_lead_out_of_the_folder(folder: Path, drawing: Document) -> None:
    store = AutosaveStore(folder)
    for document_id in ("../evil", "a/b", "", "x" * 100, "a.b"):
        with pytest.raises(ValueError, match="document id"):
            store.save(drawing, None, document_id)


def test_saving_again_replaces_and_keeps_no_backup(folder: Path, drawing: Document) -> None:
    store = AutosaveStore(folder)
    store.save(drawing, None, "one")
    store.save(Document.from_scan(np.zeros((3, 4), np.uint8)), None, "one")
    assert [path.name for path in folder.iterdir() if path.suffix != ".lock"] == ["one.ora"]
    store.close()
    assert AutosaveStore(folder).recoverable()[0].size == (4, 3)
