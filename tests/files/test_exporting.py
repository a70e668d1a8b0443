"""The finished picture in every format, with and without its parts."""

from pathlib import Path

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.files.errors import FileError
from linepaint.files.exporting import EXPORT_SUFFIXES, ExportOptions, export_picture, supports_transparency
from linepaint.files.opening import open_document
from linepaint.files.pictures import read_picture
from linepaint.imaging.compositing import composite_document
from linepaint.imaging.opencv import cv2


@pytest.fixture
def scene(drawing: Document) -> Document:
    drawing.hints.visible = True
    drawing.paper.visible = True
    return drawing


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_every_format_can_be_written_and_opened_again(tmp_path: Path, scene: Document, suffix: str) -> None:
    path = tmp_path / f"picture{suffix.upper()}"
    shares: list[float] = []
    export_picture(scene, path, progress=shares.append)
    assert open_document(path).size == scene.size
    assert shares == sorted(shares) and shares[-1] <= 1
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize("hints", [True, False])
def test_lines_and_hints_are_in_or_out(tmp_path: Path, scene: Document, lines: bool, hints: bool) -> None:
    export_picture(scene, tmp_path / "a.png", ExportOptions(lines=lines, hints=hints))
    expected = composite_document(scene, with_lines=lines, with_hints=hints)
    assert np.array_equal(read_picture(tmp_path / "a.png"), expected)


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.tif"])
def test_paper_can_be_transparent(tmp_path: Path, scene: Document, name: str) -> None:
    scene.set_color_pixels(None)
    export_picture(scene, tmp_path / name, ExportOptions(transparent_paper=True, quality=100))
    picture = read_picture(tmp_path / name)
    expected = composite_document(scene, with_hints=False, transparent_paper=True)
    assert picture.shape[2] == 4 and picture[..., 3].min() == 0
    assert np.array_equal(picture, expected)


@pytest.fixture
def portrait() -> Document:
    """A head of skin with the white of an eye, outlined, alone on a page of 300 × 600."""
    lines, color = np.full((600, 300), 255, np.uint8), np.full((600, 300, 3), 255, np.uint8)
    for radius, paint in ((100, (230, 180, 150)), (30, (255, 255, 255))):
        cv2.circle(color, (150, 300), radius, paint, -1)
        cv2.circle(lines, (150, 300), radius, 0, 5, cv2.LINE_AA)
    document = Document.from_scan(lines)
    document.set_color_pixels(color)
    return document


@pytest.mark.parametrize("name", ["a.png", "a.webp"])
def test_the_paper_around_a_coloured_figure_is_transparent(tmp_path: Path, portrait: Document, name: str) -> None:
    export_picture(portrait, tmp_path / name, ExportOptions(transparent_paper=True, quality=100))
    picture = read_picture(tmp_path / name)
    assert not picture[[0, 0, -1, -1], [0, -1, 0, -1]].any()
    assert (picture[300, 150] == 255).all()
    assert np.array_equal(picture[300, 200], (230, 180, 150, 255))


def test_a_cut_out_figure_looks_the_same_on_white_and_has_no_fringe_on_black(
    tmp_path: Path, portrait: Document
) -> None:
    export_picture(portrait, tmp_path / "cut.png", ExportOptions(transparent_paper=True))
    export_picture(portrait, tmp_path / "whole.png")
    picture, whole = read_picture(tmp_path / "cut.png"), read_picture(tmp_path / "whole.png")
    color, alpha = picture[..., :3], picture[..., 3:]
    assert np.abs(np.where(alpha == 255, color, color * (alpha / 255) + 255 - alpha) - whole).max() <= 1
    rows, columns = np.mgrid[:600, :300]
    around = np.hypot(rows - 300, columns - 150) >= 100
    assert np.array_equal(alpha[around, 0], 255 - portrait.lines.lines[around])
    assert not color[around].any()


def test_a_faint_colour_layer_is_cut_out_too(tmp_path: Path, portrait: Document) -> None:
    portrait.color.opacity = 0.5
    export_picture(portrait, tmp_path / "a.png", ExportOptions(lines=False, transparent_paper=True))
    picture = read_picture(tmp_path / "a.png")
    assert picture[0, 0, 3] == 0 and picture[300, 200].tolist() == [230, 180, 150, 128]


def test_formats_without_transparency_say_so_and_write_nothing(tmp_path: Path, scene: Document) -> None:
    assert not supports_transparency(tmp_path / "a.jpg") and supports_transparency(tmp_path / "a.PNG")
    with pytest.raises(FileError, match=r"Cannot save a\.jpg: JPG holds no transparency, so choose PNG or WebP"):
        export_picture(scene, tmp_path / "a.jpg", ExportOptions(transparent_paper=True))
    with pytest.raises(FileError, match="has to end in"):
        export_picture(scene, tmp_path / "a.xcf")
    with pytest.raises(FileError, match="no drawing to export"):
        export_picture(Document.empty(), tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


def test_quality_changes_the_size_of_a_jpeg(tmp_path: Path, scene: Document) -> None:
    for quality in (30, 95):
        export_picture(scene, tmp_path / f"{quality}.jpg", ExportOptions(quality=quality))
    assert (tmp_path / "30.jpg").stat().st_size < (tmp_path / "95.jpg").stat().st_size
