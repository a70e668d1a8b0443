"""The setting of picture sheets: every picture in its place, labels that fit."""

from pathlib import Path

import numpy as np
import pytest
from linepaint.trainer.errors import TrainingError
from linepaint.trainer.sheets import (
    LABEL_PX,
    Sheet,
    SheetGroup,
    SheetRow,
    font,
    lay_out,
    render,
    write_sheet,
)
from linepaint.trainer.sheets import _cut as cut
from linepaint.trainer.sheets import _wrapped as wrapped

CELL = 60


def plain(shade: int, height: int = 30, width: int = 40) -> np.ndarray:
    return np.full((height, width, 3), shade, np.uint8)


@pytest.fixture
def sheet() -> Sheet:
    """Two drawings, the first with two rows; every picture has a grey of its own."""
    first = SheetGroup("tall ship", (SheetRow("a", (plain(10), plain(20))), SheetRow("b", (plain(30), None))))
    second = SheetGroup("tower", (SheetRow("a", (plain(40, 80, 40), np.full((30, 40), 50, np.uint8))),))
    return Sheet(("left", "right"), (first, second), "a caption")


def test_every_picture_is_where_the_layout_says(sheet: Sheet) -> None:
    layout, picture = lay_out(sheet, CELL), render(sheet, CELL)
    assert picture.shape == (layout.height, layout.width, 3)
    assert len(layout.pictures) == 5
    for place in layout.pictures:
        cell = sheet.groups[place.group].rows[place.row].cells[place.column]
        assert cell is not None
        shown = picture[place.top : place.top + place.height, place.left : place.left + place.width]
        assert (shown == cell.flat[0]).all(), place


def test_pictures_keep_their_proportions_and_do_not_overlap(sheet: Sheet) -> None:
    layout = lay_out(sheet, CELL)
    taken = np.zeros((layout.height, layout.width), int)
    for place in layout.pictures:
        assert max(place.width, place.height) == CELL
        taken[place.top : place.top + place.height, place.left : place.left + place.width] += 1
    assert taken.max() == 1
    tower = next(p for p in layout.pictures if p.group == 1 and p.column == 0)
    assert (tower.width, tower.height) == (30, 60)


def test_columns_and_rows_stand_in_line(sheet: Sheet) -> None:
    layout = lay_out(sheet, CELL)
    centers = {(p.column, p.left + p.width // 2) for p in layout.pictures}
    assert len(centers) == 2
    assert len({p.top for p in layout.pictures if (p.group, p.row) == (0, 0)}) == 1


def test_headings_labels_and_the_caption_are_set(sheet: Sheet) -> None:
    """Dark marks above the first pictures, left of them and below the last, and nowhere else."""
    layout, picture = lay_out(sheet, CELL), render(sheet, CELL)
    dark = picture.max(axis=2) < 160
    top, left = min(p.top for p in layout.pictures), min(p.left for p in layout.pictures)
    bottom = max(p.top + p.height for p in layout.pictures) + 1
    assert dark[: top - 2, left - 20 :].any() and dark[top:bottom, : left - 20].any() and dark[bottom:].any()
    empty = next(p for p in layout.pictures if (p.group, p.row, p.column) == (0, 0, 1))
    below = picture[layout.row_tops[0][1] : layout.row_tops[0][1] + 40, empty.left : empty.left + empty.width]
    assert (below == 255).all(), "the place of a missing picture stays white"


def test_long_names_are_wrapped_then_cut() -> None:
    bold = font("bold", 13)
    lines = wrapped("animals birds simbolo egizio of the architect himself", bold, LABEL_PX[1])
    assert len(lines) == 2 and lines[1].endswith("…")
    assert all(bold.getlength(line) <= LABEL_PX[1] for line in lines)
    assert cut("short", bold, 150) == "short"
    assert cut("Donaudampfschifffahrt", bold, 40).endswith("…")


def test_a_sheet_is_written_in_the_format_of_its_name(tmp_path: Path, sheet: Sheet) -> None:
    picture = render(sheet, CELL)
    for name, start in (("a.png", b"\x89PNG"), ("a.jpg", b"\xff\xd8"), ("a.webp", b"RIFF")):
        write_sheet(tmp_path / "new" / name, picture)
        assert (tmp_path / "new" / name).read_bytes().startswith(start)
    assert not list((tmp_path / "new").glob(".*")), "nothing half-written"


def test_a_sheet_that_cannot_be_written_says_so(tmp_path: Path, sheet: Sheet) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TrainingError, match="cannot be written"):
        write_sheet(tmp_path / "file" / "a.png", render(sheet, CELL))
    with pytest.raises(TrainingError, match="has to end in"):
        write_sheet(tmp_path / "a.bmp", render(sheet, CELL))
