"""Pictures whose tones and colours matter are opened as they are, and what would not be is refused."""

from pathlib import Path

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.mode import DocumentMode
from linepaint.files.errors import FileError
from linepaint.files.opening import open_color_document, open_gray_document
from linepaint.files.ora import write_ora
from linepaint.files.pictures import read_color, write_picture
from linepaint.files.psd import write_psd
from linepaint.imaging.compositing import composite_document
from linepaint.imaging.opencv import cv2


@pytest.fixture
def shades() -> np.ndarray:
    """Grey on grey, which as a scan of line art would be taken for paper."""
    return np.random.default_rng(0).integers(90, 200, (40, 60), dtype=np.uint8)


def test_gray_is_not_cleaned_up(shades: np.ndarray, tmp_path: Path) -> None:
    write_picture(tmp_path / "gray.png", shades)
    document = open_gray_document(tmp_path / "gray.png")
    assert np.array_equal(document.lines.lines, shades)
    assert document.mode is DocumentMode.GRAYSCALE and document.checkpoint == "grayscale"
    assert (composite_document(document) == shades[..., None]).all()


def test_a_colour_picture_counts_by_its_luma(tmp_path: Path) -> None:
    color = np.random.default_rng(1).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    write_picture(tmp_path / "color.png", color)
    luma = cv2.cvtColor(color, cv2.COLOR_RGB2GRAY)
    assert np.array_equal(open_gray_document(tmp_path / "color.png").lines.lines, luma)
    document, picture = open_color_document(tmp_path / "color.png")
    assert np.array_equal(picture, color) and np.array_equal(document.lines.lines, luma)
    assert not document.lines.visible


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    write_picture(tmp_path / "clear.png", np.zeros((5, 6, 4), np.uint8))
    assert (open_gray_document(tmp_path / "clear.png").lines.lines == 255).all()
    assert (read_color(tmp_path / "clear.png") == 255).all()


def test_our_own_documents_keep_their_tones_and_hints(shades: np.ndarray, tmp_path: Path) -> None:
    document = Document.from_scan(shades)
    document.seed = 9
    document.hints.pixels.write(Rect(1, 2, 3, 4), np.full((4, 3, 4), 200, np.uint8))
    write_ora(document, tmp_path / "own.ora")
    again = open_gray_document(tmp_path / "own.ora")
    assert np.array_equal(again.lines.lines, shades) and again.seed == 9
    assert again.mode is DocumentMode.GRAYSCALE and again.checkpoint == "grayscale"
    assert again.hints.pixels.same_pixels(document.hints.pixels)
    with pytest.raises(FileError, match="export the picture as a PNG"):
        open_color_document(tmp_path / "own.ora")


@pytest.mark.parametrize("open_picture", [open_gray_document, open_color_document])
def test_layered_files_of_others_and_no_pictures_are_refused(open_picture, shades: np.ndarray, tmp_path: Path) -> None:
    write_psd(Document.from_scan(shades), tmp_path / "layers.psd")
    with pytest.raises(FileError, match="export the picture as a PNG"):
        open_picture(tmp_path / "layers.psd")
    for name, content in (("text.png", b"plain text"), ("zip.ora", b"PK\x03\x04 but no archive")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(FileError, match=f"^Cannot open {name}: "):
            open_picture(tmp_path / name)
