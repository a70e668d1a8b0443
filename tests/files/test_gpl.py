"""GIMP palettes come and go."""

from pathlib import Path

import pytest

from linepaint.document.palette import DEFAULT_PALETTE, Palette, Swatch
from linepaint.files.errors import FileError
from linepaint.files.gpl import read_gpl, write_gpl


@pytest.mark.parametrize(
    "palette",
    [
        DEFAULT_PALETTE,
        Palette("Sea – 海", (Swatch((0, 128, 255)), Swatch((1, 2, 3), "Foam # 2"))),
        Palette("None yet"),
    ],
)
def test_a_palette_comes_back(tmp_path: Path, palette: Palette) -> None:
    write_gpl(palette, tmp_path / "a.gpl")
    assert read_gpl(tmp_path / "a.gpl") == palette


def test_what_gimp_and_others_write_is_read(tmp_path: Path) -> None:
    path = tmp_path / "Forest.gpl"
    path.write_bytes(
        b"\xef\xbb\xbfGIMP Palette\r\nColumns: 3\r\n# by hand\r\n\r\n"
        b"  0   0   0\tBlack\r\n255 255 255\r\n  9 8 7  Moss green \r\n"
    )
    swatches = (Swatch((0, 0, 0), "Black"), Swatch((255, 255, 255)), Swatch((9, 8, 7), "Moss green"))
    assert read_gpl(path) == Palette("Forest", swatches)
    path.write_bytes("GIMP Palette\nName: Été\n1 2 3 Glaïeul\n".encode("latin-1"))
    assert read_gpl(path) == Palette("Été", (Swatch((1, 2, 3), "Glaïeul"),))


def test_names_with_line_breaks_cannot_break_the_file(tmp_path: Path) -> None:
    write_gpl(Palette("a\nb", (Swatch((1, 2, 3), "c\n4 5 6"),)), tmp_path / "a.gpl")
    assert read_gpl(tmp_path / "a.gpl") == Palette("a b", (Swatch((1, 2, 3), "c 4 5 6"),))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"JASC-PAL\n0100\n1\n1 2 3\n", "not a GIMP palette"),
        (b"\x89PNG\r\n\x1a\n", "not a GIMP palette"),
        (b"GIMP Palette\n1 2\n", "line 2 is not a colour"),
        (b"GIMP Palette\n#\n1 2 256\n", "line 3 has a colour value above 255"),
        (b"GIMP Palette\n" + b"1 2 3\n" * 5000, "more than 4096 colours"),
        (b"GIMP Palette\n" + b"#" * (2 << 20), "larger than 1 MiB"),
    ],
)
def test_other_files_are_refused_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "bad.gpl"
    path.write_bytes(content)
    with pytest.raises(FileError, match=rf"Cannot open bad\.gpl: .*{reason}"):
        read_gpl(path)
