"""What the window may rely on: the newest stroke wins, the busy mark is true, nothing ever blocks."""

import threading
import time

import numpy as np
import pytest
from PySide6.QtCore import QThread
from PySide6.QtTest import QSignalSpy

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.geometry import Rect
from linepaint.document.layers import Levels
from linepaint.ui.preview.scheduler import REST_SECONDS
from linepaint.ui.preview.status import Phase

RED = (200, 30, 30)
GREEN = (20, 160, 40)


def paint(editor, color, x=2, y=3) -> None:
    """One step of a stroke."""
    rect = Rect(x, y, 6, 5)
    editor.document.hints.pixels.write(rect, np.full((5, 6, 4), (*color, 255), np.uint8))
    editor.document.notify(Change(ChangeKind.HINTS, rect))


def shown_color(editor) -> tuple[int, ...] | None:
    pixels = editor.document.color.pixels
    return None if pixels is None else tuple(int(value) for value in pixels[0, 0])


def wait_until_ready(qtbot, controller) -> None:
    qtbot.waitUntil(lambda: controller.status.phase is Phase.READY, timeout=5000)


def test_an_opened_drawing_is_coloured_without_being_asked(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    assert shown_color(editor) == (255, 255, 255)
    assert not engine.finished[-1].draft


def test_a_stroke_changes_the_colour_while_the_pen_is_down(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    engine.gate.clear()
    editor.stroke_started()
    paint(editor, RED)
    engine.gate.set()
    qtbot.waitUntil(lambda: shown_color(editor) == RED, timeout=2000)
    assert editor.is_painting
    assert engine.finished[-1].draft


def test_colour_keeps_coming_while_strokes_never_stop(qtbot, controller, editor, engine) -> None:
    engine.draft_seconds = 0.05
    controller.start()
    wait_until_ready(qtbot, controller)
    drafts_before = len(engine.finished)
    end = time.monotonic() + 0.8
    step = 0
    while time.monotonic() < end:
        paint(editor, (step % 256, 0, 0))
        step += 1
        qtbot.wait(5)
    assert len(engine.finished) - drafts_before >= 5
    assert all(job.draft for job in engine.finished[drafts_before:])


def test_the_newest_stroke_wins(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    engine.gate.clear()
    jobs_before = len(engine.jobs)
    for red in range(20):
        paint(editor, (red, 0, 0))
    paint(editor, GREEN)
    engine.gate.set()
    wait_until_ready(qtbot, controller)
    assert shown_color(editor) == GREEN
    assert len(engine.jobs) - jobs_before <= 3, "the one under way, the newest, and its fine picture"


def test_a_fine_picture_under_way_gives_way_to_the_pen(qtbot, controller, editor, engine) -> None:
    engine.final_seconds = 30.0
    controller.start()
    qtbot.waitUntil(lambda: len(engine.finals) == 1, timeout=5000)
    paint(editor, RED)
    qtbot.waitUntil(lambda: shown_color(editor) == RED, timeout=2000)


def test_the_fine_picture_comes_when_the_pen_rests_and_not_before(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    paint(editor, RED)
    painted_at = time.monotonic()
    finals_before = len(engine.finals)
    qtbot.waitUntil(lambda: len(engine.finals) > finals_before, timeout=3000)
    assert time.monotonic() - painted_at >= REST_SECONDS


def test_nothing_is_done_for_what_changes_no_colour(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    jobs = len(engine.jobs)
    for kind in (ChangeKind.LAYERS, ChangeKind.PAPER, ChangeKind.PALETTE, ChangeKind.COLOR):
        editor.document.notify(Change(kind))
    editor.document.notify(Change(ChangeKind.HINTS, Rect(0, 0, 1, 1)))
    wait_until_ready(qtbot, controller)
    assert len(engine.jobs) == jobs


def test_levels_have_the_drawing_coloured_again(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    opened = engine.opened
    editor.document.lines.levels = Levels(10, 200)
    editor.document.notify(Change(ChangeKind.LINES))
    qtbot.waitUntil(lambda: engine.opened == opened + 1, timeout=2000)
    wait_until_ready(qtbot, controller)


def test_a_picture_of_an_older_drawing_never_lands_on_a_newer_one(
    qtbot, controller, editor, engine, make_document
) -> None:
    paint(editor, RED)
    engine.gate.clear()
    controller.start()
    qtbot.waitUntil(lambda: len(engine.jobs) == 1, timeout=5000)
    newer = make_document(96, 64)
    seen = []
    newer.subscribe(lambda change: seen.append(shown_color(editor)))
    editor.set_document(newer)
    engine.gate.set()
    wait_until_ready(qtbot, controller)
    assert RED not in seen
    assert shown_color(editor) == (255, 255, 255)


def test_a_drawing_of_another_size_may_follow_at_any_time(qtbot, controller, editor, engine, make_document) -> None:
    engine.draft_seconds = 0.02
    controller.start()
    for width in (50, 70, 90, 30):
        editor.set_document(make_document(width, 40))
        qtbot.wait(15)
    wait_until_ready(qtbot, controller)
    assert editor.document.color.pixels.shape == (40, 30, 3)


def test_closing_the_drawing_ends_the_work(qtbot, controller, editor, engine) -> None:
    engine.draft_seconds = 30.0
    controller.start()
    qtbot.waitUntil(lambda: len(engine.jobs) == 1, timeout=5000)
    editor.set_document(type(editor.document).empty())
    assert controller.status.phase is Phase.EMPTY
    assert not controller.is_busy
    qtbot.wait(50)
    assert len(engine.jobs) == 1


def test_the_busy_mark_tells_the_truth(qtbot, controller, editor, engine) -> None:
    told = []
    controller.busyChanged.connect(told.append)
    controller.start()
    assert controller.is_busy
    wait_until_ready(qtbot, controller)
    assert told == [True, False]
    engine.draft_seconds = engine.final_seconds = 0.03
    paint(editor, RED)
    assert told == [True, False, True], "at once, not when the worker gets round to it"
    phases = set()
    while controller.is_busy:
        phases.add(controller.status.phase)
        qtbot.wait(1)
    assert told == [True, False, True, False]
    assert phases == {Phase.DRAFT, Phase.REFINING}
    assert engine.finished[-1].draft is False


@pytest.mark.parametrize("what", ["color", "load", "crash"])
def test_a_failed_preview_leaves_the_picture_and_says_so_once(qtbot, controller, editor, engine, what) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    shown = editor.document.color.pixels
    sentences = []
    controller.failed.connect(sentences.append)
    if what == "color":
        engine.largest_px = 1
    elif what == "load":
        engine.load_errors["live"] = engine.EngineError("The checkpoint is damaged; choose another.")
        engine.load_errors["auto"] = engine.load_errors["cpu"] = engine.load_errors["live"]
        controller.request_now()
    else:
        engine.color_errors[("auto", True)] = KeyError("a slip of ours")
    for _ in range(3):
        paint(editor, RED)
        qtbot.waitUntil(lambda: not controller.is_busy, timeout=3000)
    assert controller.status.phase is Phase.FAILED
    assert len(sentences) == 1
    assert controller.status.message == sentences[0]
    assert sentences[0].count("\n") == 0 and sentences[0].endswith(".")
    assert editor.document.color.pixels is shown
    assert (editor.document.hints.pixels.read(Rect(2, 3, 6, 5))[..., :3] == RED).all()


def test_after_a_failure_the_preview_can_be_asked_for_again(qtbot, controller, editor, engine) -> None:
    engine.largest_px = 1
    controller.start()
    qtbot.waitUntil(lambda: controller.status.phase is Phase.FAILED, timeout=5000)
    engine.largest_px = 10**9
    controller.request_now()
    wait_until_ready(qtbot, controller)
    assert controller.status.message == ""
    assert shown_color(editor) == (255, 255, 255)


def test_a_coarser_picture_is_announced_once(qtbot, controller, editor, engine) -> None:
    engine.color_errors[("auto", False)] = engine.OutOfMemory("Not enough memory.")
    notices, failures = [], []
    controller.noticed.connect(notices.append)
    controller.failed.connect(failures.append)
    controller.start()
    wait_until_ready(qtbot, controller)
    paint(editor, RED)
    wait_until_ready(qtbot, controller)
    assert len(notices) == 1
    assert failures == []
    assert shown_color(editor) == RED
    assert controller.status.message == notices[0]


def test_an_engine_that_does_not_start_leaves_painting_possible(qtbot, controller, editor, engine) -> None:
    engine.start_error = ImportError("no torch here")
    sentences = QSignalSpy(controller.failed)
    controller.start()
    qtbot.waitUntil(lambda: sentences.count() == 1, timeout=5000)
    paint(editor, RED)
    assert controller.status.phase is Phase.FAILED
    assert "There will be no preview" in controller.status.message
    assert not controller.is_busy


def test_another_device_is_used_from_the_next_picture_on(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    controller.set_device("cuda:0")
    assert controller.is_busy
    wait_until_ready(qtbot, controller)
    assert engine.finished[-1].device == "cuda:0"
    assert controller.status.device_label == "A card"


def test_another_checkpoint_is_an_edit_that_can_be_undone(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    controller.set_checkpoint("other")
    assert editor.document.checkpoint == "other"
    wait_until_ready(qtbot, controller)
    assert engine.finished[-1].checkpoint == "other"
    editor.undo()
    wait_until_ready(qtbot, controller)
    assert engine.finished[-1].checkpoint == "live"


def test_finishing_now_does_not_wait_for_the_pen_to_rest(qtbot, controller, editor, engine) -> None:
    controller.start()
    wait_until_ready(qtbot, controller)
    paint(editor, RED)
    began = time.monotonic()
    controller.finish_now()
    wait_until_ready(qtbot, controller)
    assert time.monotonic() - began < REST_SECONDS
    assert shown_color(editor) == RED


def test_devices_and_checkpoints_are_announced(qtbot, controller) -> None:
    devices, checkpoints = [], []
    controller.devicesFound.connect(devices.extend)
    controller.checkpointsFound.connect(checkpoints.extend)
    controller.start()
    qtbot.waitUntil(lambda: bool(devices and checkpoints), timeout=5000)
    assert [device.key for device in devices] == ["cpu", "cuda:0"]
    assert checkpoints == ["live"]


def test_the_halvings_arrive_before_the_colour_and_belong_to_it(qtbot, controller, editor) -> None:
    pyramids = []
    controller.pyramidReady.connect(pyramids.append)
    order = []
    editor.changed.connect(lambda change: order.append((change.kind, len(pyramids))))
    controller.start()
    wait_until_ready(qtbot, controller)
    assert order[0] == (ChangeKind.COLOR, 1)
    assert pyramids[-1][0] is editor.document.color.pixels


def test_the_engine_lives_in_one_thread_and_signals_arrive_in_the_windows(qtbot, controller, editor, engine) -> None:
    arrived_in = set()
    controller.statusChanged.connect(lambda _status: arrived_in.add(threading.get_ident()))
    editor.changed.connect(lambda _change: arrived_in.add(threading.get_ident()))
    controller.start()
    wait_until_ready(qtbot, controller)
    assert arrived_in == {threading.get_ident()}
    assert len(engine.threads) == 1
    assert threading.get_ident() not in engine.threads


def test_stopping_in_the_middle_of_a_picture_leaves_no_thread(qtbot, controller, engine) -> None:
    engine.draft_seconds = 30.0
    controller.start()
    qtbot.waitUntil(lambda: len(engine.jobs) == 1, timeout=5000)
    worker = controller._worker
    assert isinstance(worker, QThread) and worker.isRunning()
    began = time.monotonic()
    controller.stop()
    assert time.monotonic() - began < 1.0
    assert worker.isFinished()
    assert controller.status.phase is Phase.OFF
    assert not controller.is_busy
    controller.stop()


def test_it_can_be_started_again(qtbot, controller, editor, engine) -> None:
    engine.draft_seconds = 30.0
    controller.start()
    qtbot.waitUntil(lambda: len(engine.jobs) == 1, timeout=5000)
    controller.stop()
    engine.draft_seconds = 0.0
    paint(editor, RED)
    controller.start()
    wait_until_ready(qtbot, controller)
    assert shown_color(editor) == RED
