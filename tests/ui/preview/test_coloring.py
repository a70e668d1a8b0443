"""From a request to a picture: nothing is done twice, and when something fails a simpler way is found."""

import numpy as np
import pytest

from linepaint.document.commands import SetMode
from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.layers import Levels
from linepaint.document.mode import DocumentMode
from linepaint.imaging.opencv import cv2
from linepaint.ui.preview.coloring import Dropped, PreviewColoring, PreviewFailure
from linepaint.ui.preview.request import PreviewRequest


def never() -> bool:
    return False


@pytest.fixture
def coloring(engine) -> PreviewColoring:
    return PreviewColoring(engine.port())


@pytest.fixture
def document(make_document):
    return make_document(width=1000, height=700)


def request_of(document, *, draft=False, device="cpu", number=1, attempt=0) -> PreviewRequest:
    return PreviewRequest.of(document, number=number, device=device, draft=draft, attempt=attempt)


def test_the_result_is_the_whole_picture_with_its_halvings(coloring, document) -> None:
    result = coloring.color(request_of(document), never)
    assert result.colors.shape == (700, 1000, 3)
    assert result.pyramid[0] is result.colors
    assert [level.shape[:2] for level in result.pyramid] == [(700, 1000), (350, 500), (175, 250)]
    assert not result.colors.flags.writeable
    assert result.device_label == "CPU"
    assert result.notice == ""


def test_lines_are_read_once_however_many_strokes_follow(coloring, document, engine) -> None:
    for _ in range(5):
        coloring.color(request_of(document, draft=True), never)
    assert (engine.loaded, engine.opened) == (1, 1)


def test_other_levels_have_the_lines_read_again_but_nothing_loaded(coloring, document, engine) -> None:
    coloring.color(request_of(document), never)
    document.lines.levels = Levels(20, 200)
    coloring.color(request_of(document), never)
    assert (engine.loaded, engine.opened) == (1, 2)


def test_another_checkpoint_is_loaded(coloring, document, engine) -> None:
    coloring.color(request_of(document), never)
    document.checkpoint = "other"
    coloring.color(request_of(document), never)
    assert engine.loaded == 2
    assert engine.finished[-1].checkpoint == "other"


def test_one_that_is_no_longer_wanted_stops_before_loading(coloring, document, engine) -> None:
    with pytest.raises(Dropped):
        coloring.color(request_of(document), lambda: True)
    assert engine.loaded == 0


def test_one_that_is_no_longer_wanted_stops_inside_the_engine(coloring, document, engine) -> None:
    coloring.color(request_of(document), never)
    engine.gate.clear()
    with pytest.raises(Dropped):
        coloring.color(request_of(document), iter([False, False, True, True]).__next__)
    assert len(engine.finished) == 1


def test_out_of_memory_gives_a_coarser_picture_and_says_so(coloring, document, engine) -> None:
    engine.color_errors[("cpu", False)] = engine.OutOfMemory("Not enough memory.")
    result = coloring.color(request_of(document), never)
    assert result.colors.shape == (700, 1000, 3)
    assert "not enough memory" in result.notice
    assert "coarser" in result.notice


def test_what_ran_out_of_memory_is_not_tried_at_every_stroke(coloring, document, engine) -> None:
    engine.color_errors[("cpu", False)] = engine.OutOfMemory("Not enough memory.")
    coloring.color(request_of(document), never)
    jobs = len(engine.jobs)
    result = coloring.color(request_of(document), never)
    assert len(engine.jobs) == jobs + 1
    assert result.notice, "still coarser, so it still says so"


def test_asking_again_tries_the_best_way_again(coloring, document, engine) -> None:
    engine.color_errors[("cpu", False)] = engine.OutOfMemory("Not enough memory.")
    coloring.color(request_of(document), never)
    engine.color_errors.clear()
    result = coloring.color(request_of(document, attempt=1), never)
    assert not engine.finished[-1].draft
    assert result.notice == ""


def test_a_draft_that_needs_too_much_memory_is_made_from_a_smaller_copy(coloring, document, engine) -> None:
    engine.largest_px = 500 * 350
    document.hints.pixels.write(document.bounds, np.full((700, 1000, 4), (9, 99, 199, 255), np.uint8))
    result = coloring.color(request_of(document, draft=True), never)
    assert engine.finished[-1].shape == (350, 500)
    assert result.colors.shape == (700, 1000, 3)
    assert (result.colors == (9, 99, 199)).all()


def test_odd_sizes_survive_the_smaller_copy(coloring, make_document, engine) -> None:
    engine.largest_px = 51 * 40
    result = coloring.color(request_of(make_document(width=101, height=79), draft=True), never)
    assert result.colors.shape == (79, 101, 3)


@pytest.mark.parametrize("error", [RuntimeError("the device went away"), MemoryError()])
def test_a_failing_card_gives_way_to_the_processor(coloring, document, engine, error) -> None:
    engine.color_errors[("cuda:0", False)] = engine.color_errors[("cuda:0", True)] = error
    result = coloring.color(request_of(document, device="cuda:0"), never)
    assert result.device_label == "CPU"
    assert "CPU" in result.notice


def test_a_device_that_is_gone_gives_way_to_the_processor(coloring, document, engine) -> None:
    engine.load_errors["cuda:0"] = engine.EngineError("There is no device cuda:0; choose CPU.")
    result = coloring.color(request_of(document, device="cuda:0"), never)
    assert result.device_label == "CPU"
    assert result.notice


def test_when_auto_means_the_processor_it_is_not_tried_twice(coloring, document, engine) -> None:
    engine.largest_px = 10
    with pytest.raises(PreviewFailure, match="not enough memory"):
        coloring.color(request_of(document, device="auto"), never)
    assert {job.device for job in engine.jobs} == {"auto"}


def test_a_checkpoint_that_cannot_be_loaded_is_refused_with_the_engines_own_words(coloring, document, engine) -> None:
    sentence = "gone.safetensors is not there; choose another checkpoint."
    engine.load_errors["gone.safetensors"] = engine.EngineError(sentence)
    document.checkpoint = "gone.safetensors"
    with pytest.raises(PreviewFailure, match=sentence):
        coloring.color(request_of(document), never)


def test_after_a_failure_strokes_do_not_try_again_and_again(coloring, document, engine) -> None:
    engine.largest_px = 10
    for _ in range(4):
        with pytest.raises(PreviewFailure):
            coloring.color(request_of(document, draft=True), never)
    assert len(engine.jobs) == 2, "full size and half size, once"


def test_a_picture_of_the_wrong_size_is_never_handed_on(coloring, document, engine) -> None:
    engine.returned_shape = (3, 3, 4)
    with pytest.raises(PreviewFailure, match="your drawing is as it was"):
        coloring.color(request_of(document), never)


def test_the_checkpoint_is_loaded_for_the_documents_mode(coloring, document, engine) -> None:
    coloring.color(request_of(document), never)
    SetMode(DocumentMode.GRAYSCALE).apply(document)
    coloring.color(request_of(document), never)
    assert engine.modes == [DocumentMode.LINEART, DocumentMode.GRAYSCALE]
    assert engine.jobs[-1].checkpoint == "grayscale"


def test_from_a_smaller_copy_a_gray_picture_keeps_its_luma(coloring, engine) -> None:
    gray = np.random.default_rng(0).integers(0, 256, (701, 999), dtype=np.uint8)
    document = Document.from_gray(gray)
    document.hints.pixels.write(Rect(10, 10, 5, 5), np.full((5, 5, 4), (200, 60, 40, 255), np.uint8))
    engine.largest_px = 400_000
    result = coloring.color(request_of(document), never)
    assert result.notice and result.colors.shape == (701, 999, 3)
    luma = cv2.cvtColor(result.colors, cv2.COLOR_RGB2GRAY).astype(int)
    assert np.abs(luma - gray).max() <= 1
    assert np.ptp(result.colors.astype(int), axis=2).mean() > 20
