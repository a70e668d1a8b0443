"""Suggestions beside previews: the newest question is answered, previews go first, nothing stale is shown."""

import time

import numpy as np
import pytest
from PySide6.QtTest import QSignalSpy

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.geometry import Rect
from linepaint.document.mode import DocumentMode
from linepaint.ui.preview.coloring import Dropped, PreviewColoring
from linepaint.ui.preview.reduced import ReducedSession
from linepaint.ui.preview.request import PreviewRequest
from linepaint.ui.preview.status import Phase
from linepaint.ui.preview.suggestions import SuggestionKind, SuggestionRequest

RED = (200, 30, 30)


def dab(editor) -> None:
    rect = Rect(2, 3, 6, 5)
    editor.document.hints.pixels.write(rect, np.full((5, 6, 4), (*RED, 255), np.uint8))
    editor.document.notify(Change(ChangeKind.HINTS, rect))


def never() -> bool:
    return False


@pytest.fixture
def ready(qtbot, controller):
    controller.start()
    qtbot.waitUntil(lambda: controller.status.phase is Phase.READY, timeout=5000)
    return controller


@pytest.fixture
def answers(ready):
    return QSignalSpy(ready.suggested)


def results(answers) -> list:
    return [answers.at(i)[0] for i in range(answers.count())]


def test_places_and_colours_are_answered(qtbot, ready, answers) -> None:
    ready.suggest_places(2)
    ready.suggest_colors((7, 9), 3)
    qtbot.waitUntil(lambda: answers.count() == 2, timeout=3000)
    by_kind = {result.request.kind: result for result in results(answers)}
    assert [place[:2] for place in by_kind[SuggestionKind.PLACES].places] == [(0, 0), (1, 1)]
    assert by_kind[SuggestionKind.COLORS].colors == [(7, 9, 0), (7, 9, 1), (7, 9, 2)]


def test_of_many_questions_only_the_newest_waits(qtbot, ready, answers, engine) -> None:
    engine.gate.clear()
    for x in range(30):
        ready.suggest_colors((x, 0), 1)
    engine.gate.set()
    qtbot.waitUntil(lambda: any(r.colors == [(29, 0, 0)] for r in results(answers)), timeout=3000)
    assert answers.count() <= 2, "the one that ran and the last"


def test_a_stroke_comes_before_a_suggestion_under_way(qtbot, ready, answers, editor, engine) -> None:
    engine.gate.clear()
    ready.suggest_places(2)
    qtbot.waitUntil(lambda: engine.suggesting == 1, timeout=3000)
    dab(editor)
    engine.gate.set()
    qtbot.waitUntil(lambda: ready.status.phase is Phase.READY, timeout=5000)
    assert tuple(editor.document.color.pixels[0, 0]) == RED
    assert answers.count() == 0


def test_an_answer_about_what_is_painted_over_is_not_shown(qtbot, ready, answers, editor, engine) -> None:
    ready.suggest_places(2)
    # The answer is given, but not yet heard of, for no event is processed here.
    give_up = time.monotonic() + 3
    while engine.suggesting == 0 and time.monotonic() < give_up:
        time.sleep(0.002)
    assert engine.suggesting == 1
    editor.document.hints.pixels.write(Rect(2, 3, 6, 5), np.full((5, 6, 4), (*RED, 255), np.uint8))
    qtbot.wait(100)
    assert answers.count() == 0


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("torch has a bad day"), KeyError("a mistake")])
def test_a_failed_suggestion_is_a_sentence_and_previews_go_on(qtbot, ready, answers, editor, engine, error) -> None:
    engine.suggestion_error = error
    ready.suggest_places(2)
    qtbot.waitUntil(lambda: answers.count() == 1, timeout=3000)
    assert results(answers)[0].failure and not results(answers)[0].places
    dab(editor)
    qtbot.waitUntil(lambda: ready.status.phase is Phase.READY, timeout=5000)
    assert tuple(editor.document.color.pixels[0, 0]) == RED


def test_without_a_drawing_or_a_worker_nothing_is_asked(qtbot, controller, editor, engine) -> None:
    controller.suggest_places(3)
    controller.start()
    qtbot.waitUntil(lambda: controller.status.phase is Phase.READY, timeout=5000)
    assert engine.suggesting == 0


def test_only_the_drawing_that_was_coloured_last_is_asked_about(engine, make_document) -> None:
    coloring = PreviewColoring(engine.port())
    one, other = make_document(), make_document()
    request = PreviewRequest.of(one, number=1, device="cpu", draft=True)
    coloring.color(request, never)
    assert coloring.suggest(SuggestionRequest(request, 2), never).places
    for picture in (
        PreviewRequest.of(other, number=1, device="cpu", draft=True),
        PreviewRequest.of(one, number=1, device="cuda:0", draft=True),
    ):
        with pytest.raises(Dropped):
            coloring.suggest(SuggestionRequest(picture, 2), never)


def test_a_reduced_session_speaks_of_full_size_pixels(engine) -> None:
    lines = np.full((90, 121), 255, np.uint8)
    session = ReducedSession(engine.load("live", "cpu", 0, DocumentMode.LINEART), lines, 4)
    hints = np.zeros((90, 121, 4), np.uint8)
    assert [place[:2] for place in session.suggest_places(hints, 3)] == [(2, 2), (6, 6), (10, 10)]
    assert session.suggest_colors(hints, 120, 89, 1) == [(30, 22, 0)]
