"""PSD export opens elsewhere with its layers in place; PSD import finds the lines."""

from pathlib import Path

import numpy as np
import pytest
from psd_tools import PSDImage
from psd_tools.constants import BlendMode

from linepaint.document.document import Document
from linepaint.files.errors import FileError
from linepaint.files.opening import open_document
from linepaint.files.psd import document_from_psd, write_psd
from linepaint.imaging.compositing import composite_document


@pytest.fixture
def saved(tmp_path: Path, drawing: Document) -> Path:
    drawing.hints.visible = True
    write_psd(drawing, tmp_path / "drawing.psd")
    return tmp_path / "drawing.psd"


def test_the_layers_are_there_bottom_to_top(saved: Path, drawing: Document) -> None:
    psd = PSDImage.open(saved)
    assert [layer.name for layer in psd] == ["Paper", "Colour", "Hints", "Ink & <lines>"]
    assert [layer.opacity for layer in psd] == [255, 85, 89, 230]
    assert [layer.visible for layer in psd] == [False, True, True, True]
    paper, color, hints, lines = psd
    assert lines.blend_mode == BlendMode.MULTIPLY
    assert np.array_equal(np.asarray(lines.topil())[..., 0], drawing.lines.lines)
    assert np.array_equal(np.asarray(color.topil())[..., :3], drawing.color.pixels)
    assert np.asarray(paper.topil())[0, 0, :3].tolist() == [250, 240, 230]
    painted = drawing.hints.pixels.content_bounds()
    assert hints.bbox == (painted.x, painted.y, painted.right, painted.bottom)
    assert np.array_equal(np.asarray(hints.topil()), drawing.hints.pixels.read(painted))


def test_programs_without_layers_show_the_merged_picture(saved: Path, drawing: Document) -> None:
    merged = PSDImage.open(saved).topil()
    assert np.array_equal(np.asarray(merged)[..., :3], composite_document(drawing))


def test_a_drawing_without_hints_or_colour_has_two_layers(tmp_path: Path) -> None:
    write_psd(Document.from_scan(np.full((5, 7), 255, np.uint8)), tmp_path / "a.psd")
    assert len(PSDImage.open(tmp_path / "a.psd")) == 2


def test_what_we_export_opens_again_with_lines_and_hints(saved: Path, drawing: Document) -> None:
    document = open_document(saved)
    ink = drawing.lines.lines < 64
    assert np.array_equal(document.lines.scan < 64, ink)
    assert document.hints.pixels.same_pixels(drawing.hints.pixels)


def test_too_large_for_the_format_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="at most 30000 pixels a side"):
        write_psd(Document.from_scan(np.full((1, 30001), 255, np.uint8)), tmp_path / "a.psd")


@pytest.mark.parametrize("length", [4, 20, 26, 500, 20_000])
def test_a_truncated_psd_is_refused(saved: Path, length: int) -> None:
    with pytest.raises(FileError, match=r"Cannot open cut\.psd: it is damaged"):
        document_from_psd(saved.read_bytes()[:length], "cut.psd")


def test_a_psd_that_claims_to_be_huge_is_refused(saved: Path) -> None:
    content = bytearray(saved.read_bytes())
    content[14:22] = (300_000).to_bytes(4, "big") * 2
    with pytest.raises(FileError, match="too large"):
        document_from_psd(bytes(content), "huge.psd")
