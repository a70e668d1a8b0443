"""The application's icon as each system wants it: .png in many sizes, .ico for Windows, .icns for macOS.

    python -m installers.icons FOLDER

All are rendered from resources/icons/linepaint.svg, without a screen, and always into the same bytes by the same
versions of Qt and Pillow.
"""

from __future__ import annotations

import io
import sys
from functools import cache
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from .places import ROOT
from .product import PRODUCT

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""The sides, in pixels, for which freedesktop.org's icon theme and the desktops ask."""

ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
"""Those that Windows shows at its usual scales."""

ICNS_SIZES = (32, 64, 128, 256, 512, 1024)
"""Those that Pillow puts into an .icns file, from 16 points on a fine screen on."""

MACOS_SCALE = 824 / 1024 * 256 / 240
"""How large the picture is drawn for macOS: there the tile itself, 240 of its 256 units, takes 824 of 1024 pixels."""

SOURCE = ROOT / "resources" / "icons" / "linepaint.svg"

_OVERSAMPLED = 8


def png_icon(side: int) -> bytes:
    """The icon as a PNG of `side` × `side` pixels, at least 8. Raises ValueError below."""
    if side < 8:
        raise ValueError(f"An icon of {side} pixels shows nothing; ask for 8 or more.")
    return _png(_rendered(side))


def write_ico(path: Path) -> None:
    """Write the icon for Windows. Raises OSError.

    All sizes are bitmaps with alpha, which every reader of icons understands; PNGs within icons not all of them do.
    """
    pictures = [_rendered(side) for side in ICO_SIZES]
    sizes = [picture.size for picture in pictures]
    content = io.BytesIO()
    pictures[-1].save(content, "ICO", sizes=sizes, append_images=pictures[:-1], bitmap_format="bmp")
    _replace(path, content.getvalue())


def write_icns(path: Path) -> None:
    """Write the icon for macOS, with the margin that icons have there. Raises OSError."""
    pictures = [_rendered(side, MACOS_SCALE) for side in ICNS_SIZES]
    content = io.BytesIO()
    pictures[-1].save(content, "ICNS", append_images=pictures[:-1])
    _replace(path, content.getvalue())


@cache
def _renderer() -> QSvgRenderer:
    renderer = QSvgRenderer(QByteArray(SOURCE.read_bytes()))
    if not renderer.isValid():
        raise ValueError(f"{SOURCE} is no SVG that Qt can read.")
    return renderer


def _rendered(side: int, scale: float = 1.0) -> Image.Image:
    """RGBA, side × side, with the picture in the middle at `scale` of it.

    Drawn larger and averaged, so that lines thinner than a pixel keep their weight on whatever pixels they fall.
    """
    large = side * (_OVERSAMPLED if side < 256 else 1)
    canvas = QImage(large, large, QImage.Format.Format_RGBA8888_Premultiplied)
    canvas.fill(Qt.GlobalColor.transparent)
    margin = large * (1.0 - scale) / 2.0
    painter = QPainter(canvas)
    _renderer().render(painter, QRectF(margin, margin, large * scale, large * scale))
    painter.end()
    # Averaged while premultiplied: the colour of what is transparent does not count.
    pixels = bytes(canvas.constBits())
    picture = Image.frombuffer("RGBa", (large, large), pixels, "raw", "RGBa", canvas.bytesPerLine(), 1)
    return picture.reduce(large // side).convert("RGBA")


def _png(picture: Image.Image) -> bytes:
    content = io.BytesIO()
    picture.save(content, "PNG", optimize=True)
    return content.getvalue()


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def main() -> int:
    """Write all of them into the folder that the command line names; the exit status."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m installers.icons FOLDER")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for side in SIZES:
        _replace(folder / f"{PRODUCT.name}-{side}.png", png_icon(side))
    write_ico(folder / f"{PRODUCT.name}.ico")
    write_icns(folder / f"{PRODUCT.name}.icns")
    print(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
