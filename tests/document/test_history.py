"""Undo and redo: back and forth through every edit, in bounded memory, knowing what is saved."""

import numpy as np
import pytest

from linepaint.document.changes import ChangeKind
from linepaint.document.commands import (
    ClearHints,
    PaintHints,
    SetLayerOpacity,
    SetLayerVisible,
    SetPaperColor,
    SetSeed,
)
from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.history import History
from linepaint.document.layers import LayerKind


@pytest.fixture
def document():
    return Document.from_scan(np.full((600, 700), 255, np.uint8))


@pytest.fixture
def history(document):
    return History(document)


def stroke(document, x, y, value):
    """A finished stroke: painted already, as the brush leaves it."""
    hints = document.hints.pixels
    before = hints.snapshot()
    hints.write(Rect(x, y, 30, 30), np.full((30, 30, 4), value, np.uint8))
    return PaintHints.between("Hint brush", before, hints, Rect(x, y, 30, 30))


def test_a_new_history_has_nothing_to_undo(history):
    assert not history.can_undo and not history.can_redo and history.is_clean
    assert history.undo_text == history.redo_text == "" and history.nbytes == 0
    assert history.undo() is None and history.redo() is None


def test_performing_applies_and_tells(document, history):
    seen = []
    document.subscribe(seen.append)
    history.perform(SetPaperColor((9, 9, 9)))
    assert document.paper.color == (9, 9, 9)
    assert [change.kind for change in seen] == [ChangeKind.PAPER]
    assert history.undo_text == "Change paper colour"
    history.undo()
    assert document.paper.color == (255, 255, 255)
    assert history.redo_text == "Change paper colour" and len(seen) == 2
    history.redo()
    assert document.paper.color == (9, 9, 9) and len(seen) == 3


def test_a_finished_stroke_is_kept_without_painting_it_again(document, history):
    seen = []
    document.subscribe(seen.append)
    history.push_applied(stroke(document, 10, 10, 200))
    assert seen == [] and history.can_undo
    change = history.undo()
    assert change.rect == Rect(10, 10, 30, 30) and document.hints.pixels.is_blank


def test_many_edits_go_all_the_way_back_and_forth(document, history):
    random = np.random.default_rng(3)
    states = [document.hints.pixels.read()]
    for value in range(1, 40):
        if value % 13 == 0:
            history.perform(ClearHints())
        else:
            x, y = (int(edge) for edge in random.integers(0, 550, 2))
            history.push_applied(stroke(document, x, y, value))
        states.append(document.hints.pixels.read())
    for expected in reversed(states[:-1]):
        history.undo()
        assert np.array_equal(document.hints.pixels.read(), expected)
    assert not history.can_undo
    for expected in states[1:]:
        history.redo()
        assert np.array_equal(document.hints.pixels.read(), expected)
    assert not history.can_redo


def test_a_new_edit_ends_redo(document, history):
    history.perform(SetSeed(1))
    history.undo()
    history.perform(SetPaperColor((0, 0, 0)))
    assert not history.can_redo
    history.undo()
    assert document.seed == 0 and document.paper.color == (255, 255, 255)


def test_edits_that_change_nothing_are_not_steps(document, history):
    history.perform(SetPaperColor((0, 0, 0)))
    history.undo()
    history.perform(SetSeed(0))
    history.perform(ClearHints())
    assert not history.can_undo and history.can_redo and history.is_clean


def test_a_refused_edit_leaves_history_and_document_alone(document, history):
    class Refused(SetSeed):
        def write(self, document, value):
            raise ValueError("no")

    history.perform(SetSeed(1))
    with pytest.raises(ValueError, match="no"):
        history.perform(Refused(5))
    assert document.seed == 1
    history.undo()
    assert document.seed == 0 and not history.can_undo


# --- dragging -----------------------------------------------------------------------------------------------


def test_a_dragged_slider_is_one_step(document, history):
    for opacity in (0.5, 0.4, 0.3, 0.2):
        history.perform(SetLayerOpacity(LayerKind.HINTS, opacity))
    assert document.hints.opacity == 0.2
    history.undo()
    assert document.hints.opacity == 0.6 and not history.can_undo
    history.redo()
    assert document.hints.opacity == 0.2


def test_a_slider_dragged_back_to_the_start_is_no_step(document, history):
    for opacity in (0.5, 0.4, 0.6):
        history.perform(SetLayerOpacity(LayerKind.HINTS, opacity))
    assert not history.can_undo and history.is_clean


def test_two_drags_are_two_steps(document, history):
    history.perform(SetLayerOpacity(LayerKind.HINTS, 0.5))
    history.end_merging()
    history.perform(SetLayerOpacity(LayerKind.HINTS, 0.4))
    history.undo()
    assert document.hints.opacity == 0.5


def test_other_sliders_and_other_edits_in_between_are_steps(document, history):
    history.perform(SetLayerOpacity(LayerKind.HINTS, 0.5))
    history.perform(SetLayerOpacity(LayerKind.COLOR, 0.5))
    history.perform(SetLayerVisible(LayerKind.HINTS, False))
    history.perform(SetLayerOpacity(LayerKind.HINTS, 0.4))
    history.undo()
    assert document.hints.opacity == 0.5 and not document.hints.visible


def test_nothing_merges_with_what_stood_before_an_undo(document, history):
    history.perform(SetSeed(1))
    history.perform(SetPaperColor((0, 0, 0)))
    history.undo()
    history.perform(SetSeed(2))
    history.undo()
    assert document.seed == 1


# --- what is saved ------------------------------------------------------------------------------------------


def test_clean_follows_undo_and_redo(history):
    history.perform(SetPaperColor((1, 1, 1)))
    assert not history.is_clean
    history.mark_saved()
    assert history.is_clean
    history.perform(SetLayerVisible(LayerKind.HINTS, False))
    assert not history.is_clean
    history.undo()
    assert history.is_clean
    history.undo()
    assert not history.is_clean
    history.redo()
    assert history.is_clean


def test_a_saved_state_that_redo_no_longer_reaches_is_gone(history):
    history.perform(SetPaperColor((1, 1, 1)))
    history.mark_saved()
    history.undo()
    history.perform(SetSeed(5))
    assert not history.is_clean
    history.undo()
    assert not history.is_clean


def test_a_drag_after_saving_is_a_step_of_its_own(document, history):
    history.perform(SetLayerOpacity(LayerKind.HINTS, 0.5))
    history.mark_saved()
    history.perform(SetLayerOpacity(LayerKind.HINTS, 0.4))
    assert not history.is_clean
    history.undo()
    assert history.is_clean and document.hints.opacity == 0.5


def test_a_recovered_document_is_never_clean_until_saved(history):
    history.mark_unsaved()
    assert not history.is_clean
    history.perform(SetSeed(1))
    history.undo()
    assert not history.is_clean
    history.mark_saved()
    assert history.is_clean


# --- memory -------------------------------------------------------------------------------------------------


def test_the_oldest_edits_are_forgotten_beyond_the_limit(document):
    history = History(document, limit_bytes=10 * SetSeed.nbytes)
    for seed in range(1, 31):
        history.perform(SetSeed(seed))
        history.end_merging()
    assert history.nbytes <= history.limit_bytes
    undone = 0
    while history.undo():
        undone += 1
    assert undone == 10 and document.seed == 20


def test_the_newest_edit_can_be_undone_whatever_it_costs(document):
    history = History(document, limit_bytes=1)
    history.push_applied(stroke(document, 10, 10, 3))
    history.push_applied(stroke(document, 50, 50, 4))
    assert history.undo() is not None and not history.can_undo
    assert document.hints.pixels.read(Rect(10, 10, 30, 30)).all()


def test_the_saved_state_is_still_known_after_forgetting(document):
    history = History(document, limit_bytes=3 * SetSeed.nbytes)
    for seed in range(1, 5):
        history.perform(SetSeed(seed))
        history.end_merging()
    history.mark_saved()
    history.perform(SetSeed(5))
    history.undo()
    assert history.is_clean


def test_a_saved_state_that_was_forgotten_is_not_mistaken_for_another(document):
    history = History(document, limit_bytes=3 * SetSeed.nbytes)
    history.mark_saved()
    for seed in range(1, 8):
        history.perform(SetSeed(seed))
        history.end_merging()
    while history.can_undo:
        history.undo()
        assert not history.is_clean


def test_memory_is_counted_through_every_kind_of_step(document, history):
    def counted():
        return sum(command.nbytes for command in (*history._done, *history._undone))

    for opacity in (0.5, 0.4, 0.6):
        history.perform(SetLayerOpacity(LayerKind.HINTS, opacity))
        assert history.nbytes == counted()
    assert history.nbytes == 0
    for value in range(1, 5):
        history.push_applied(stroke(document, 10 * value, 10, value))
    history.undo()
    history.undo()
    assert history.nbytes == counted() > 0
    history.perform(ClearHints())
    assert history.nbytes == counted()


def test_two_hundred_strokes_at_4096_stay_far_below_the_limit():
    document = Document.from_scan(np.full((4096, 4096), 255, np.uint8))
    history = History(document)
    random = np.random.default_rng(0)
    for value in range(1, 201):
        x, y = (int(edge) for edge in random.integers(0, 4000, 2))
        history.push_applied(stroke(document, x, y, value))
    assert history.nbytes < 32 * 2**20
    assert sum(1 for _ in iter(history.undo, None)) == 200
