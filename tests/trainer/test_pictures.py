"""An artist's folder: what is found, how it is read, and that one broken picture does not end a run."""

import logging
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from linepaint.trainer.data.collection import Pictures
from linepaint.trainer.data.pictures import find_pictures, read_pair
from linepaint.trainer.data.sources import UNSTATED, describe_sources
from linepaint.trainer.drawings import draw
from linepaint.trainer.errors import TrainingError

from linepaint.imaging.opencv import cv2


def save(path: Path, pixels: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), pixels[..., ::-1] if pixels.ndim == 3 else pixels)
    return path


def save_pair(folder: Path, name: str, size: int = 64) -> None:
    """A red disc with an outline, and that outline."""
    color, lines = np.full((size, size, 3), 255, np.uint8), np.full((size, size), 255, np.uint8)
    cv2.circle(color, (size // 2, size // 2), size // 3, (200, 40, 60), -1)
    cv2.circle(lines, (size // 2, size // 2), size // 3, 0, 1)
    color[lines == 0] = 0
    save(folder / f"{name}.color.png", color)
    save(folder / f"{name}.line.png", lines)


def test_pictures_are_found_with_their_lines_in_any_sub_folder(tmp_path: Path) -> None:
    save_pair(tmp_path, "b")
    save_pair(tmp_path / "friends" / "2024", "a")
    alone = save(tmp_path / "friends" / "sketch.JPG", draw(2, 64).color)
    named = save(tmp_path / "own.png", draw(3, 64).color)
    save(tmp_path / "own.line.png", draw(3, 64).lines)
    save(tmp_path / "widow.line.png", draw(4, 64).lines)
    (tmp_path / "notes.txt").write_text("no picture", "utf-8")
    found = {p.color: p for p in find_pictures(tmp_path)}
    assert len(found) == 4, "neither lines without a picture nor a text"
    assert found[tmp_path / "b.color.png"].lines == tmp_path / "b.line.png"
    assert found[tmp_path / "b.color.png"].source == ""
    nested = found[tmp_path / "friends" / "2024" / "a.color.png"]
    assert nested.lines == nested.color.with_name("a.line.png") and nested.source == "friends"
    assert found[alone].lines is None
    assert found[named].lines == tmp_path / "own.line.png"
    assert list(found) == sorted(found), "always in the same order"


def test_lines_of_the_same_name_in_another_folder_are_not_taken(tmp_path: Path) -> None:
    save_pair(tmp_path / "one", "a")
    save(tmp_path / "two" / "a.color.png", draw(2, 64).color)
    assert [p.lines for p in find_pictures(tmp_path)] == [tmp_path / "one" / "a.line.png", None]


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("nothing here", "utf-8")
    with pytest.raises(TrainingError, match="no pictures"):
        find_pictures(tmp_path)


@pytest.mark.parametrize("name", ["not-there", "a-file"])
def test_a_folder_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").write_text("x", "utf-8")
    with pytest.raises(TrainingError, match=f"{name} is not there"):
        find_pictures(tmp_path / name)


def test_a_pair_is_read_as_it_was_drawn(tmp_path: Path) -> None:
    save(tmp_path / "a.color.png", draw(5, 64).color)
    save(tmp_path / "a.line.png", draw(5, 64).lines)
    pair = read_pair(find_pictures(tmp_path)[0], 1000)
    assert np.array_equal(pair.color, draw(5, 64).color), "red, green, blue"
    assert np.array_equal(pair.lines, draw(5, 64).lines)


def test_large_pictures_are_shrunk_and_small_ones_left(tmp_path: Path) -> None:
    drawing = draw(5, (100, 200))
    save(tmp_path / "a.color.png", drawing.color)
    save(tmp_path / "a.line.png", drawing.lines)
    picture = find_pictures(tmp_path)[0]
    assert read_pair(picture, 50).color.shape == (25, 50, 3)
    assert read_pair(picture, 50).lines.shape == (25, 50)
    assert read_pair(picture, 500).lines.shape == (100, 200)


def test_lines_of_another_size_are_fitted_to_the_picture(tmp_path: Path) -> None:
    save(tmp_path / "a.color.png", draw(5, 96).color)
    save(tmp_path / "a.line.png", draw(5, 192).lines)
    pair = read_pair(find_pictures(tmp_path)[0], 1000)
    assert pair.lines.shape == pair.color.shape[:2] == (96, 96)


def test_a_picture_without_lines_gets_them_from_its_colours(
    tmp_path: Path, flat_picture: Callable[..., tuple[np.ndarray, np.ndarray]]
) -> None:
    color, lines = flat_picture(200)
    save(tmp_path / "a.png", color)
    derived = read_pair(find_pictures(tmp_path)[0], 1000).lines
    assert derived[lines == 0].mean() < 100, "ink where the artist drew"
    away = cv2.erode(lines, np.ones((13, 13), np.uint8)) == 255
    assert derived[away].mean() > 240, "none on flat colour, however dark"


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.png", b""), ("text.jpg", b"this is no picture"), ("cut.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
)
def test_a_broken_picture_is_refused_by_name(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TrainingError, match=name) as caught:
        read_pair(find_pictures(tmp_path)[0], 100)
    assert "\n" not in str(caught.value)


def test_a_tiny_picture_is_refused(tmp_path: Path) -> None:
    save(tmp_path / "dot.png", np.zeros((15, 100, 3), np.uint8))
    with pytest.raises(TrainingError, match=r"dot\.png is too small"):
        read_pair(find_pictures(tmp_path)[0], 100)


def test_broken_pictures_are_named_and_skipped(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    save_pair(tmp_path, "good")
    (tmp_path / "broken.png").write_bytes(b"oops")
    (tmp_path / "folder.png").mkdir()
    save(tmp_path / "blank.color.png", np.full((64, 64, 3), 255, np.uint8))
    save(tmp_path / "blank.line.png", np.full((64, 64), 255, np.uint8))
    with caplog.at_level(logging.INFO):
        pictures = Pictures([tmp_path], {}, 448)
    assert len(pictures) == 1 and pictures.sources[0].color.name == "good.color.png"
    for name in ("broken.png", "folder.png", "blank.color.png"):
        assert any(name in message for message in caplog.messages), name


def test_when_every_picture_is_broken_the_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"oops")
    with pytest.raises(TrainingError, match="None of the pictures"):
        Pictures([tmp_path], {}, 448)


def test_sources_are_picked_by_their_weight(tmp_path: Path) -> None:
    for index, name in enumerate(("often", "seldom", "never")):
        save_pair(tmp_path / name, "a", size=32 + 32 * index)
    pictures = Pictures([tmp_path], {"often": 3.0, "never": 0.0}, 448)
    random = np.random.default_rng(0)
    sides = np.array([len(pictures.pick(random).lines) for _ in range(400)])
    assert np.mean(sides == 32) == pytest.approx(0.75, abs=0.08)
    assert np.mean(sides == 64) == pytest.approx(0.25, abs=0.08)


def test_when_no_source_has_weight_the_run_is_refused(tmp_path: Path) -> None:
    save_pair(tmp_path / "mine", "a")
    with pytest.raises(TrainingError, match="weight 0"):
        Pictures([tmp_path], {"mine": 0.0}, 448)


def test_the_sources_are_told_with_their_licences(picture_folder: Path) -> None:
    save_pair(picture_folder / "strangers", "a")
    told = {d["source"]: d for d in describe_sources(find_pictures(picture_folder), [picture_folder], 0.5)}
    assert told["friends"] == {"source": "friends", "pictures": 2, "licence": "CC0, drawn by friends."}
    assert told["strangers"]["licence"] == UNSTATED
    assert len(told) == 3, "and the procedural ones"


def test_a_licence_covers_the_folders_below_it_and_none_above_the_data(tmp_path: Path) -> None:
    (tmp_path / "LICENSE.txt").write_text("not meant", "utf-8")
    data = tmp_path / "data"
    save_pair(data / "mine" / "2024", "a")
    assert describe_sources(find_pictures(data), [data], 0)[0]["licence"] == UNSTATED
    (data / "LICENSE.txt").write_text("CC BY 4.0", "utf-8")
    assert [d["licence"] for d in describe_sources(find_pictures(data), [data], 0)] == ["CC BY 4.0"]


def test_transparent_paper_is_white_paper(tmp_path: Path) -> None:
    cut_out = np.zeros((64, 64, 4), np.uint8)
    cv2.circle(cut_out, (32, 32), 20, (0, 0, 0, 255), 2)
    assert cv2.imwrite(str(tmp_path / "cut-out.color.png"), cut_out)
    assert cv2.imwrite(str(tmp_path / "cut-out.line.png"), cut_out)
    pair = read_pair(find_pictures(tmp_path)[0], 64)
    assert (pair.color[2, 2] == 255).all() and (pair.color[32, 12] < 64).all()
    assert pair.lines[2, 2] == 255 and pair.lines[32, 12] < 64
