"""Draws the samples: of a line drawing resources/samples/NAME.png (the lines alone) and NAME.ora (with hints on them),
of a gray picture NAME.ora with a few hints, of a finished colouring NAME.png.

    python scripts/make_samples.py [FOLDER]

The same code gives the same files, byte for byte.
"""

import io
import sys
import zipfile
from pathlib import Path

import numpy as np
from linepaint.trainer.drawings.drawing import Drawing
from linepaint.trainer.drawings.finished_scenes import COLORED, GRAY
from linepaint.trainer.drawings.scenes import SCENES, Scene, draw_scene, drawn
from numpy.typing import NDArray
from PIL import Image

from linepaint.document.document import Document
from linepaint.document.layers import HintLayer, Levels, LineLayer
from linepaint.document.mode import SOURCE_NAMES, DocumentMode
from linepaint.document.palette import Color, Palette, Swatch
from linepaint.document.tiles import TiledImage
from linepaint.files.ora import write_ora
from linepaint.imaging.opencv import cv2
from linepaint.imaging.strokes import Brush, Stroke, StrokePoint

SMALLEST_AREA = 0.0004
"""Share of the picture that an open area must fill to be given a hint."""
NEAREST = 0.03
"""Hints of one colour lie at least this share of the longer side apart."""
AREA_PER_STROKE = 0.016
"""A large form gets one stroke for each such share of the picture."""
NARROWEST_PX = 4.5
"""Forms with less room than this from ink to ink get no hint: a pen could not be set down in them."""
SWATCHES = 24
INK_STEP = 17
"""Line art is rounded to 16 greys, which no eye can tell, and which halves the files."""
GRAY_STEP = 3
"""Gray pictures are rounded to 86 grays, for the same reason; coarser steps would show, and stop colour."""
GRAY_HINTS = 14
"""A gray picture gets hints in so many of its largest forms: the rest is left to be painted."""
COLORS_KEPT = 160
"""Finished pictures have so many colours, which makes the files a third as large."""


def paint_hints(drawing: Drawing, most_areas: int | None = None) -> tuple[TiledImage, list[Color]]:
    """The hints that an artist would lay on a drawing, and their colours, the largest forms first.

    most_areas: only so many of the largest get one; None: all that have room.
    """
    height, width = drawing.lines.shape
    hints = TiledImage(height, width, 4)
    laid: list[tuple[float, float, Color]] = []
    for clear in _open_areas(drawing)[:most_areas]:
        area = int(clear.sum()) / (height * width)
        room = cv2.distanceTransform(cv2.copyMakeBorder(clear, 1, 1, 1, 1, cv2.BORDER_CONSTANT), cv2.DIST_L2, 5)
        room = room[1:-1, 1:-1].copy()
        for _ in range(1 + int(area / AREA_PER_STROKE)):
            y, x = divmod(int(room.argmax()), width)
            reach = float(room[y, x])
            if reach < NARROWEST_PX:
                break
            color = _color_near(drawing, clear, x, y)
            near = NEAREST * max(height, width)
            if not any(c == color and (a - x) ** 2 + (b - y) ** 2 < near**2 for a, b, c in laid):
                _paint_stroke(hints, room, (x, y), color)
                laid.append((x, y, color))
            # The next stroke in the same form goes to where there is most room left, well away from this one.
            cv2.circle(room, (x, y), int(max(4 * reach, 0.2 * width)), 0, -1)
    return hints, [color for _, _, color in laid]


def _open_areas(drawing: Drawing) -> list[NDArray[np.uint8]]:
    """Masks of what one form shows between its lines, the largest first: a lock of hair behind a flower is its own."""
    least = SMALLEST_AREA * drawing.lines.size
    areas: list[tuple[int, NDArray[np.uint8]]] = []
    for label in np.unique(drawing.labels[drawing.lines > 200]).tolist():
        if label == 0:
            continue
        clear = ((drawing.labels == label) & (drawing.lines > 200)).astype(np.uint8)
        count, parts, stats, _ = cv2.connectedComponentsWithStats(clear, connectivity=4)
        largest = int(stats[1:, cv2.CC_STAT_AREA].max())
        for part in range(1, count):
            size = int(stats[part, cv2.CC_STAT_AREA])
            # Crumbs beside the main part are slivers along lines; a hint there would say more than it should.
            if size >= (least if size == largest else 4 * least):
                areas.append((size, (parts == part).astype(np.uint8)))
    return [mask for _, mask in sorted(areas, key=lambda entry: -entry[0])]


def _color_near(drawing: Drawing, clear: NDArray[np.uint8], x: int, y: int) -> Color:
    """The usual colour of the form around a point, off the ink."""
    window = (slice(max(y - 16, 0), y + 17), slice(max(x - 16, 0), x + 17))
    r, g, b = (int(c) for c in np.median(drawing.color[window][clear[window] > 0], axis=0))
    return r, g, b


def _paint_stroke(hints: TiledImage, room: NDArray[np.float32], at: tuple[int, int], color: Color) -> None:
    """A short, slightly bent stroke through the roomiest point, the way there is most room."""
    reach = float(room[at[1], at[0]])
    size = min(max(0.55 * reach, 5.0), 20.0)
    longest, best = 0.0, (1.0, 0.0)
    for angle in np.linspace(0, np.pi, 16, endpoint=False).tolist():
        way = (float(np.cos(angle)), float(np.sin(angle)))
        length = _run(room, at, way, size) + _run(room, at, (-way[0], -way[1]), size)
        if length > longest:
            longest, best = length, way
    ends = [min(_run(room, at, (s * best[0], s * best[1]), size), 2.2 * reach + 12) * s for s in (-1.0, 1.0)]
    stroke = Stroke(hints, Brush(size, color))
    for step, along in enumerate(np.linspace(ends[0], ends[1], 12).tolist()):
        bend = 0.12 * reach * float(np.sin(np.pi * step / 11))
        x, y = at[0] + along * best[0] - bend * best[1], at[1] + along * best[1] + bend * best[0]
        point = StrokePoint(x, y, 0.75 + 0.25 * float(np.sin(np.pi * step / 11)))
        if step == 0:
            stroke.begin(point)
        else:
            stroke.extend(point)


def _run(room: NDArray[np.float32], at: tuple[int, int], way: tuple[float, float], size: float) -> float:
    """How far a brush of this size can go from a point before it comes near the ink."""
    height, width = room.shape
    distance = 0.0
    while distance < 160:
        x, y = round(at[0] + (distance + 4) * way[0]), round(at[1] + (distance + 4) * way[1])
        if not (0 <= x < width and 0 <= y < height) or room[y, x] < 0.5 * size + 2:
            break
        distance += 4
    return distance


def _palette(name: str, colors: list[Color]) -> Palette:
    """The hint colours as swatches, near-equal ones once."""
    kept: list[Color] = []
    for color in colors:
        if all(sum(abs(a - b) for a, b in zip(color, other, strict=True)) > 36 for other in kept):
            kept.append(color)
    return Palette(name, tuple(Swatch(color) for color in kept[:SWATCHES]))


def write_small_png(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Write a PNG as small as the format allows."""
    Image.fromarray(pixels).save(path, "PNG", optimize=True)


def repack(path: Path) -> None:
    """Compress the pictures in an .ora as far as they go: it is read often and was written once."""
    with zipfile.ZipFile(path) as archive:
        entries = [(info, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for info, data in entries:
            if info.filename.endswith(".png"):
                packed = io.BytesIO()
                Image.open(io.BytesIO(data)).save(packed, "PNG", optimize=True)
                data = min(data, packed.getvalue(), key=len)
            archive.writestr(info, data)


def make_sample(name: str, folder: Path) -> None:
    """Write the two files of one scene."""
    drawing = draw_scene(name)
    hints, colors = paint_hints(drawing)
    palette = _palette(_title(name), colors)
    lines = (np.round(drawing.lines / INK_STEP) * INK_STEP).astype(np.uint8)
    document = Document(LineLayer(lines, Levels()), HintLayer(hints), palette=palette)
    write_small_png(folder / f"{name}.png", lines)
    write_ora(document, folder / f"{name}.ora", backup=False)
    repack(folder / f"{name}.ora")
    print(f"{name}: {drawing.lines.shape[1]} × {drawing.lines.shape[0]}, {len(colors)} hints")


def make_gray_sample(name: str, scene: Scene, folder: Path) -> None:
    """Write the document of a scene in gray."""
    drawing = drawn(scene)
    hints, colors = paint_hints(drawing, GRAY_HINTS)
    gray = cv2.cvtColor(drawing.color, cv2.COLOR_RGB2GRAY)
    gray = (np.round(gray / GRAY_STEP) * GRAY_STEP).astype(np.uint8)
    mode = DocumentMode.GRAYSCALE
    source = LineLayer(gray, Levels(), name=SOURCE_NAMES[mode])
    document = Document(source, HintLayer(hints), palette=_palette(_title(name), _every_color(drawing)), mode=mode)
    write_ora(document, folder / f"{name}.ora", backup=False)
    repack(folder / f"{name}.ora")
    print(f"{name}: {gray.shape[1]} × {gray.shape[0]}, {len(colors)} hints")


def make_colored_sample(name: str, scene: Scene, folder: Path) -> None:
    """Write the finished picture of a scene."""
    color = drawn(scene).color
    few = Image.fromarray(color).quantize(COLORS_KEPT, dither=Image.Dither.NONE)
    few.save(folder / f"{name}.png", "PNG", optimize=True)
    print(f"{name}: {color.shape[1]} × {color.shape[0]}")


def _every_color(drawing: Drawing) -> list[Color]:
    """What an artist would lay on every form of a drawing, for a palette that has the rest at hand."""
    return paint_hints(drawing)[1]


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "resources" / "samples"
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCENES:
        make_sample(name, folder)
    for name, scene in GRAY.items():
        make_gray_sample(name, scene, folder)
    for name, scene in COLORED.items():
        make_colored_sample(name, scene, folder)


if __name__ == "__main__":
    main()
