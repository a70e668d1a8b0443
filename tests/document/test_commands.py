"""Every edit can be undone and redone, and leaves no trace when undone."""

import numpy as np
import pytest

from linepaint.document.changes import ChangeKind
from linepaint.document.commands import (
    ClearHints,
    PaintHints,
    ReplaceHints,
    SetCheckpoint,
    SetLayerOpacity,
    SetLayerVisible,
    SetLevels,
    SetMode,
    SetPalette,
    SetPaperColor,
    SetSeed,
)
from linepaint.document.document import Document
from linepaint.document.geometry import Rect
from linepaint.document.layers import LayerKind, Levels
from linepaint.document.mode import DocumentMode
from linepaint.document.palette import Palette
from linepaint.document.tiles import TILE_SIZE, TiledImage

TILE_BYTES = TILE_SIZE * TILE_SIZE * 4


def drawing():
    document = Document.from_scan(np.full((600, 700), 255, np.uint8))
    paint(document.hints.pixels, Rect(10, 10, 300, 40), (200, 30, 30, 255))
    return document


def paint(image, rect, rgba):
    image.write(rect, np.broadcast_to(np.array(rgba, np.uint8), (rect.height, rect.width, 4)))


def state(document):
    return (
        document.lines.levels,
        [(layer.visible, layer.opacity, layer.name) for layer in document.layers],
        document.paper.color,
        document.palette,
        document.mode,
        document.checkpoint,
        document.seed,
        document.hints.pixels.read().tobytes(),
    )


EDITS = {
    "levels": (lambda: SetLevels(Levels(10, 200)), ChangeKind.LINES),
    "hide": (lambda: SetLayerVisible(LayerKind.LINES, False), ChangeKind.LAYERS),
    "opacity": (lambda: SetLayerOpacity(LayerKind.COLOR, 0.5), ChangeKind.LAYERS),
    "paper": (lambda: SetPaperColor((1, 2, 3)), ChangeKind.PAPER),
    "palette": (lambda: SetPalette(Palette("mine")), ChangeKind.PALETTE),
    "checkpoint": (lambda: SetCheckpoint("pix2pix"), ChangeKind.SETTINGS),
    "seed": (lambda: SetSeed(7), ChangeKind.SETTINGS),
    "mode": (lambda: SetMode(DocumentMode.GRAYSCALE), ChangeKind.MODE),
    "clear": (lambda: ClearHints(), ChangeKind.HINTS),
    "replace": (
        lambda: ReplaceHints(TiledImage.from_array(np.full((600, 700, 4), 8, np.uint8))),
        ChangeKind.HINTS,
    ),
}


@pytest.mark.parametrize("edit", EDITS)
def test_edits_do_undo_and_redo(edit):
    make, kind = EDITS[edit]
    document, command = drawing(), make()
    before = state(document)
    assert command.apply(document).kind == kind
    after = state(document)
    assert after != before
    assert command.revert(document).kind == kind
    assert state(document) == before
    command.apply(document)
    assert state(document) == after
    assert command.text and not command.changes_nothing


@pytest.mark.parametrize(
    "command",
    [
        SetLevels(Levels()),
        SetLayerVisible(LayerKind.HINTS, True),
        SetLayerOpacity(LayerKind.HINTS, 0.6),
        SetSeed(0),
        SetCheckpoint("live"),
        SetMode(DocumentMode.LINEART),
    ],
    ids=lambda command: type(command).__name__,
)
def test_setting_what_is_set_already_changes_nothing(command):
    command.apply(drawing())
    assert command.changes_nothing


def test_a_document_of_another_mode_gets_its_checkpoint_and_its_name_and_undo_brings_the_artists_own_back():
    document = drawing()
    document.checkpoint = "/checkpoints/mine.safetensors"
    document.set_color_pixels(np.zeros((600, 700, 3), np.uint8))
    command = SetMode(DocumentMode.GRAYSCALE)
    command.apply(document)
    assert (document.checkpoint, document.lines.name) == ("grayscale", "Gray picture")
    assert document.color.pixels is None  # It was the colour under lines, and would hide the gray picture.
    document.set_color_pixels(np.zeros((600, 700, 3), np.uint8))
    command.revert(document)
    assert (document.checkpoint, document.lines.name) == ("/checkpoints/mine.safetensors", "Line art")
    assert document.color.pixels is None


def test_setting_the_mode_that_is_set_keeps_checkpoint_and_colour():
    document = drawing()
    document.checkpoint = "mine"
    document.set_color_pixels(np.zeros((600, 700, 3), np.uint8))
    SetMode(DocumentMode.LINEART).apply(document)
    assert document.checkpoint == "mine" and document.color.pixels is not None


def test_clearing_blank_hints_changes_nothing():
    command = ClearHints()
    command.apply(Document.from_scan(np.zeros((9, 9), np.uint8)))
    assert command.changes_nothing


def test_a_stroke_costs_only_the_tiles_it_touched():
    document = Document.from_scan(np.full((4096, 4096), 255, np.uint8))
    hints = document.hints.pixels
    hints.write(hints.bounds, np.full((4096, 4096, 4), 99, np.uint8))
    before = hints.snapshot()
    noise = np.random.default_rng(0).integers(0, 256, (20, 20, 4), dtype=np.uint8)
    hints.write(Rect(250, 0, 20, 20), noise)
    command = PaintHints.between("Hint brush", before, hints)
    assert command.before.keys() == command.after.keys() == {(0, 0), (0, 1)}
    assert command.rect == Rect(0, 0, 512, 256)
    assert command.nbytes < 2 * TILE_BYTES / 10


def test_a_stroke_over_a_photograph_costs_at_most_old_and_new_tiles():
    noise = np.random.default_rng(0).integers(0, 256, (256, 256, 4), dtype=np.uint8)
    before, after = TiledImage.from_array(noise), TiledImage.from_array(255 - noise)
    assert PaintHints.between("Paste", before, after).nbytes == 2 * TILE_BYTES


def test_undoing_paint_brings_back_blank_ground_and_leaves_other_tiles_alone():
    document = drawing()
    hints = document.hints.pixels
    before = hints.snapshot()
    paint(hints, Rect(600, 500, 50, 50), (1, 2, 3, 255))
    command = PaintHints.between("Hint brush", before, hints, Rect(600, 500, 50, 50))
    after = hints.snapshot()
    change = command.revert(document)
    assert change.rect == Rect(600, 500, 50, 50)
    assert hints.changed_tiles(before) == []
    command.apply(document)
    assert hints.same_pixels(after)


def test_painting_on_after_undo_does_not_spoil_redo():
    document = drawing()
    hints = document.hints.pixels
    before = hints.snapshot()
    paint(hints, Rect(0, 0, 50, 50), (1, 2, 3, 255))
    expected = hints.read()
    command = PaintHints.between("Hint brush", before, hints)
    paint(hints, Rect(0, 0, 99, 99), (7, 7, 7, 255))
    command.apply(document)
    assert np.array_equal(hints.read(), expected)


def test_replacing_hints_is_independent_of_the_picture_it_was_given():
    document = drawing()
    given = TiledImage.from_array(np.full((600, 700, 4), 8, np.uint8))
    command = ReplaceHints(given)
    given.clear()
    command.apply(document)
    assert (document.hints.pixels.read() == 8).all()


def test_hints_of_another_size_are_refused_and_nothing_changes():
    document = drawing()
    before = state(document)
    with pytest.raises(ValueError, match="cannot share tiles"):
        ReplaceHints(TiledImage(5, 5, 4)).apply(document)
    assert state(document) == before


@pytest.mark.parametrize("opacity", [-0.1, 1.1, float("nan")])
def test_impossible_opacity_is_refused(opacity):
    with pytest.raises(ValueError, match="between 0 and 1"):
        SetLayerOpacity(LayerKind.HINTS, opacity)


def test_drags_merge_into_one_step_back_to_the_start():
    document = drawing()
    first, second = SetLevels(Levels(10, 200)), SetLevels(Levels(20, 190))
    first.apply(document)
    second.apply(document)
    merged = second.merged_with(first)
    merged.revert(document)
    assert document.lines.levels == Levels()
    merged.apply(document)
    assert document.lines.levels == Levels(20, 190)
    merged.revert(document)
    assert document.lines.levels == Levels()


def test_what_is_not_the_same_slider_does_not_merge():
    hints, color = SetLayerOpacity(LayerKind.HINTS, 0.1), SetLayerOpacity(LayerKind.COLOR, 0.1)
    hide, show = SetLayerVisible(LayerKind.HINTS, False), SetLayerVisible(LayerKind.HINTS, True)
    document = drawing()
    for command in (hints, color, hide, show):
        command.apply(document)
    assert color.merged_with(hints) is None
    assert show.merged_with(hide) is None
    assert hide.merged_with(color) is None
