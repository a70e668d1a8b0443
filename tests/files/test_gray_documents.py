"""Gray documents in files: they come back as they were, and other programs see what we see."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from psd_tools import PSDImage
from psd_tools.constants import BlendMode

from linepaint.document.document import Document
from linepaint.document.mode import DocumentMode
from linepaint.files.autosave import AutosaveStore
from linepaint.files.errors import FileError
from linepaint.files.exporting import ExportOptions, export_picture
from linepaint.files.metadata import Metadata
from linepaint.files.opening import open_document, open_gray_document
from linepaint.files.ora import METADATA_PATH, artwork_from_ora, document_from_ora, read_ora, write_ora
from linepaint.files.pictures import read_picture
from linepaint.files.psd import write_psd
from linepaint.imaging.compositing import composite_document

ChangedArchive = Callable[[Path, dict[str, bytes | None]], bytes]


@pytest.fixture
def saved(tmp_path: Path, gray_picture: Document) -> Path:
    write_ora(gray_picture, tmp_path / "gray.ora")
    return tmp_path / "gray.ora"


def laid(below: np.ndarray, picture: Image.Image, x: int, y: int, opacity: float) -> np.ndarray:
    """`picture` over `below`, float [h, w, 3], as every program blends in the mode "normal"."""
    rgba = np.asarray(picture.convert("RGBA")).astype(float)
    alpha = rgba[..., 3:] / 255 * opacity
    result = below.copy()
    part = result[y : y + rgba.shape[0], x : x + rgba.shape[1]]
    part[:] = rgba[..., :3] * alpha + part * (1 - alpha)
    return result


# --- .ora ----------------------------------------------------------------------------------------


def test_a_reopened_gray_document_is_the_one_that_was_saved(saved: Path, gray_picture: Document) -> None:
    reopened = open_document(saved)
    assert reopened.mode is DocumentMode.GRAYSCALE and reopened.checkpoint == "grayscale"
    assert Metadata.of(reopened) == Metadata.of(gray_picture)
    assert np.array_equal(reopened.lines.scan, gray_picture.lines.scan)
    assert np.array_equal(composite_document(reopened), composite_document(gray_picture))


def test_the_layers_blended_normally_are_the_merged_image(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        (stack,) = ElementTree.fromstring(archive.read("stack.xml"))
        layers = [layer.attrib for layer in stack]
        assert [layer["name"] for layer in layers] == ["Hints", "Colour", "Gray picture", "Paper"]
        assert {layer["composite-op"] for layer in layers} == {"svg:src-over"}
        picture = np.full((90, 130, 3), 255.0)
        for layer in reversed(layers):
            with Image.open(io.BytesIO(archive.read(layer["src"]))) as png:
                picture = laid(picture, png, int(layer["x"]), int(layer["y"]), float(layer["opacity"]))
        with Image.open(io.BytesIO(archive.read("mergedimage.png"))) as image:
            merged = np.asarray(image).astype(float)
    assert np.abs(picture - merged).max() <= 2


def test_a_gray_document_without_colour_shows_the_gray_picture(tmp_path: Path, gray_picture: Document) -> None:
    gray_picture.set_color_pixels(None)
    gray_picture.hints.pixels.clear()
    gray_picture.lines.opacity = 1.0
    write_ora(gray_picture, tmp_path / "a.ora")
    with zipfile.ZipFile(tmp_path / "a.ora") as archive, archive.open("mergedimage.png") as file:
        merged = np.asarray(Image.open(file))
    assert (merged == gray_picture.lines.lines[..., None]).all()
    assert read_ora(tmp_path / "a.ora").color.pixels is None


def metadata_of(path: Path) -> dict[str, object]:
    with zipfile.ZipFile(path) as archive:
        tree = json.loads(archive.read(METADATA_PATH))
    assert isinstance(tree, dict)
    return tree


def test_an_old_file_that_says_no_mode_holds_line_art(
    tmp_path: Path, drawing: Document, changed_archive: ChangedArchive
) -> None:
    write_ora(drawing, tmp_path / "a.ora")
    tree = metadata_of(tmp_path / "a.ora")
    assert tree.pop("mode") == "lineart"
    old = document_from_ora(changed_archive(tmp_path / "a.ora", {METADATA_PATH: json.dumps(tree).encode()}), "a.ora")
    assert Metadata.of(old) == Metadata.of(drawing)


@pytest.mark.parametrize("mode", ["scan", "watercolour", "", "GRAYSCALE", "x" * 3000])
def test_an_unknown_mode_is_refused_in_one_sentence(saved: Path, changed_archive: ChangedArchive, mode: str) -> None:
    tree = json.dumps(metadata_of(saved) | {"mode": mode}).encode()
    with pytest.raises(FileError, match=r"^Cannot open a\.ora: its mode '.*' is not known to this linepaint") as error:
        document_from_ora(changed_archive(saved, {METADATA_PATH: tree}), "a.ora")
    assert len(str(error.value)) < 200


@pytest.mark.parametrize("mode", [None, 1, ["lineart"], "y" * 5000])
def test_a_mode_that_is_no_name_is_refused(saved: Path, changed_archive: ChangedArchive, mode: object) -> None:
    tree = json.dumps(metadata_of(saved) | {"mode": mode}).encode()
    with pytest.raises(FileError, match="'mode' in its linepaint data"):
        document_from_ora(changed_archive(saved, {METADATA_PATH: tree}), "a.ora")


def test_an_older_linepaint_turns_gray_documents_away_and_line_art_not(saved: Path, tmp_path: Path) -> None:
    """Version 1 is all that it knows; it would multiply the gray picture over its colour."""
    write_ora(Document.from_scan(np.full((4, 4), 255, np.uint8)), tmp_path / "a.ora")
    assert metadata_of(tmp_path / "a.ora")["version"] == 1
    assert metadata_of(saved)["version"] == 2


def test_a_gray_picture_that_is_damaged_is_told_by_its_name(saved: Path, changed_archive: ChangedArchive) -> None:
    with pytest.raises(FileError, match="its gray picture is not what its layer list says"):
        document_from_ora(changed_archive(saved, {"linepaint/scan.png": small()}), "a.ora")


def small() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (5, 5)).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_recovered_gray_document_is_still_one(tmp_path: Path, gray_picture: Document) -> None:
    store = AutosaveStore(tmp_path)
    store.save(gray_picture.snapshot(), None, "one")
    store.close()
    (recovery,) = AutosaveStore(tmp_path).recoverable()
    recovered = AutosaveStore(tmp_path).load(recovery)
    assert Metadata.of(recovered) == Metadata.of(gray_picture)
    assert np.array_equal(composite_document(recovered), composite_document(gray_picture))


def test_nobody_learns_line_drawing_from_a_gray_picture(saved: Path, gray_picture: Document) -> None:
    artwork = artwork_from_ora(saved.read_bytes(), "gray.ora")
    assert artwork.lines is None
    assert np.array_equal(artwork.color, composite_document(gray_picture, with_hints=False))


# --- .psd ----------------------------------------------------------------------------------------


def test_the_layers_of_a_psd_blended_normally_are_its_merged_image(tmp_path: Path, gray_picture: Document) -> None:
    write_psd(gray_picture, tmp_path / "a.psd")
    psd = PSDImage.open(tmp_path / "a.psd")
    assert [layer.name for layer in psd] == ["Paper", "Gray picture", "Colour", "Hints"]
    picture = np.full((90, 130, 3), 255.0)
    for layer in psd:
        assert layer.blend_mode == BlendMode.NORMAL and layer.visible
        image = layer.topil()
        assert image is not None
        picture = laid(picture, image, layer.left, layer.top, layer.opacity / 255)
    merged = psd.topil()
    assert merged is not None
    assert np.array_equal(np.asarray(merged.convert("RGB")), composite_document(gray_picture))
    assert np.abs(picture - composite_document(gray_picture)).max() <= 2


def test_a_gray_document_survives_a_visit_to_another_program(
    tmp_path: Path, saved: Path, gray_picture: Document, changed_archive: ChangedArchive
) -> None:
    """That keeps the layers, and nothing of what only linepaint knows."""
    write_psd(gray_picture, tmp_path / "visited.psd")
    (tmp_path / "visited.ora").write_bytes(changed_archive(saved, {METADATA_PATH: None, "linepaint/scan.png": None}))
    for name in ("visited.psd", "visited.ora"):
        for opened in (open_document(tmp_path / name), open_gray_document(tmp_path / name)):
            assert opened.mode is DocumentMode.GRAYSCALE
            assert np.array_equal(opened.lines.lines, gray_picture.lines.lines)
            assert opened.hints.pixels.same_pixels(gray_picture.hints.pixels)


# --- exports -------------------------------------------------------------------------------------


def test_a_transparent_export_of_a_gray_document_is_opaque(tmp_path: Path, gray_picture: Document) -> None:
    gray_picture.lines.opacity = 1.0
    white = np.full((90, 130, 3), 255, np.uint8)
    for colors in (None, white):
        gray_picture.set_color_pixels(colors)
        export_picture(gray_picture, tmp_path / "a.png", ExportOptions(transparent_paper=True))
        picture = read_picture(tmp_path / "a.png")
        assert picture.shape[2] == 4 and (picture[..., 3] == 255).all()
        assert np.array_equal(picture[..., :3], composite_document(gray_picture, with_hints=False))
