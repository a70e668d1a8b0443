"""A request stands for one picture: equal when nothing that the picture depends on differs."""

import numpy as np
import pytest

from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.layers import Levels
from linepaint.document.mode import DocumentMode
from linepaint.ui.preview.request import PreviewRequest

DAB = Rect(3, 4, 5, 6)
RED = np.full((6, 5, 4), (200, 30, 30, 255), np.uint8)


@pytest.fixture
def document() -> Document:
    return Document.from_scan(np.full((600, 500), 255, np.uint8))


def request_of(document: Document, **changes: object) -> PreviewRequest:
    settings: dict = {"number": 1, "device": "cpu", "draft": False, **changes}
    return PreviewRequest.of(document, **settings)


def test_nothing_changed_means_an_equal_request(document: Document) -> None:
    document.hints.pixels.write(DAB, RED)
    assert request_of(document) == request_of(document)
    assert hash(request_of(document)) == hash(request_of(document))


def test_a_stroke_makes_it_another_request(document: Document) -> None:
    before = request_of(document)
    document.hints.pixels.write(DAB, RED)
    assert request_of(document) != before


def test_hints_painted_later_do_not_get_into_a_request_already_taken(document: Document) -> None:
    document.hints.pixels.write(DAB, RED)
    taken = request_of(document)
    document.hints.pixels.write(DAB, np.zeros_like(RED))
    assert (taken.hints.read(DAB) == RED).all()


def test_levels_make_it_another_request_and_setting_them_back_the_same_again(document: Document) -> None:
    before = request_of(document)
    document.lines.levels = Levels(10, 200)
    assert request_of(document) != before
    document.lines.levels = Levels()
    assert request_of(document) == before


def test_levels_set_later_do_not_get_into_a_request_already_taken(document: Document) -> None:
    taken = request_of(document)
    document.lines.levels = Levels(10, 200)
    assert taken.lines.levels == Levels()


@pytest.mark.parametrize("change", [{"number": 2}, {"device": "cuda:0"}, {"draft": True}, {"attempt": 1}])
def test_everything_else_counts_too(document: Document, change: dict[str, object]) -> None:
    assert request_of(document, **change) != request_of(document)


def test_checkpoint_and_seed_count(document: Document) -> None:
    before = request_of(document)
    document.seed = 7
    assert request_of(document) != before
    document.seed = 0
    document.checkpoint = "other"
    assert request_of(document) != before


def test_draft_and_fine_request_differ_in_nothing_else(document: Document) -> None:
    assert request_of(document, draft=True).as_draft(False) == request_of(document)


def test_size_is_compared_before_tiles(document: Document) -> None:
    other = Document.from_scan(np.full((60, 50), 255, np.uint8))
    assert request_of(document) != request_of(other)


def test_another_mode_is_another_picture(document: Document) -> None:
    lines = PreviewRequest.of(document, number=1, device="cpu", draft=False)
    document.mode = DocumentMode.GRAYSCALE
    gray = PreviewRequest.of(document, number=1, device="cpu", draft=False)
    assert gray != lines and gray.settings != lines.settings
