"""Takes the pictures of README.md from the real application, painting with real mouse and key events.

    xvfb-run -a -s '-screen 0 1600x1100x24' python scripts/screenshots.py [FOLDER]

FOLDER is docs/pictures by default. Needs a screen, if only a virtual one.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from linepaint.document.document import Document
from linepaint.document.palette import Color
from linepaint.files.opening import open_document
from linepaint.imaging.opencv import cv2
from linepaint.ui.app import make_application
from linepaint.ui.panels.color_fields import HexField
from linepaint.ui.panels.color_math import to_hex
from linepaint.ui.preview.status import Phase
from linepaint.ui.samples import samples_folder
from linepaint.ui.settings import Settings
from linepaint.ui.theme import Theme
from linepaint.ui.window import MainWindow

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WINDOW_SIZE = (1400, 980)
LIGHT_SAMPLE, DARK_SAMPLE, PAINTED_SAMPLE = "girl-with-flowers", "cottage-by-the-lake", "tea-and-cat"
GRAY_SAMPLE, COLOR_SAMPLE = "rabbit-in-gray.ora", "birds-in-colour.png"
STROKES = 80
"""How many of a sample's own hints are painted anew at most, the largest first."""
STEPS = 10
"""Mouse moves of a stroke."""
STRIP_WIDTH, STRIP_GAP = 1600, 20
LARGEST_BYTES = 300_000
KEPT_BITS = (8, 7, 6, 5)
"""How finely a picture's colours are kept: as finely as LARGEST_BYTES allows."""
WEBP_QUALITY = 88
LONGEST_WAIT_SECONDS = 180.0

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class HintStroke:
    """A hint to paint: points are in document pixels."""

    color: Color
    size_px: float
    points: list[tuple[float, float]]


def main() -> int:
    """Take every picture; the exit status."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application()
    with tempfile.TemporaryDirectory(prefix="linepaint-screenshots-") as scratch:
        theme = Theme("light", application)
        window = MainWindow(Settings(Path(scratch) / "settings.ini"), theme, Path(scratch) / "autosave")
        window.resize(*WINDOW_SIZE)
        window.show()
        window.start_services()

        open_sample(window, f"{LIGHT_SAMPLE}.ora")
        take(window, folder / "window-light.png")

        paint_strip(window, folder / "painting.png")
        take_levels(window, folder / "levels.png")

        for sample, name in ((GRAY_SAMPLE, "window-gray.webp"), (COLOR_SAMPLE, "window-lines.webp")):
            window.editor.history.mark_saved()
            open_sample(window, sample)
            take(window, folder / name)

        window.actions_by_id["view.theme_dark"].trigger()
        window.editor.history.mark_saved()
        open_sample(window, f"{DARK_SAMPLE}.ora")
        take(window, folder / "window-dark.png")

        window.editor.history.mark_saved()
        window.close()
        wait_for(lambda: not window.isVisible(), "the window to close")
    return 0


# --- what is shown -----------------------------------------------------------------------------------


def open_sample(window: MainWindow, name: str) -> None:
    """Open a sample and wait until it is coloured and painted."""
    before = window.editor.document
    window.files.open_path(samples_folder() / name)
    wait_for(lambda: window.editor.document is not before, f"{name} to open")
    settle(window)


def paint_strip(window: MainWindow, path: Path) -> None:
    """Paint hints on a drawing that has none; before, the hints alone, and after stand side by side."""
    open_sample(window, f"{PAINTED_SAMPLE}.png")
    show_color = window.actions_by_id["layer.show_color"]
    show_hints = window.actions_by_id["layer.show_hints"]
    show_color.trigger()
    while window.editor.document.hints.opacity < 1:
        window.actions_by_id["layer.hints_stronger"].trigger()
    settle(window)
    before = page_of(window)
    for stroke in hint_strokes(open_document(samples_folder() / f"{PAINTED_SAMPLE}.ora")):
        paint(window, stroke)
    settle(window)
    hints = page_of(window)
    show_color.trigger()
    show_hints.trigger()
    settle(window)
    after = page_of(window)
    show_hints.trigger()
    settle(window)
    save(side_by_side([before, hints, after]), path)


def take_levels(window: MainWindow, path: Path) -> None:
    """The levels of the line art, tried on the open drawing."""
    window.actions_by_id["layer.levels"].trigger()
    wait_for(lambda: QApplication.activeModalWidget() is not None, "the levels to open")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    QTest.qWait(400)
    take(dialog, path)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    wait_for(lambda: QApplication.activeModalWidget() is None, "the levels to close")


# --- an artist's hand ----------------------------------------------------------------------------------


def paint(window: MainWindow, stroke: HintStroke) -> None:
    """Type the colour into the colour panel, and draw the stroke with the mouse."""
    field = window.findChild(HexField)
    assert field is not None
    field.selectAll()
    QTest.keyClicks(field, to_hex(stroke.color))
    QTest.keyClick(field, Qt.Key.Key_Return)
    window.editor.set_brush_size(stroke.size_px)
    canvas = window.canvas
    way = [QPoint(round(p.x), round(p.y)) for p in (canvas.view.to_widget(x, y) for x, y in stroke.points)]
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=way[0])
    for point in way[1:]:
        QTest.mouseMove(canvas, point)
        QTest.qWait(4)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=way[-1])


def hint_strokes(document: Document) -> list[HintStroke]:
    """The largest hints of a document."""
    pixels = document.hints.pixels.read()
    hinted = (pixels[..., 3] >= 128).astype(np.uint8)
    reach = cv2.distanceTransform(hinted, cv2.DIST_L2, 5)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(hinted)
    largest = sorted(range(1, count), key=lambda label: -int(stats[label, cv2.CC_STAT_AREA]))[:STROKES]
    strokes = []
    for label in largest:
        ys, xs = np.nonzero(labels == label)
        r, g, b = (int(value) for value in np.median(pixels[ys, xs, :3], axis=0))
        middle = _middle_of(np.stack([xs, ys], axis=1).astype(np.float64))
        strokes.append(HintStroke((r, g, b), 2 * float(reach[ys, xs].max()), middle))
    return strokes


def _middle_of(points: NDArray[np.float64]) -> list[tuple[float, float]]:
    """A way through a stroke's pixels, (x, y) [n, 2], from one end to the other."""
    centered = points - points.mean(axis=0)
    along = centered @ np.linalg.svd(np.cov(centered.T))[0][:, 0]
    slabs = np.array_split(points[np.argsort(along)], STEPS)
    return [(float(x), float(y)) for x, y in (slab.mean(axis=0) for slab in slabs if len(slab))]


# --- waiting and taking --------------------------------------------------------------------------------


def settle(window: MainWindow) -> None:
    """Wait for the fine preview, and until the canvas shows it."""
    QTest.qWait(100)
    wait_for(lambda: window.preview.status.phase in (Phase.READY, Phase.FAILED), "the preview")
    if window.preview.status.phase is Phase.FAILED:
        sys.exit(window.preview.status.message)
    wait_for(lambda: window.canvas.is_settled, "the canvas")
    QTest.qWait(200)


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Let the application run until something is so."""
    end = time.monotonic() + LONGEST_WAIT_SECONDS
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"Waited in vain for {what}.")
        QTest.qWait(20)


def take(widget: QWidget, path: Path) -> None:
    """Photograph a window as it stands on the screen."""
    save(rgb(widget.screen().grabWindow(widget.winId()).toImage()), path)


def page_of(window: MainWindow) -> Picture:
    """The canvas, cut to the page, without the brush's outline."""
    canvas, view = window.canvas, window.canvas.view
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    QTest.qWait(100)
    left, top, right, bottom = (round(v) for v in view.widget_bounds(0, 0, view.page_width, view.page_height))
    picture = rgb(canvas.screen().grabWindow(canvas.winId()).toImage())
    return picture[max(top, 0) : bottom, max(left, 0) : right]


def rgb(image: QImage) -> Picture:
    """A Qt picture as uint8 [H, W, 3]."""
    image = image.convertToFormat(QImage.Format.Format_RGBX8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)[..., :3].copy()


def side_by_side(pictures: list[Picture]) -> Picture:
    """Pictures of one size in a row, with white between them."""
    height, width = pictures[0].shape[:2]
    shown_width = (STRIP_WIDTH - STRIP_GAP * (len(pictures) - 1)) // len(pictures)
    shown_height = round(height * shown_width / width)
    strip = np.full((shown_height, STRIP_WIDTH, 3), 255, np.uint8)
    for index, picture in enumerate(pictures):
        left = index * (shown_width + STRIP_GAP)
        size = (shown_width, shown_height)
        strip[:, left : left + shown_width] = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return strip


def save(picture: Picture, path: Path) -> None:
    """Write a PNG that is small enough for a page that is often loaded, or a WebP, which is small at once."""
    if path.suffix == ".webp":
        Image.fromarray(picture).save(path, quality=WEBP_QUALITY, method=6)
        print(f"{path}: {picture.shape[1]} × {picture.shape[0]}, {path.stat().st_size / 1000:.0f} kB")
        return
    for bits in KEPT_BITS:
        step = 2 ** (8 - bits)
        coarse = np.minimum(np.rint(picture / step) * step, 255).astype(np.uint8)
        Image.fromarray(coarse).save(path, optimize=True)
        if path.stat().st_size <= LARGEST_BYTES:
            break
    print(f"{path}: {picture.shape[1]} × {picture.shape[0]}, {path.stat().st_size / 1000:.0f} kB, {bits} bits")


if __name__ == "__main__":
    sys.exit(main())
