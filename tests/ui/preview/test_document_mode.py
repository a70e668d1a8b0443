"""A document whose mode changes is coloured anew, by the mode's own checkpoint, and again when that is undone."""

from linepaint.document.commands import SetMode
from linepaint.document.mode import DocumentMode
from linepaint.ui.preview.status import Phase


def wait_until_ready(qtbot, controller) -> None:
    qtbot.waitUntil(lambda: controller.status.phase is Phase.READY, timeout=5000)


def test_another_mode_is_coloured_by_its_own_checkpoint(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    editor.perform(SetMode(DocumentMode.GRAYSCALE))
    assert editor.document.color.pixels is None
    wait_until_ready(qtbot, controller)
    assert (engine.finished[-1].checkpoint, engine.modes[-1]) == ("grayscale", DocumentMode.GRAYSCALE)
    assert editor.document.color.pixels is not None


def test_a_mode_that_is_undone_before_it_was_coloured_gets_its_colour_back(qtbot, controller, editor, engine) -> None:
    """The colour layer went with the mode, so the request that was shown last has to be made again."""
    controller.start()
    wait_until_ready(qtbot, controller)
    engine.gate.clear()
    editor.perform(SetMode(DocumentMode.GRAYSCALE))
    editor.undo()
    engine.gate.set()
    wait_until_ready(qtbot, controller)
    qtbot.waitUntil(lambda: editor.document.color.pixels is not None, timeout=2000)
    assert engine.finished[-1].checkpoint == "live"


def test_colour_that_was_under_way_for_the_other_mode_is_not_shown(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    engine.gate.clear()
    controller.request_now()
    qtbot.waitUntil(lambda: len(engine.jobs) >= 2, timeout=2000)
    editor.perform(SetMode(DocumentMode.GRAYSCALE))
    shown = []
    editor.changed.connect(lambda change: shown.append(engine.finished[-1].checkpoint))
    engine.gate.set()
    wait_until_ready(qtbot, controller)
    assert shown and set(shown) == {"grayscale"}
