"""The document: one size throughout, tells who watches, and gives workers a copy that stands still."""

import subprocess
import sys

import numpy as np
import pytest

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.document import RECENT_COLORS_KEPT, Document, ViewState
from linepaint.document.geometry import Rect
from linepaint.document.layers import HintLayer, LayerKind, Levels, LineLayer
from linepaint.document.mode import DocumentMode
from linepaint.document.tiles import TiledImage


def drawing(width=300, height=200):
    return Document.from_scan(np.full((height, width), 255, np.uint8))


def test_a_new_drawing_is_ready_to_paint_on():
    document = drawing()
    assert document.size == (300, 200) == (document.width, document.height)
    assert [layer.kind for layer in document.layers] == list(LayerKind)
    assert document.layer(LayerKind.HINTS) is document.hints
    assert document.hints.pixels.is_blank and document.color.pixels is None
    assert document.checkpoint == "live" and document.seed == 0 and not document.is_null
    assert document.mode is DocumentMode.LINEART and document.lines.name == "Line art"


def test_a_gray_picture_lies_under_its_colour_and_is_coloured_by_its_own_checkpoint():
    gray = np.arange(256, dtype=np.uint8).reshape(16, 16)
    document = Document.from_gray(gray)
    assert document.mode is DocumentMode.GRAYSCALE and document.checkpoint == "grayscale"
    assert [layer.name for layer in document.layers] == ["Hints", "Colour", "Gray picture", "Paper"]
    assert document.layer(LayerKind.LINES) is document.lines
    assert document.lines.lines is gray and not gray.flags.writeable


def test_a_checkpoint_that_is_given_goes_before_the_one_of_the_mode():
    document = Document(LineLayer(np.zeros((2, 2), np.uint8)), mode=DocumentMode.GRAYSCALE, checkpoint="mine")
    assert document.checkpoint == "mine"
    snapshot = document.snapshot()
    assert snapshot.mode is DocumentMode.GRAYSCALE and snapshot.checkpoint == "mine"


def test_the_null_document_answers_like_any_other():
    nothing = Document.empty()
    assert nothing.is_null and nothing.size == (0, 0) and nothing.bounds.is_empty
    assert nothing.lines.lines.shape == (0, 0)
    assert nothing.snapshot().is_null


def test_layers_of_another_size_are_refused():
    lines = LineLayer(np.zeros((20, 30), np.uint8))
    with pytest.raises(ValueError, match="hint layer has to be"):
        Document(lines, HintLayer(TiledImage(30, 20, 4)))
    with pytest.raises(ValueError, match="colour layer has to be"):
        drawing().set_color_pixels(np.zeros((300, 200, 3), np.uint8))


def test_new_colour_is_announced_and_protected():
    document = drawing()
    changes = []
    document.subscribe(changes.append)
    colors = np.zeros((200, 300, 3), np.uint8)
    document.set_color_pixels(colors)
    assert changes == [Change(ChangeKind.COLOR, Rect(0, 0, 300, 200))]
    assert document.color.pixels is colors
    with pytest.raises(ValueError, match="read-only"):
        document.color.pixels[0, 0] = 1
    document.set_color_pixels(None)
    assert document.color.pixels is None


def test_unsubscribing_ends_the_calls_and_may_be_repeated():
    document = drawing()
    first, second = [], []
    unsubscribe = document.subscribe(first.append)
    document.subscribe(second.append)
    unsubscribe()
    unsubscribe()
    document.notify(Change(ChangeKind.PAPER))
    assert first == [] and second == [Change(ChangeKind.PAPER)]


def test_the_same_callback_may_subscribe_twice_and_leave_once():
    document = drawing()
    seen = []
    leave = document.subscribe(seen.append)
    document.subscribe(seen.append)
    leave()
    document.notify(Change(ChangeKind.PAPER))
    assert len(seen) == 1


def test_subscribers_may_leave_while_being_called():
    document = drawing()
    seen = []

    def once(change):
        seen.append(change)
        leave()

    leave = document.subscribe(once)
    document.subscribe(seen.append)
    document.notify(Change(ChangeKind.LINES))
    document.notify(Change(ChangeKind.LINES))
    assert len(seen) == 3


def test_a_snapshot_stands_still_while_the_document_changes():
    document = drawing()
    document.lines.levels = Levels(20, 200)
    document.hints.pixels.write(Rect(5, 5, 1, 1), np.full((1, 1, 4), 255, np.uint8))
    document.set_color_pixels(np.zeros((200, 300, 3), np.uint8))
    document.view = ViewState(2.0, 10.0, 20.0, 30.0, True)
    seen = []
    document.subscribe(seen.append)
    snapshot = document.snapshot()

    document.hints.pixels.clear()
    document.hints.opacity = 0.1
    document.lines.levels = Levels()
    document.lines.visible = False
    document.paper.color = (1, 2, 3)
    document.seed = 9
    document.set_color_pixels(None)

    assert snapshot.hints.pixels.read(Rect(5, 5, 1, 1)).all() and snapshot.hints.opacity == 0.6
    assert snapshot.lines.levels == Levels(20, 200) and snapshot.lines.visible
    assert snapshot.paper.color == (255, 255, 255) and snapshot.seed == 0
    assert snapshot.color.pixels is not None and snapshot.view == document.view
    snapshot.notify(Change(ChangeKind.SETTINGS))
    assert [change.kind for change in seen] == [ChangeKind.COLOR]


def test_a_snapshot_shares_the_big_arrays():
    document = drawing()
    document.lines.levels = Levels(20, 200)
    document.set_color_pixels(np.zeros((200, 300, 3), np.uint8))
    lines = document.lines.lines
    snapshot = document.snapshot()
    assert snapshot.lines.scan is document.lines.scan
    assert snapshot.lines.lines is lines
    assert snapshot.color.pixels is document.color.pixels


def test_recent_colours_are_newest_first_and_few():
    document = drawing()
    seen = []
    document.subscribe(seen.append)
    for red in range(RECENT_COLORS_KEPT + 5):
        document.remember_color((red, 0, 0))
    document.remember_color((10, 0, 0))
    assert document.recent_colors[0] == (10, 0, 0)
    assert document.recent_colors.count((10, 0, 0)) == 1
    assert len(document.recent_colors) == RECENT_COLORS_KEPT
    assert {change.kind for change in seen} == {ChangeKind.PALETTE}


def test_the_document_needs_numpy_and_nothing_else():
    code = (
        "import sys, linepaint.document.history, linepaint.document.document;"
        "print([name for name in ('cv2', 'torch', 'PySide6', 'PIL', 'scipy') if name in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
