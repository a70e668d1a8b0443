"""Anything dropped on the window: told apart by its content, or refused in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.files.errors import FileError
from linepaint.files.opening import document_from_picture, open_document
from linepaint.files.ora import write_ora
from linepaint.files.png import encode_png


def test_a_picture_becomes_line_art(tmp_path: Path) -> None:
    lines = np.full((20, 30), 255, np.uint8)
    lines[10] = 0
    (tmp_path / "a.png").write_bytes(encode_png(255 - lines))  # White on black.
    document = open_document(tmp_path / "a.png")
    assert np.array_equal(document.lines.scan, lines)
    assert document.hints.pixels.is_blank and document.color.pixels is None


@pytest.mark.parametrize("name", ["drawing.png", "drawing", "drawing.ora.bak", "drawing.ora~"])
def test_a_drawing_opens_under_any_name(tmp_path: Path, drawing: Document, name: str) -> None:
    write_ora(drawing, tmp_path / name)
    assert open_document(tmp_path / name).seed == drawing.seed


def test_other_kinds_of_file_are_refused(tmp_path: Path) -> None:
    for content in (b"plain text", b"PK\x03\x04 but no archive", b"8BPS but no PSD", b"\x00" * 64):
        (tmp_path / "a.ora").write_bytes(content)
        with pytest.raises(FileError, match=r"^Cannot open a\.ora: .*\.$"):
            open_document(tmp_path / "a.ora")
    with pytest.raises(FileError, match="it is a folder"):
        open_document(tmp_path)
    with pytest.raises(FileError, match="does not exist"):
        open_document(tmp_path / "none.ora")


@pytest.mark.skipif(os.name != "posix", reason="device files")
def test_an_endless_device_is_refused() -> None:
    with pytest.raises(FileError, match="a device or a pipe"):
        open_document(Path("/dev/zero"))


def test_a_pasted_picture_becomes_a_drawing_and_stays_its_owners() -> None:
    pasted = np.zeros((20, 30, 4), np.uint8)
    pasted[10, :, 3] = 255
    document = document_from_picture(pasted)
    assert document.lines.scan[10].max() == 0 and document.lines.scan[0].min() == 255
    pasted[:] = 1  # Still writable.
    with pytest.raises(FileError, match="no pixels"):
        document_from_picture(np.zeros((0, 3, 4), np.uint8))
    with pytest.raises(FileError, match="too large"):
        document_from_picture(np.broadcast_to(np.uint8(0), (40_000, 3)))


def test_sixty_four_million_pixels_open(tmp_path: Path) -> None:
    side = 8192
    strip = np.broadcast_to(np.uint8(255), (side, side))
    (tmp_path / "large.png").write_bytes(encode_png(strip))
    assert open_document(tmp_path / "large.png").size == (side, side)


def test_opening_pictures_loads_neither_qt_nor_torch_nor_psd_tools() -> None:
    program = (
        "import sys, linepaint.files.opening, linepaint.files.exporting, linepaint.files.autosave;"
        "print([name for name in ('torch', 'PySide6', 'psd_tools') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
