"""A and B as the data sets of pix2pix come: side by side, or in two folders."""

from pathlib import Path

import numpy as np
import pytest
from linepaint.trainer.data.picture_pairs import find_picture_pairs, read_picture_pair
from linepaint.trainer.data.sources import describe_sources
from linepaint.trainer.errors import TrainingError

from linepaint.imaging.opencv import cv2

A, B = (200, 30, 60), (20, 120, 240)


def save(path: Path, pixels: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), pixels[..., ::-1])
    return path


def plain(color: tuple[int, int, int], width: int = 40, height: int = 30) -> np.ndarray:
    return np.full((height, width, 3), color, np.uint8)


def test_side_by_side_a_is_left_and_b_right(tmp_path: Path) -> None:
    save(tmp_path / "train" / "1.png", np.hstack([plain(A), plain(B)]))
    pair = read_picture_pair(find_picture_pairs(tmp_path)[0], 1000)
    assert np.array_equal(pair.source, plain(A)) and np.array_equal(pair.target, plain(B))
    back = read_picture_pair(find_picture_pairs(tmp_path)[0], 1000, "BtoA")
    assert np.array_equal(back.source, plain(B)) and np.array_equal(back.target, plain(A))


def test_two_folders_are_paired_by_name(tmp_path: Path) -> None:
    for name in ("1", "sub/2"):
        save(tmp_path / "A" / f"{name}.png", plain(A))
        save(tmp_path / "B" / f"{name}.bmp", plain(B, 80, 60))
    found = find_picture_pairs(tmp_path)
    assert [files.source for files in found] == ["", "sub"]
    pair = read_picture_pair(found[1], 1000)
    assert np.array_equal(pair.source, plain(A)) and np.array_equal(pair.target, plain(B)), "fitted to A's size"


def test_halves_are_shrunk_apart(tmp_path: Path) -> None:
    save(tmp_path / "1.png", np.hstack([plain(A, 41, 41), plain(B, 41, 41)]))
    pair = read_picture_pair(find_picture_pairs(tmp_path)[0], 20)
    assert pair.source.shape == pair.target.shape == (20, 20, 3)
    assert (pair.source == A).all() and (pair.target == B).all(), "no colour leaks across the middle"


def test_a_line_drawing_beside_its_colouring_is_a_training_pair(tmp_path: Path) -> None:
    save(tmp_path / "1.png", np.hstack([plain((255, 255, 255)), plain(B)]))
    pair = read_picture_pair(find_picture_pairs(tmp_path)[0], 1000).as_lines()
    assert pair.lines.shape == (30, 40) and (pair.lines == 255).all() and (pair.color == B).all()


def test_the_licences_are_found(tmp_path: Path) -> None:
    save(tmp_path / "facades" / "1.png", np.hstack([plain(A), plain(B)]))
    (tmp_path / "facades" / "LICENSE.txt").write_text("free", "utf-8")
    assert describe_sources(find_picture_pairs(tmp_path), [tmp_path], 0) == [
        {"source": "facades", "pictures": 1, "licence": "free"}
    ]


def test_what_is_no_pair_is_refused_by_name(tmp_path: Path) -> None:
    save(tmp_path / "odd" / "1.png", plain(A, 41))
    with pytest.raises(TrainingError, match=r"1\.png is 41 pixels wide"):
        read_picture_pair(find_picture_pairs(tmp_path / "odd")[0], 1000)
    save(tmp_path / "lone" / "A" / "2.png", plain(A))
    (tmp_path / "lone" / "B").mkdir()
    with pytest.raises(TrainingError, match=r"2\.png has no picture of the same name"):
        find_picture_pairs(tmp_path / "lone")
    (tmp_path / "empty").mkdir()
    with pytest.raises(TrainingError, match="no picture pairs"):
        find_picture_pairs(tmp_path / "empty")
