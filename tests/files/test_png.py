"""Our PNG encoder against the decoders that others use."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from linepaint.files.decoding import decode_own_png
from linepaint.files.png import FAST, SMALL, encode_png
from linepaint.imaging.opencv import cv2


@pytest.mark.parametrize("level", [FAST, SMALL])
@pytest.mark.parametrize("shape", [(1, 1), (1, 1, 4), (3, 5, 3), (700, 900, 4), (1500, 1001, 3), (2, 32768), (9000, 1)])
def test_every_decoder_reads_the_same_pixels_back(shape: tuple[int, ...], level: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, shape).astype(np.uint8)
    png = encode_png(pixels, level)
    with Image.open(io.BytesIO(png)) as image:
        image.load()  # Checks the zlib checksum and every chunk's.
        assert np.array_equal(np.asarray(image), pixels)
    decoded = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(decoded.reshape(-1), (pixels if len(shape) == 2 else _bgr(pixels)).reshape(-1))
    assert np.array_equal(decode_own_png(png, "x.png"), pixels)


def _bgr(pixels: np.ndarray) -> np.ndarray:
    return pixels[..., [2, 1, 0, 3][: pixels.shape[2]]]


def test_same_pixels_give_the_same_bytes_in_any_memory_layout() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (900, 800, 3)).astype(np.uint8)
    assert encode_png(pixels) == encode_png(np.asfortranarray(pixels)) == encode_png(pixels[::-1][::-1])


def test_one_colour_all_over_takes_next_to_nothing() -> None:
    paper = np.broadcast_to(np.array((250, 240, 230), np.uint8), (2000, 2000, 3))
    png = encode_png(paper)
    assert len(png) < paper.size / 150
    assert np.array_equal(decode_own_png(png, "x.png"), paper)


def test_what_others_wrote_is_read_by_the_general_decoder() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (20, 30, 3)).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).convert("P").save(buffer, "PNG")
    assert decode_own_png(buffer.getvalue(), "x.png").shape == (20, 30, 3)


def test_a_huge_header_is_refused_before_decoding() -> None:
    png = bytearray(encode_png(np.zeros((4, 4), np.uint8)))
    png[16:24] = struct.pack(">II", 100_000, 100_000)
    with pytest.raises(ValueError, match="100000 x 100000"):
        decode_own_png(bytes(png), "bomb.png")
