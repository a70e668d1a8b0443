"""Pictures of every kind opened as what they look like, or as the artist says; layered files as what they are."""

from pathlib import Path

import numpy as np
import pytest
from linepaint.trainer.drawings import Drawing, draw

from linepaint.document.document import Document
from linepaint.document.mode import DocumentMode
from linepaint.files.errors import FileError
from linepaint.files.importing import import_bytes, import_picture
from linepaint.files.ora import write_ora
from linepaint.files.png import encode_png
from linepaint.imaging.opencv import cv2
from linepaint.imaging.picture_kind import PictureKind


@pytest.fixture(scope="module")
def drawn() -> Drawing:
    return draw(2, 200, "landscape")


@pytest.fixture(scope="module")
def gray(drawn: Drawing) -> np.ndarray:
    return cv2.cvtColor(drawn.color, cv2.COLOR_RGB2GRAY)


def test_line_art_is_guessed_and_cleaned_up(drawn: Drawing) -> None:
    imported = import_bytes(encode_png(255 - drawn.lines), "inverted.png")
    assert imported.kind is PictureKind.LINES and imported.color is None
    assert imported.document is not None and imported.document.mode is DocumentMode.LINEART
    assert np.array_equal(imported.document.lines.scan, drawn.lines)


def test_a_gray_picture_keeps_its_tones(gray: np.ndarray) -> None:
    imported = import_bytes(encode_png(gray), "gray.png")
    assert imported.kind is PictureKind.GRAY
    assert imported.document is not None and imported.document.mode is DocumentMode.GRAYSCALE
    assert np.array_equal(imported.document.lines.lines, gray)


def test_a_colouring_waits_for_its_lines(drawn: Drawing) -> None:
    imported = import_bytes(encode_png(drawn.color), "color.png")
    assert imported.kind is PictureKind.COLOR and imported.document is None
    assert np.array_equal(imported.color, drawn.color)


@pytest.mark.parametrize("kind", PictureKind)
def test_what_the_artist_says_goes_before_any_guess(drawn: Drawing, gray: np.ndarray, kind: PictureKind) -> None:
    for picture in (drawn.lines, gray, drawn.color):
        imported = import_picture(picture, kind=kind)
        assert imported.kind is kind
        assert (imported.document is None) == (kind is PictureKind.COLOR) == (imported.color is not None)
        if imported.document is not None:
            assert (imported.document.mode is DocumentMode.GRAYSCALE) == (kind is PictureKind.GRAY)


def test_a_pasted_gray_picture_stays_its_owners(gray: np.ndarray) -> None:
    pasted = gray.copy()
    import_picture(pasted)
    pasted[:] = 1


def test_layered_files_say_themselves_what_they_hold(gray: np.ndarray, tmp_path: Path) -> None:
    write_ora(Document.from_gray(gray.copy()), tmp_path / "own.ora")
    content = (tmp_path / "own.ora").read_bytes()
    imported = import_bytes(content, "own.ora")
    assert imported.kind is None
    assert imported.document is not None and imported.document.mode is DocumentMode.GRAYSCALE
    for kind in (PictureKind.GRAY, PictureKind.COLOR):
        with pytest.raises(FileError, match=r"^Cannot open own\.ora: it has layers, .* PNG first\.$"):
            import_bytes(content, "own.ora", kind)


def test_what_is_no_picture_is_refused_in_one_sentence() -> None:
    with pytest.raises(FileError, match=r"^Cannot open words\.png: .*\.$"):
        import_bytes(b"plain text", "words.png")
    with pytest.raises(FileError, match="no pixels"):
        import_picture(np.zeros((0, 3, 4), np.uint8))
    with pytest.raises(FileError, match="it is not a picture"):
        import_picture(np.zeros(7, np.uint8))
