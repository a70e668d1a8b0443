"""Layered files of other programs: the line art is found by name, by look, or in the merged picture."""

import io
import zipfile
from collections.abc import Sequence

import numpy as np
import pytest

from linepaint.files.errors import FileError
from linepaint.files.ora import document_from_ora
from linepaint.files.png import encode_png
from linepaint.imaging.opencv import cv2

WIDTH, HEIGHT = 80, 60


def ink(row: int, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """One dark row on nothing, RGBA."""
    layer = np.zeros((height, width, 4), np.uint8)
    layer[row, :] = 0, 0, 0, 255
    return layer


def fill(color: tuple[int, ...], width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    return np.full((height, width, len(color)), color, np.uint8)


def ora(layers: Sequence[tuple[str, np.ndarray, str]], merged: np.ndarray | None = None) -> bytes:
    """An .ora as other programs write it: (name, pixels, further attributes) from the top."""
    buffer = io.BytesIO()
    stack = "".join(
        attributes if not name and not pixels.size else f'<layer name="{name}" src="data/{n}.png" {attributes}/>'
        for n, (name, pixels, attributes) in enumerate(layers)
    )
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("stack.xml", f'<image w="{WIDTH}" h="{HEIGHT}"><stack>{stack}</stack></image>')
        for n, (_name, pixels, _attributes) in enumerate(layers):
            if pixels.size:
                archive.writestr(f"data/{n}.png", encode_png(pixels))
        if merged is not None:
            archive.writestr("mergedimage.png", encode_png(merged))
    return buffer.getvalue()


GROUP_END = ("", np.empty(0, np.uint8), "</stack>")


def group(attributes: str) -> tuple[str, np.ndarray, str]:
    return "", np.empty(0, np.uint8), f"<stack {attributes}>"


def ink_rows(content: bytes) -> list[int]:
    """Rows of the opened line art that are ink all along."""
    scan = document_from_ora(content, "x.ora").lines.scan
    assert scan.shape == (HEIGHT, WIDTH)
    return np.flatnonzero((scan < 64).all(axis=1)).tolist()


@pytest.mark.parametrize("name", ["Lines", "line art", "LINEART copy 2", "Ink", "inking_final", "outline", "線画"])
def test_a_layer_is_line_art_by_its_name(name: str) -> None:
    assert ink_rows(ora([("Shadow", ink(5), ""), (name, ink(9), ""), ("Paper", fill((255, 255, 255)), "")])) == [9]


@pytest.mark.parametrize("name", ["Pink", "airliner", "Drinking", "Guidelines"])
def test_words_that_only_contain_such_a_name_do_not_count(name: str) -> None:
    assert ink_rows(ora([("A", ink(5), ""), (name, ink(9), "")])) == [5]


def test_several_line_layers_are_laid_together_and_hidden_ones_left_out() -> None:
    layers = [
        ("ink hair", ink(3), ""),
        ("ink body", ink(7), ""),
        ("old lines", ink(11), 'visibility="hidden"'),
    ]
    assert ink_rows(ora(layers)) == [3, 7]
    assert ink_rows(ora(layers[2:])) == [11]


def test_finished_lines_come_before_the_sketch() -> None:
    assert ink_rows(ora([("sketch", ink(3), ""), ("ink", ink(7), "")])) == [7]
    assert ink_rows(ora([("Rough sketch", ink(3), ""), ("other", ink(7), "")])) == [3]


def test_without_a_name_the_topmost_ink_on_nothing_is_taken() -> None:
    layers = [
        ("Layer 4", fill((250, 120, 30, 90)), ""),
        ("Layer 3", ink(2), 'visibility="hidden"'),
        ("Layer 2", ink(8), ""),
        ("Layer 1", ink(9), ""),
    ]
    assert ink_rows(ora(layers)) == [8]


def test_a_white_scan_in_multiply_is_ink_too() -> None:
    scan = fill((255, 255, 255))
    scan[20] = 10
    assert ink_rows(ora([("Layer 1", scan, 'composite-op="svg:multiply"'), ("b", fill((9, 9, 9)), "")])) == [20]


def test_else_the_merged_picture_is_the_scan() -> None:
    merged = fill((255, 255, 255))
    merged[33] = 0
    assert ink_rows(ora([("a", fill((200, 180, 90)), "")], merged)) == [33]
    assert ink_rows(ora([], merged)) == [33]


def test_layers_lie_where_the_stack_and_its_groups_say() -> None:
    moved = ora([group('x="0" y="10"'), ("Lines", ink(2, width=WIDTH + 40), 'x="-20" y="5"'), GROUP_END])
    assert ink_rows(moved) == [17]
    outside = ora([("Lines", ink(2), 'x="5000" y="0"')])
    assert ink_rows(outside) == []


def test_a_hidden_group_hides_its_layers() -> None:
    layers = [group('visibility="hidden"'), ("Lines", ink(2), ""), GROUP_END, ("Lines", ink(7), "")]
    assert ink_rows(ora(layers)) == [7]


def test_a_hint_layer_stays_a_hint_layer() -> None:
    hints = np.zeros((10, 10, 4), np.uint8)
    hints[4, 4] = 200, 30, 40, 255
    document = document_from_ora(ora([("Lines", ink(2), ""), ("Hints", hints, 'x="75" y="30"')]), "x.ora")
    read = document.hints.pixels.read()
    assert read[34, 79].tolist() == [200, 30, 40, 255]
    assert np.count_nonzero(read[..., 3]) == 1
    assert int(document.lines.scan[34, 79]) == 255


def test_a_file_without_lines_and_without_merged_picture_is_refused() -> None:
    with pytest.raises(FileError, match="name the layer of the lines"):
        document_from_ora(ora([("a", fill((200, 180, 90)), "")]), "x.ora")


def test_a_merged_picture_of_another_size_is_refused() -> None:
    with pytest.raises(FileError, match="another size"):
        document_from_ora(ora([], fill((255, 255, 255), width=3)), "x.ora")


def test_white_ink_and_grey_scans_are_normalised() -> None:
    white_on_black = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    cv2.line(white_on_black, (0, 30), (WIDTH, 30), (255, 255, 255), 1)
    assert ink_rows(ora([("Lines", white_on_black, "")])) == [30]
