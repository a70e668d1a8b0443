"""Our own OpenRaster files: everything comes back, other programs can read them, damage is told plainly."""

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from linepaint.document.document import Document
from linepaint.files.errors import FileError
from linepaint.files.metadata import Metadata
from linepaint.files.ora import METADATA_PATH, document_from_ora, read_ora, write_ora
from linepaint.files.png import encode_png
from linepaint.imaging.compositing import composite_document


@pytest.fixture
def saved(tmp_path: Path, drawing: Document) -> Path:
    path = tmp_path / "drawing.ora"
    write_ora(drawing, path)
    return path


def assert_same(one: Document, other: Document) -> None:
    assert Metadata.of(one) == Metadata.of(other)
    assert np.array_equal(one.lines.scan, other.lines.scan)
    assert one.hints.pixels.same_pixels(other.hints.pixels)
    if one.color.pixels is None or other.color.pixels is None:
        assert one.color.pixels is other.color.pixels
    else:
        assert np.array_equal(one.color.pixels, other.color.pixels)


# --- round trip ----------------------------------------------------------------------------------


def test_everything_comes_back_exactly(saved: Path, drawing: Document) -> None:
    assert_same(read_ora(saved), drawing)


def test_a_fresh_drawing_without_hints_or_colour_comes_back(tmp_path: Path) -> None:
    for size in ((1, 1), (3, 500)):
        document = Document.from_scan(np.full(size, 255, np.uint8))
        write_ora(document, tmp_path / "a.ora")
        assert_same(read_ora(tmp_path / "a.ora"), document)


def test_odd_names_come_back(tmp_path: Path, drawing: Document) -> None:
    drawing.hints.name = "tab\tnewline\n\x00\x1b \ud800 <&>\"'"
    drawing.checkpoint = "/models/\udcff.safetensors"
    write_ora(drawing, tmp_path / "a.ora")
    assert_same(read_ora(tmp_path / "a.ora"), drawing)


def test_the_same_drawing_gives_the_same_bytes(tmp_path: Path, saved: Path, drawing: Document) -> None:
    content = saved.read_bytes()
    write_ora(drawing.snapshot(), tmp_path / "again.ora")
    assert (tmp_path / "again.ora").read_bytes() == content
    write_ora(read_ora(saved), tmp_path / "reopened.ora")
    assert (tmp_path / "reopened.ora").read_bytes() == content


def test_a_snapshot_saves_the_drawing_as_it_was(tmp_path: Path, saved: Path, drawing: Document) -> None:
    snapshot = drawing.snapshot()
    drawing.hints.pixels.clear()
    drawing.set_color_pixels(None)
    write_ora(snapshot, tmp_path / "snapshot.ora")
    assert (tmp_path / "snapshot.ora").read_bytes() == saved.read_bytes()


def test_progress_runs_from_start_to_end_and_can_stop_the_save(tmp_path: Path, saved: Path, drawing: Document) -> None:
    shares: list[float] = []
    write_ora(drawing, tmp_path / "a.ora", progress=shares.append)
    assert shares == sorted(shares)
    assert shares[0] > 0 and shares[-1] <= 1
    read_ora(saved, progress=shares.append)
    assert shares[-1] == 1

    def stop(_share: float) -> None:
        raise InterruptedError

    before = saved.read_bytes()
    with pytest.raises(InterruptedError):
        write_ora(Document.from_scan(np.zeros((4, 4), np.uint8)), saved, progress=stop)
    assert saved.read_bytes() == before


def test_there_is_nothing_to_save_in_the_null_document(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no drawing to save"):
        write_ora(Document.empty(), tmp_path / "a.ora")


# --- the OpenRaster specification ----------------------------------------------------------------


def test_the_archive_is_as_the_specification_says(saved: Path, drawing: Document) -> None:
    content = saved.read_bytes()
    # "mimetype" first, stored, without extra fields: so that `file` and others find it at byte 30.
    assert content[30:54] == b"mimetypeimage/openraster"
    with zipfile.ZipFile(saved) as archive:
        names = archive.namelist()
        assert names[0] == "mimetype" and len(names) == len(set(names))
        assert {"stack.xml", "mergedimage.png", "Thumbnails/thumbnail.png"} <= set(names)
        for name in names:
            if name.endswith(".png"):
                with Image.open(io.BytesIO(archive.read(name))) as image:
                    image.load()
        with Image.open(io.BytesIO(archive.read("mergedimage.png"))) as image:
            assert np.array_equal(np.asarray(image), composite_document(drawing))
        with Image.open(io.BytesIO(archive.read("Thumbnails/thumbnail.png"))) as image:
            assert image.size == (256, 230)


def test_the_stack_lists_the_layers_topmost_first(saved: Path) -> None:
    with zipfile.ZipFile(saved) as archive:
        image = ElementTree.fromstring(archive.read("stack.xml"))
        assert (image.tag, image.get("w"), image.get("h")) == ("image", "300", "270")
        (stack,) = image
        layers = [layer.attrib for layer in stack]
        assert [layer["src"] for layer in layers] == [
            "data/lines.png",
            "data/hints.png",
            "data/color.png",
            "data/paper.png",
        ]
        assert layers[0]["name"] == "Ink & <lines>"
        assert [layer["composite-op"] for layer in layers] == ["svg:multiply", *["svg:src-over"] * 3]
        assert [float(layer["opacity"]) for layer in layers] == [0.9, 0.35, 1 / 3, 1.0]
        assert [layer["visibility"] for layer in layers] == ["visible", "hidden", "visible", "hidden"]
        for layer in layers:
            with Image.open(io.BytesIO(archive.read(layer["src"]))) as png:
                assert int(layer["x"]) + png.width <= 300 and int(layer["y"]) + png.height <= 270


def test_other_programs_see_the_lines_after_levels(saved: Path, drawing: Document) -> None:
    with zipfile.ZipFile(saved) as archive, Image.open(io.BytesIO(archive.read("data/lines.png"))) as image:
        assert np.array_equal(np.asarray(image), drawing.lines.lines)


# --- damage --------------------------------------------------------------------------------------


def refusal(content: bytes) -> str:
    with pytest.raises(FileError) as error:
        document_from_ora(content, "bad.ora")
    message = str(error.value)
    assert message.startswith("Cannot open bad.ora: ") and message.endswith(".") and "\n" not in message
    return message


@pytest.mark.parametrize("share", [0.001, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_refused(saved: Path, share: float) -> None:
    content = saved.read_bytes()
    assert "damaged or cut short" in refusal(content[: int(len(content) * share)])


def test_a_flipped_bit_in_a_layer_is_noticed(saved: Path) -> None:
    content = bytearray(saved.read_bytes())
    with zipfile.ZipFile(saved) as archive:
        offset = archive.getinfo("data/color.png").header_offset
    content[offset + 5000] ^= 1
    assert "damaged or cut short" in refusal(bytes(content))


@pytest.mark.parametrize("path", ["stack.xml", "data/color.png", "linepaint/scan.png", "data/hints.png"])
@pytest.mark.parametrize("content", [None, b"", b"junk"])
def test_a_missing_or_broken_part_is_refused(saved: Path, changed_archive, path: str, content: bytes | None) -> None:
    if (path, content) == ("data/color.png", None):
        assert document_from_ora(changed_archive(saved, {path: None}), "a.ora").color.pixels is None
    else:
        refusal(changed_archive(saved, {path: content}))


def wrong_metadata() -> list[dict[str, object]]:
    return [
        {"format": "other"},
        {"version": 99},
        {"width": 7},
        {"width": True},
        {"layers": []},
        {"levels": {"black": 200, "white": 100}},
        {"paper_color": [1, 2]},
        {"paper_color": [1, 2, 256]},
        {"palette": {"name": "x", "swatches": [{"name": "y", "color": [0.5, 1, 2]}]}},
        {"palette": {"name": "x", "swatches": [{"name": "y", "color": [1, 2, 3]}] * 5000}},
        {"recent_colors": "red"},
        {"checkpoint": None},
        {"seed": "1"},
        {"seed": 1 << 80},
    ]


@pytest.mark.parametrize("change", wrong_metadata())
def test_wrong_metadata_is_refused(saved: Path, changed_archive, change: dict[str, object]) -> None:
    with zipfile.ZipFile(saved) as archive:
        tree = json.loads(archive.read(METADATA_PATH))
    refusal(changed_archive(saved, {METADATA_PATH: json.dumps(tree | change).encode()}))


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"format": "linepaint"}'])
def test_metadata_that_is_no_metadata_is_refused(saved: Path, changed_archive, text: bytes) -> None:
    refusal(changed_archive(saved, {METADATA_PATH: text}))


def test_an_odd_view_is_forgotten_and_no_reason_to_refuse(saved: Path, changed_archive) -> None:
    with zipfile.ZipFile(saved) as archive:
        tree = json.loads(archive.read(METADATA_PATH))
    tree["view"]["zoom"] = float("nan")
    document = document_from_ora(changed_archive(saved, {METADATA_PATH: json.dumps(tree).encode()}), "a.ora")
    assert document.view is None


def test_layers_of_the_wrong_size_are_refused(saved: Path, changed_archive) -> None:
    small = encode_png(np.zeros((5, 5, 3), np.uint8))
    assert "colour layer" in refusal(changed_archive(saved, {"data/color.png": small}))
    assert "line art" in refusal(changed_archive(saved, {"linepaint/scan.png": small}))
    large = encode_png(np.zeros((400, 400, 4), np.uint8))
    assert "hints" in refusal(changed_archive(saved, {"data/hints.png": large}))


# --- malice --------------------------------------------------------------------------------------


def test_other_archives_are_refused(saved: Path, changed_archive) -> None:
    assert "no OpenRaster picture" in refusal(changed_archive(saved, {"stack.xml": None}))
    assert "no OpenRaster picture" in refusal(changed_archive(saved, {"mimetype": b"application/x-krita"}))


@pytest.mark.parametrize("name", ["../evil.png", "/etc/passwd", "a/../../b", "..\\evil", "C:\\x", "n" * 1000])
def test_names_that_lead_out_of_the_archive_are_refused(saved: Path, changed_archive, name: str) -> None:
    assert "leads out of the archive" in refusal(changed_archive(saved, {name: b"x"}))


def test_too_many_entries_are_refused(saved: Path, changed_archive) -> None:
    assert "more than 1024 files" in refusal(changed_archive(saved, {f"data/{n}": b"" for n in range(1100)}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(saved: Path, changed_archive) -> None:
    assert "suspiciously large" in refusal(changed_archive(saved, {"data/color.png": b"\0" * (4 << 20)}))


def test_an_entry_that_lies_about_its_size_is_refused(saved: Path, changed_archive) -> None:
    content = bytearray(changed_archive(saved, {"stack.xml": b" " * 900_000}))
    entry = content.rindex(b"stack.xml") - 46  # In the central directory; the size stands at byte 24.
    content[entry + 24 : entry + 28] = struct.pack("<I", 500)
    refusal(bytes(content))


def test_a_png_that_claims_to_be_huge_is_refused(saved: Path, changed_archive) -> None:
    png = bytearray(encode_png(np.zeros((4, 4, 3), np.uint8)))
    png[16:24] = struct.pack(">II", 50_000, 50_000)
    png[29:33] = struct.pack(">I", zlib.crc32(png[12:29]))
    assert "too large" in refusal(changed_archive(saved, {"data/color.png": bytes(png)}))


STACKS = {
    "entities": b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><image w="4" h="4">&b;</image>',
    "external entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///a">]><image w="4" h="4">&a;</image>',
    "no XML": b"<image",
    "another root": b"<html/>",
    "no size": b"<image><stack/></image>",
    "size zero": b'<image w="0" h="4"><stack/></image>',
    "size negative": b'<image w="-3" h="4"><stack/></image>',
    "size huge": b'<image w="99999" h="99999"><stack/></image>',
    "size of many digits": b'<image w="' + b"9" * 5000 + b'" h="4"><stack/></image>',
    "opacity": b'<image w="4" h="4"><stack><layer src="a" opacity="nan"/></stack></image>',
    "offset": b'<image w="4" h="4"><stack><layer src="a" x="1e999"/></stack></image>',
    "layers": b'<image w="4" h="4"><stack>' + b'<layer src="a"/>' * 300 + b"</stack></image>",
    "nesting": b'<image w="4" h="4">' + b"<stack>" * 20_000 + b"</stack>" * 20_000 + b"</image>",
    "encoding": b'<?xml version="1.0" encoding="no-such"?><image w="4" h="4"/>',
    "too long": b'<image w="4" h="4">' + bytes(range(32, 59)) * 50_000 + b"</image>",
}


@pytest.mark.parametrize("kind", STACKS)
def test_a_hostile_stack_is_refused(saved: Path, changed_archive, kind: str) -> None:
    refusal(changed_archive(saved, {"stack.xml": STACKS[kind]}))


def test_a_damaged_file_leaves_no_half_open_document(saved: Path, drawing: Document, changed_archive) -> None:
    before = Metadata.of(drawing)
    saved.write_bytes(changed_archive(saved, {"data/color.png": b"junk"}))
    with pytest.raises(FileError):
        read_ora(saved)
    assert Metadata.of(drawing) == before
