"""A PNG encoder for very large pictures, on all cores.

Libraries deflate a PNG as one stream on one core, and a 4096 x 4096 save is little else. Here the rows are
cut into strips, each filtered and deflated by a thread (zlib lets go of the interpreter) and closed with a
full flush, so that the strips in a row are one valid zlib stream. The strips depend on the picture's shape
alone: same pixels, same bytes. See the PNG specification (W3C, third edition) sections 5, 9 and 10, and RFC
1950/1951.
"""

import os
import struct
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

FAST = 1
"""Compression level for saving while someone waits."""
SMALL = 3
"""Compression level for files that travel; those above take several times as long for a few per cent."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOR_TYPES = {1: 0, 3: 2, 4: 6}  # channels: grey, RGB, RGBA
_FILTER_NONE, _FILTER_UP = 0, 2
_STRIP_BYTES = 1 << 21
_ADLER_BASE = 65521
_PERCEPTUAL_INTENT = b"\x00"


class _Strip(NamedTuple):
    deflated: bytes
    adler: int
    length: int


def encode_png(pixels: np.ndarray, level: int = FAST) -> bytes:
    """Return uint8 [H, W], [H, W, 3] or straight RGBA [H, W, 4] as an 8-bit, non-interlaced sRGB PNG."""
    assert pixels.dtype == np.uint8 and pixels.ndim in (2, 3) and pixels.size, "PNG wants a uint8 picture"
    height, width = pixels.shape[:2]
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOR_TYPES[channels], 0, 0, 0)
    return b"".join(
        (
            _SIGNATURE,
            *_chunk(b"IHDR", header),
            *_chunk(b"sRGB", _PERCEPTUAL_INTENT),
            *_chunk(b"IDAT", *_zlib_stream(pixels, level)),
            *_chunk(b"IEND"),
        )
    )


def _chunk(kind: bytes, *data: bytes) -> Sequence[bytes]:
    checksum = zlib.crc32(kind)
    for part in data:
        checksum = zlib.crc32(part, checksum)
    return (struct.pack(">I", sum(map(len, data))), kind, *data, struct.pack(">I", checksum))


def _zlib_stream(pixels: np.ndarray, level: int) -> Sequence[bytes]:
    """Return the filtered rows of `pixels` as the parts of one zlib stream."""
    height, row_bytes = pixels.shape[0], pixels[0].size
    step = max(1, _STRIP_BYTES // (row_bytes + 1))
    tops = range(0, height, step)

    def deflate(top: int) -> _Strip:
        filtered = _filtered(pixels, top, min(top + step, height))
        # Raw deflate (negative window bits): the zlib header and trailer belong to the whole stream.
        compressor = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
        is_last = top + step >= height
        deflated = compressor.compress(filtered.data) + compressor.flush(
            zlib.Z_FINISH if is_last else zlib.Z_FULL_FLUSH
        )
        return _Strip(deflated, zlib.adler32(filtered.data), filtered.size)

    if len(tops) == 1:
        strips = [deflate(0)]
    else:
        with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="png") as pool:
            strips = list(pool.map(deflate, tops))
    adler = 1
    for strip in strips:
        adler = _combined_adler(adler, strip.adler, strip.length)
    return (b"\x78\x01", *(strip.deflated for strip in strips), struct.pack(">I", adler))


def _filtered(pixels: np.ndarray, top: int, bottom: int) -> np.ndarray:
    """Return rows top to bottom, led by their filter types: the first as it is, others less the one above."""
    above = max(top - 1, 0)
    # A strip at a time, so that a picture broadcast from one colour never takes its full memory.
    rows = np.ascontiguousarray(pixels[above:bottom]).reshape(bottom - above, -1)
    filtered = np.empty((bottom - top, rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = _FILTER_UP
    if top == 0:
        filtered[0, 0] = _FILTER_NONE
        filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1 if top == 0 else 0 :, 1:])
    return filtered


def _combined_adler(first: int, second: int, second_length: int) -> int:
    """Return the Adler-32 of two byte strings put together, from that of each (zlib's adler32_combine)."""
    low_first, high_first = first & 0xFFFF, first >> 16
    low_second, high_second = second & 0xFFFF, second >> 16
    low = (low_first + low_second - 1) % _ADLER_BASE
    high = (high_first + high_second + (low_first - 1) * second_length) % _ADLER_BASE
    return high << 16 | low
