"""The editor: what the artist holds, and what others hear of it."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.commands import SetPaperColor
from linepaint.document.document import Document
from linepaint.ui.editor import Editor


def test_it_begins_with_nothing_open_and_the_brush_ready(qapp: object) -> None:
    editor = Editor()
    assert editor.document.is_null and not editor.is_modified
    assert editor.tool == "hint-brush"
    assert max(editor.foreground) - min(editor.foreground) > 100  # A clear colour, not a grey.


def test_opening_replaces_document_history_and_path(editor: Editor, qtbot: QtBot) -> None:
    editor.perform(SetPaperColor((1, 2, 3)))
    other = Document.from_scan(np.full((20, 30), 255, np.uint8))
    with qtbot.waitSignals([editor.documentReplaced, editor.historyChanged, editor.pathChanged]):
        editor.set_document(other, Path("other.ora"))
    assert editor.document is other and editor.path == Path("other.ora")
    assert not editor.history.can_undo and not editor.is_modified


def test_a_document_that_was_closed_is_heard_no_more(editor: Editor, drawing: Document) -> None:
    heard: list[Change] = []
    editor.changed.connect(heard.append)
    editor.set_document(Document.empty())
    drawing.notify(Change(ChangeKind.PAPER))
    assert heard == []


def test_edits_can_be_undone_and_everyone_hears(editor: Editor, qtbot: QtBot) -> None:
    with qtbot.waitSignals([editor.changed, editor.historyChanged]):
        editor.perform(SetPaperColor((1, 2, 3)))
    assert editor.is_modified
    with qtbot.waitSignals([editor.changed, editor.historyChanged]):
        editor.undo()
    assert editor.document.paper.color == (255, 255, 255) and not editor.is_modified
    with qtbot.waitSignals([editor.changed, editor.historyChanged]):
        editor.redo()
    assert editor.document.paper.color == (1, 2, 3)


def test_saving_makes_it_unmodified_under_its_new_name(editor: Editor, qtbot: QtBot) -> None:
    editor.perform(SetPaperColor((1, 2, 3)))
    with qtbot.waitSignals([editor.pathChanged, editor.historyChanged]):
        editor.mark_saved(Path("page.ora"))
    assert not editor.is_modified and editor.path == Path("page.ora")
    editor.undo()
    assert editor.is_modified


def test_a_new_colour_layer_is_no_modification(editor: Editor, drawing: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(editor.changed):
        drawing.set_color_pixels(np.zeros((90, 120, 3), np.uint8))
    assert not editor.is_modified


def test_tools_are_lent_and_given_back_in_any_order(editor: Editor) -> None:
    heard: list[str] = []
    editor.toolChanged.connect(heard.append)
    editor.set_tool("dot")
    editor.push_tool("hand")
    editor.push_tool("eyedropper")
    editor.pop_tool("hand")
    assert editor.tool == "eyedropper" and editor.chosen_tool == "dot"
    editor.pop_tool("eyedropper")
    editor.pop_tool("eyedropper")
    assert editor.tool == "dot"
    assert heard == ["dot", "hand", "eyedropper", "eyedropper", "dot"]


def test_there_is_no_other_tool(editor: Editor) -> None:
    with pytest.raises(ValueError, match="no tool named chainsaw"):
        editor.set_tool("chainsaw")


def test_colours_are_swapped_and_reset(editor: Editor, qtbot: QtBot) -> None:
    editor.set_foreground((1, 2, 3))
    editor.set_background((4, 5, 6))
    with qtbot.waitSignal(editor.colorsChanged):
        editor.swap_colors()
    assert (editor.foreground, editor.background) == ((4, 5, 6), (1, 2, 3))
    editor.reset_colors()
    assert (editor.foreground, editor.background) == ((0, 0, 0), (255, 255, 255))


def test_recent_colours_stand_once_newest_first_and_are_no_edit(editor: Editor) -> None:
    for color in ((1, 1, 1), (2, 2, 2), (1, 1, 1), (1, 1, 1)):
        editor.remember_color(color)
    assert editor.document.recent_colors == ((1, 1, 1), (2, 2, 2))
    assert not editor.is_modified


def test_the_brush_starts_in_a_size_that_suits_the_page_but_the_artists_choice_stays(qapp: object) -> None:
    editor = Editor()
    editor.set_document(Document.from_scan(np.full((3000, 3000), 255, np.uint8)))
    assert editor.brush_size == 50
    editor.grow_brush()
    assert editor.brush_size > 50
    editor.set_brush_size(12)
    editor.set_document(Document.from_scan(np.full((300, 300), 255, np.uint8)))
    assert editor.brush_size == 12


def test_the_brush_size_is_kept_within_bounds(editor: Editor) -> None:
    editor.set_brush_size(1e9)
    assert editor.brush_size == 1000
    editor.set_brush_size(-5)
    assert editor.brush_size == 1
    editor.shrink_brush()
    assert editor.brush_size == 1
