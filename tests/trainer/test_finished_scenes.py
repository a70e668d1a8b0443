"""Scenes that ship as finished pictures, and the samples made of them: each opens as the kind it is there to show."""

from pathlib import Path

import pytest
from linepaint.trainer.drawings.finished_scenes import COLORED, GRAY
from linepaint.trainer.drawings.scenes import drawn

from linepaint.document.mode import DocumentMode
from linepaint.files.importing import import_bytes
from linepaint.imaging.opencv import cv2
from linepaint.imaging.picture_kind import PictureKind, guess_kind
from linepaint.ui.samples import sample_paths

SAMPLES: dict[str, Path] = {path.stem: path for path in sample_paths()}


@pytest.mark.parametrize("name", GRAY)
def test_a_gray_scene_is_seen_as_a_gray_picture(name: str) -> None:
    drawing = drawn(GRAY[name], 0.5)
    assert guess_kind(cv2.cvtColor(drawing.color, cv2.COLOR_RGB2GRAY)) is PictureKind.GRAY


@pytest.mark.parametrize("name", COLORED)
def test_a_colored_scene_is_seen_as_a_colour_picture(name: str) -> None:
    assert guess_kind(drawn(COLORED[name], 0.5).color) is PictureKind.COLOR


@pytest.mark.parametrize("name", GRAY)
def test_a_gray_sample_is_a_gray_document_with_hints_and_room_for_more(name: str) -> None:
    path = SAMPLES[name]
    document = import_bytes(path.read_bytes(), path.name).document
    assert document is not None
    assert document.mode is DocumentMode.GRAYSCALE
    assert document.checkpoint == "grayscale"
    hinted = float((document.hints.pixels.read()[..., 3] > 0).mean())
    assert 0 < hinted < 0.1


@pytest.mark.parametrize("name", COLORED)
def test_a_colored_sample_is_one_whose_lines_are_drawn(name: str) -> None:
    path = SAMPLES[name]
    assert import_bytes(path.read_bytes(), path.name).kind is PictureKind.COLOR
