"""Every kind of picture an artist may have opens; every broken one is refused in one plain sentence."""

import io
import os
import struct
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from linepaint.files.errors import FileError
from linepaint.files.pictures import read_hints, read_line_art, read_picture, write_picture
from linepaint.files.png import encode_png
from linepaint.imaging.opencv import cv2

PIXELS = np.random.default_rng(5).integers(0, 256, (30, 41, 3)).astype(np.uint8)


def encoded(image: Image.Image, format_name: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format_name, **options)
    return buffer.getvalue()


def cv2_encoded(suffix: str, pixels: np.ndarray) -> bytes:
    return cv2.imencode(suffix, pixels)[1].tobytes()


def sentence(error: pytest.ExceptionInfo[FileError]) -> str:
    """The message, checked for being one plain sentence."""
    message = str(error.value)
    assert message.startswith("Cannot open ") and message.endswith(".")
    assert "\n" not in message and "Error" not in message and "0x" not in message
    return message


# --- what opens ----------------------------------------------------------------------------------


MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA"),
    "TIFF": ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK"),
    "BMP": ("1", "L", "P", "RGB"),
}


@pytest.mark.parametrize(("format_name", "mode"), [(name, mode) for name in MODES for mode in MODES[name]])
def test_lossless_formats_give_their_pixels(format_name: str, mode: str) -> None:
    image = Image.fromarray(PIXELS).convert(mode)
    picture = read_picture(encoded(image, format_name), "x")
    wanted = {"1": "L", "P": "RGB", "LA": "RGBA", "CMYK": "RGB"}.get(mode, mode)
    assert np.array_equal(picture, np.asarray(image.convert(wanted)))


@pytest.mark.parametrize(("format_name", "options"), [("JPEG", {"quality": 98}), ("WEBP", {"quality": 98})])
def test_lossy_formats_come_close(format_name: str, options: dict[str, int]) -> None:
    smooth = cv2.resize(PIXELS[:4, :5], (60, 50), interpolation=cv2.INTER_CUBIC)
    picture = read_picture(encoded(Image.fromarray(smooth), format_name, **options), "x")
    assert np.abs(picture.astype(int) - smooth).mean() < 4


def test_a_cmyk_jpeg_opens_as_rgb() -> None:
    white = Image.new("CMYK", (20, 10), (0, 0, 0, 0))
    picture = read_picture(encoded(white, "JPEG"), "x")
    assert picture.shape == (10, 20, 3) and picture.min() > 250


def test_transparent_palette_entries_are_transparent() -> None:
    image = Image.new("P", (4, 4), 1)
    image.putpalette([10, 20, 30, 40, 50, 60])
    image.putpixel((0, 0), 0)
    picture = read_picture(encoded(image, "PNG", transparency=1), "x")
    assert picture[0, 0].tolist() == [10, 20, 30, 255]
    assert picture[1, 1, 3] == 0


def test_sixteen_bits_of_grey_are_kept_and_of_colour_reduced() -> None:
    grey = np.arange(0, 60000, 50, np.uint16).reshape(30, 40)
    color = np.dstack([grey] * 3)
    for suffix in (".png", ".tiff"):
        assert np.array_equal(read_picture(cv2_encoded(suffix, grey), "x"), grey)
        assert np.array_equal(read_picture(cv2_encoded(suffix, color), "x"), (color >> 8).astype(np.uint8))


def test_floating_point_tiffs_open() -> None:
    ramp = np.linspace(0, 1, 1200, dtype=np.float32).reshape(30, 40)
    for values in (ramp, np.dstack([ramp] * 3)):
        picture = read_picture(cv2_encoded(".tiff", values), "x")
        assert picture.dtype == np.uint16 and picture.shape == values.shape
        assert np.abs(picture / 65535 - values).max() < 1e-4


@pytest.mark.parametrize("format_name", ["JPEG", "TIFF", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation_is_undone(format_name: str, orientation: int) -> None:
    upright = np.zeros((16, 32), np.uint8)
    upright[:8, :8], upright[:8, -8:], upright[-8:, :8] = 255, 170, 85
    undo_for_storing = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.T,
        6: np.rot90(upright),
        7: upright[::-1, ::-1].T,
        8: np.rot90(upright, -1),
    }
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(np.ascontiguousarray(undo_for_storing[orientation])).convert("RGB")
    options = {"lossless": True} if format_name == "WEBP" else {}
    picture = read_picture(encoded(image, format_name, exif=exif, **options), "x")
    assert picture.shape == (16, 32, 3)
    assert np.abs(picture[..., 0].astype(int) - upright).max() < 12


@pytest.mark.parametrize("format_name", ["PNG", "WEBP", "GIF", "TIFF"])
def test_of_an_animation_the_first_frame_opens(format_name: str) -> None:
    first, second = Image.new("L", (20, 10), 0), Image.new("L", (20, 10), 255)
    content = encoded(first, format_name, save_all=True, append_images=[second])
    assert read_picture(content, "x")[..., 0].max() < 10 or read_picture(content, "x").max() < 10


def test_a_wrong_extension_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "drawing.jpg"
    path.write_bytes(encoded(Image.fromarray(PIXELS), "PNG"))
    assert np.array_equal(read_picture(path), PIXELS)


# --- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("format_name", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_truncated_files_are_refused_quietly(format_name: str, share: float, capfd: pytest.CaptureFixture[str]) -> None:
    content = encoded(Image.fromarray(PIXELS), format_name)
    with pytest.raises(FileError) as error:
        read_picture(content[: int(len(content) * share)], "cut.png")
    assert "cut.png" in sentence(error)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("compression", ["tiff_lzw", "jpeg", "tiff_adobe_deflate", "packbits"])
def test_damaged_tiffs_leave_no_trace_of_libtiff_on_the_terminal(
    compression: str, capfd: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(encoded(Image.fromarray(PIXELS), "TIFF", compression=compression))
    content[8:200] = bytes(range(192))
    with suppress(FileError):  # Some damage cannot be told from a picture.
        read_picture(bytes(content), "x.tif")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", [b"x", b"Hello, I am a text.\n", b"%PDF-1.7", b"\x7fELF" * 100, b"\0" * 1000])
def test_other_kinds_of_file_are_refused(content: bytes) -> None:
    with pytest.raises(FileError) as error:
        read_picture(content, "notes.png")
    assert "not a picture of a kind linepaint reads" in sentence(error)


def test_missing_empty_and_unreadable_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileError) as error:
        read_picture(tmp_path / "none.png")
    assert sentence(error) == "Cannot open none.png: it does not exist, so check the name and the folder."
    (tmp_path / "empty.png").write_bytes(b"")
    with pytest.raises(FileError) as error:
        read_picture(tmp_path / "empty.png")
    assert "is empty (0 bytes)" in sentence(error)
    with pytest.raises(FileError) as error:
        read_picture(b"", "clipboard")
    assert "is empty (0 bytes)" in sentence(error)
    with pytest.raises(FileError) as error:
        read_picture(tmp_path)
    assert "it is a folder" in sentence(error)
    with pytest.raises(FileError) as error:
        read_picture(tmp_path / "a\0b.png")
    assert "not a possible file name" in sentence(error)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # As root, which tests may be, every file can be read.
    with pytest.raises(FileError) as error:
        read_picture(tmp_path / "empty.png")
    assert "you have no permission for it" in sentence(error)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(FileError, match="a device or a pipe"):
        read_picture(tmp_path / "pipe.png")


def png_claiming(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def bmp_claiming(width: int, height: int) -> bytes:
    content = bytearray(encoded(Image.new("RGB", (4, 4)), "BMP"))
    content[18:26] = struct.pack("<ii", width, height)
    return bytes(content)


def webp_claiming(width: int, height: int) -> bytes:
    content = bytearray(
        encoded(Image.new("RGBA", (4, 4)), "WEBP", save_all=True, append_images=[Image.new("RGBA", (4, 4), 9)])
    )
    assert content[12:16] == b"VP8X"
    content[24:30] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(content)


def tiff_claiming(width: int, height: int) -> bytes:
    entries = [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (279, 4, 1, 9),
    ]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", 8) + directory + b"\0" * 100


@pytest.mark.parametrize("claiming", [png_claiming, bmp_claiming, webp_claiming, tiff_claiming])
@pytest.mark.parametrize("size", [(9000, 9000), (16000, 16000), (40000, 100)])
def test_decompression_bombs_are_refused_by_their_header(claiming, size: tuple[int, int]) -> None:
    if claiming is webp_claiming and size[0] > 16383:
        size = 16383, 16383
    with pytest.raises(FileError) as error:
        read_picture(claiming(*size), "bomb.png")
    assert "too large" in sentence(error) or "too many pixels" in sentence(error)


def test_a_hostile_name_is_shown_harmlessly() -> None:
    with pytest.raises(FileError) as error:
        read_picture(b"x", "evil\n\x1b[31m" + "n" * 500)
    assert len(sentence(error)) < 300 and "\x1b" not in sentence(error)


# --- line art and hints --------------------------------------------------------------------------


def test_line_art_comes_normalised() -> None:
    grey = np.full((40, 50), 200, np.uint8)
    grey[20] = 20
    lines = read_line_art(encode_png(grey), "scan.png")
    assert lines.shape == (40, 50) and lines[0, 0] == 255 and lines[20, 20] < 40


def test_hints_come_as_they_are_or_scaled_without_mixing() -> None:
    hints = np.zeros((20, 30, 4), np.uint8)
    hints[5, 6] = 200, 10, 20, 255
    assert np.array_equal(read_hints(encode_png(hints), (30, 20)), hints)
    doubled = read_hints(encode_png(hints), (60, 40))
    assert doubled.shape == (40, 60, 4)
    assert {tuple(pixel) for pixel in doubled.reshape(-1, 4).tolist()} == {(0, 0, 0, 0), (200, 10, 20, 255)}


def test_hints_that_cannot_fit_are_refused() -> None:
    with pytest.raises(FileError, match="proportions"):
        read_hints(encode_png(np.zeros((20, 30, 4), np.uint8)), (30, 30))
    with pytest.raises(FileError, match="transparent background"):
        read_hints(encode_png(PIXELS), (41, 30))


# --- writing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.png", "a.TIF", "a.bmp", "a.webp"])
@pytest.mark.parametrize("shape", [(30, 41), (30, 41, 3), (30, 41, 4)])
def test_pictures_come_back_as_written(tmp_path: Path, name: str, shape: tuple[int, ...]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, shape).astype(np.uint8)
    if name == "a.bmp" and shape[2:] == (4,):
        with pytest.raises(FileError, match="no transparency"):
            write_picture(tmp_path / name, pixels)
        return
    write_picture(tmp_path / name, pixels, quality=100)
    picture = read_picture(tmp_path / name)
    assert np.array_equal(picture, np.dstack([pixels] * 3) if picture.ndim > pixels.ndim else pixels)


def test_what_a_format_cannot_hold_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="holds no transparency, so choose PNG or WebP"):
        write_picture(tmp_path / "a.jpg", np.zeros((4, 4, 4), np.uint8))
    with pytest.raises(FileError, match="16383 pixels"):
        write_picture(tmp_path / "a.webp", np.zeros((1, 20000), np.uint8))
    with pytest.raises(FileError, match="has to end in"):
        write_picture(tmp_path / "a.xyz", PIXELS)
    assert list(tmp_path.iterdir()) == []
