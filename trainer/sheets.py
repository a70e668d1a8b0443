"""Picture sheets: labelled rows and columns of pictures, set so that they can be read and compared at a glance."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from linepaint.imaging.opencv import cv2

from .errors import TrainingError

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
QUALITY = 88

MARGIN_PX, GAP_PX, GROUP_GAP_PX, HEADING_PX = 20, 6, 18, 30
LABEL_PX = (60, 150)
"""The narrowest and the widest column of labels; what is longer is wrapped, then cut."""

TEXT_PX, SMALL_PX, LINE_PX = 13, 11, 17
PAPER, INK, SOFT, FAINT = (255, 255, 255), (34, 34, 34), (110, 110, 110), (208, 208, 208)
TITLE_LINES = 2


@dataclass(frozen=True)
class SheetRow:
    """One line of pictures, uint8 [H, W, 3] or [H, W], one for each column; None leaves its place empty."""

    label: str
    cells: tuple[np.ndarray | None, ...]


@dataclass(frozen=True)
class SheetGroup:
    """Rows that belong together, such as those of one drawing, under a title in the margin."""

    title: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class Sheet:
    """A whole sheet. columns: their headings. caption: one line below it all."""

    columns: tuple[str, ...]
    groups: tuple[SheetGroup, ...]
    caption: str = ""


@dataclass(frozen=True)
class Placed:
    """Where a picture came to lie: the group, row and column it is of, and its box in pixels."""

    group: int
    row: int
    column: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Layout:
    """Where everything goes. tops: of each group. row_tops: of each row in each group. label_px: the labels' width."""

    width: int
    height: int
    label_px: int
    tops: tuple[int, ...]
    row_tops: tuple[tuple[int, ...], ...]
    pictures: tuple[Placed, ...]


def lay_out(sheet: Sheet, cell_px: int) -> Layout:
    """Place every picture, enlarged or shrunk to fit a square of cell_px."""
    label_px = _label_width(sheet)
    first_left = MARGIN_PX + label_px + GAP_PX
    y = MARGIN_PX + HEADING_PX
    tops, row_tops, pictures = [], [], []
    for g, group in enumerate(sheet.groups):
        tops.append(y)
        inside: list[int] = []
        for r, row in enumerate(group.rows):
            inside.append(y)
            sizes = [None if cell is None else _fitted(cell, cell_px) for cell in row.cells]
            # Room for the label even beside very flat pictures.
            height = max([LINE_PX * (TITLE_LINES + 1), *(size[0] for size in sizes if size)])
            for c, size in enumerate(sizes):
                if size is not None:
                    left = first_left + c * (cell_px + GAP_PX) + (cell_px - size[1]) // 2
                    pictures.append(Placed(g, r, c, left, y, size[1], size[0]))
            y += height + GAP_PX
        row_tops.append(tuple(inside))
        y += GROUP_GAP_PX - GAP_PX
    height = y - GROUP_GAP_PX + MARGIN_PX + (GROUP_GAP_PX + SMALL_PX if sheet.caption else 0)
    width = first_left + len(sheet.columns) * (cell_px + GAP_PX) - GAP_PX + MARGIN_PX
    return Layout(width, height, label_px, tuple(tops), tuple(row_tops), tuple(pictures))


def render(sheet: Sheet, cell_px: int) -> np.ndarray:
    """The sheet as a picture, uint8 [H, W, 3]."""
    layout = lay_out(sheet, cell_px)
    image = Image.new("RGB", (layout.width, layout.height), PAPER)
    draw = ImageDraw.Draw(image)
    _headings(draw, sheet, layout, cell_px)
    for g, group in enumerate(sheet.groups):
        if g:
            y = layout.tops[g] - GROUP_GAP_PX // 2
            draw.line([(MARGIN_PX, y), (layout.width - MARGIN_PX - 1, y)], FAINT)
        _labels(draw, group, layout.row_tops[g], layout.label_px)
    for place in layout.pictures:
        cell = sheet.groups[place.group].rows[place.row].cells[place.column]
        assert cell is not None, "only pictures are placed"
        image.paste(Image.fromarray(_resized(cell, place)), (place.left, place.top))
        # Most drawings have white paper, which would run into the sheet's.
        box = [place.left - 1, place.top - 1, place.left + place.width, place.top + place.height]
        draw.rectangle(box, outline=FAINT)
    if sheet.caption:
        at = MARGIN_PX, layout.height - MARGIN_PX
        draw.text(at, sheet.caption, SOFT, font("regular", SMALL_PX), anchor="ls")
    return np.asarray(image)


def write_sheet(path: Path, picture: np.ndarray) -> None:
    """Write a sheet, uint8 [H, W, 3], as PNG, JPEG or WebP by the suffix, whole or not at all. Raises TrainingError."""
    check_format(path)
    buffer = io.BytesIO()
    options = {"optimize": True} if path.suffix.lower() == ".png" else {"quality": QUALITY}
    Image.fromarray(picture).save(buffer, FORMATS[path.suffix.lower()], **options)
    temporary = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(buffer.getvalue())
        temporary.replace(path)
    except OSError as error:
        raise TrainingError(f"{path} cannot be written ({error.strerror}); choose another --out.") from error


def check_format(path: Path) -> None:
    """Raises TrainingError if a sheet cannot have that name."""
    if path.suffix.lower() not in FORMATS:
        raise TrainingError(f"{path} is no name for a sheet; it has to end in {', '.join(FORMATS)}.")


@cache
def font(weight: str, size_px: int) -> ImageFont.FreeTypeFont:
    """DejaVu Sans, "regular" or "bold", as matplotlib brings it."""
    import matplotlib as mpl

    name = "DejaVuSans-Bold.ttf" if weight == "bold" else "DejaVuSans.ttf"
    return ImageFont.truetype(str(Path(mpl.get_data_path()) / "fonts" / "ttf" / name), size_px)


def _headings(draw: ImageDraw.ImageDraw, sheet: Sheet, layout: Layout, cell_px: int) -> None:
    bold = font("bold", TEXT_PX)
    for c, heading in enumerate(sheet.columns):
        left = MARGIN_PX + layout.label_px + GAP_PX + c * (cell_px + GAP_PX)
        at = left + cell_px // 2, MARGIN_PX + HEADING_PX - 10
        draw.text(at, _cut(heading, bold, cell_px), INK, bold, anchor="ms")


def _labels(draw: ImageDraw.ImageDraw, group: SheetGroup, row_tops: tuple[int, ...], label_px: int) -> None:
    bold, regular = font("bold", TEXT_PX), font("regular", TEXT_PX)
    for r, (row, y) in enumerate(zip(group.rows, row_tops, strict=True)):
        baseline = y + TEXT_PX - 1
        for line in _wrapped(group.title, bold, label_px) if r == 0 else []:
            draw.text((MARGIN_PX, baseline), line, INK, bold, anchor="ls")
            baseline += LINE_PX
        draw.text((MARGIN_PX, baseline), _cut(row.label, regular, label_px), SOFT, regular, anchor="ls")


def _label_width(sheet: Sheet) -> int:
    bold, regular = font("bold", TEXT_PX), font("regular", TEXT_PX)
    widths = [bold.getlength(group.title) for group in sheet.groups]
    widths += [regular.getlength(row.label) for group in sheet.groups for row in group.rows]
    return int(np.clip(np.ceil(max(widths, default=0)), *LABEL_PX))


def _wrapped(text: str, face: ImageFont.FreeTypeFont, width_px: int) -> list[str]:
    """The text in at most TITLE_LINES lines, broken at spaces."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or len(lines) == TITLE_LINES or face.getlength(longer) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return [_cut(line, face, width_px) for line in lines if line]


def _cut(text: str, face: ImageFont.FreeTypeFont, width_px: int) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if face.getlength(text) <= width_px:
        return text
    while text and face.getlength(text + "…") > width_px:
        text = text[:-1]
    return text.rstrip() + "…"


def _fitted(cell: np.ndarray, cell_px: int) -> tuple[int, int]:
    """Height and width of a picture in a square cell."""
    scale = cell_px / max(cell.shape[:2])
    return max(1, round(cell.shape[0] * scale)), max(1, round(cell.shape[1] * scale))


def _resized(cell: np.ndarray, place: Placed) -> np.ndarray:
    smaller = place.width < cell.shape[1]
    interpolation = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    resized = cv2.resize(cell, (place.width, place.height), interpolation=interpolation)
    return cv2.cvtColor(resized, cv2.COLOR_GRAY2RGB) if resized.ndim == 2 else resized
