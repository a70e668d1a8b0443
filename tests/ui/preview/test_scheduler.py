"""When previews are made: at once while the pen moves, finely when it rests, never too many, never none."""

import pytest

from linepaint.ui.preview.scheduler import (
    LONGEST_PAUSE_SECONDS,
    REST_SECONDS,
    SLOW_DRAFT_SECONDS,
    Outcome,
    Scheduler,
    Stage,
)


def drafted(now: float = 0.0) -> Scheduler:
    """One change at `now`, its draft on the screen."""
    scheduler = Scheduler()
    scheduler.changed(now)
    scheduler.began(Stage.DRAFT)
    scheduler.ended(Outcome.SHOWN, now, 0.05)
    return scheduler


def test_nothing_is_wanted_at_first() -> None:
    scheduler = Scheduler()
    assert scheduler.next_stage(0.0) is None
    assert scheduler.seconds_to_wait(0.0) is None
    assert not scheduler.is_busy


def test_a_change_asks_for_a_draft_at_once() -> None:
    scheduler = Scheduler()
    scheduler.changed(5.0)
    assert scheduler.next_stage(5.0) is Stage.DRAFT
    assert scheduler.seconds_to_wait(5.0) == 0.0


def test_only_one_job_runs_at_a_time() -> None:
    scheduler = Scheduler()
    scheduler.changed(0.0)
    scheduler.began(Stage.DRAFT)
    scheduler.changed(0.01)
    assert scheduler.next_stage(10.0) is None
    assert scheduler.seconds_to_wait(10.0) is None


def test_the_fine_picture_waits_until_the_pen_rests() -> None:
    scheduler = drafted(now=1.0)
    assert scheduler.next_stage(1.0 + REST_SECONDS - 0.01) is None
    assert scheduler.seconds_to_wait(1.1) == pytest.approx(REST_SECONDS - 0.1)
    assert scheduler.next_stage(1.0 + REST_SECONDS + 0.01) is Stage.FINAL


def test_busy_until_the_fine_picture_is_shown() -> None:
    scheduler = drafted()
    assert scheduler.is_busy
    scheduler.began(Stage.FINAL)
    assert scheduler.is_busy
    assert scheduler.ended(Outcome.SHOWN, 1.0, 0.5)
    assert not scheduler.is_busy
    assert scheduler.next_stage(100.0) is None


def test_a_running_draft_is_left_to_finish_or_none_would_ever_arrive() -> None:
    scheduler = Scheduler()
    scheduler.changed(0.0)
    scheduler.began(Stage.DRAFT)
    for step in range(1, 100):
        scheduler.changed(step / 100)
        assert not scheduler.should_drop
    assert scheduler.ended(Outcome.SHOWN, 1.0, 0.1)
    assert scheduler.next_stage(1.0) is Stage.DRAFT, "and the newest is next"


def test_a_running_fine_picture_is_dropped_when_the_pen_moves_on() -> None:
    scheduler = drafted()
    scheduler.began(Stage.FINAL)
    assert not scheduler.should_drop
    scheduler.changed(1.0)
    assert scheduler.should_drop
    assert not scheduler.ended(Outcome.DROPPED, 1.1)
    assert scheduler.next_stage(1.1) is Stage.DRAFT


def test_what_was_started_for_another_document_is_dropped_and_never_shown() -> None:
    scheduler = Scheduler()
    scheduler.changed(0.0)
    scheduler.began(Stage.DRAFT)
    scheduler.changed(0.1, anew=True)
    assert scheduler.should_drop
    assert not scheduler.ended(Outcome.SHOWN, 0.2, 0.1), "it finished before it noticed"
    assert scheduler.is_busy
    assert scheduler.next_stage(0.2) is Stage.DRAFT


def test_a_slow_machine_gets_a_pause_between_drafts_but_never_a_long_one() -> None:
    scheduler = Scheduler()
    scheduler.changed(0.0)
    scheduler.began(Stage.DRAFT)
    scheduler.changed(0.1)
    scheduler.ended(Outcome.SHOWN, 10.0, seconds=10.0)
    assert scheduler.next_stage(10.0 + 0.5 * SLOW_DRAFT_SECONDS) is None
    now = 10.0
    while scheduler.next_stage(now) is None:
        now += 0.02
        scheduler.changed(now)
    assert now - 10.0 <= LONGEST_PAUSE_SECONDS + 0.03, "strokes going on must not put it off"


def test_a_fast_machine_gets_no_pause() -> None:
    scheduler = drafted(now=0.0)
    scheduler.changed(0.0)
    assert scheduler.next_stage(0.0) is Stage.DRAFT


def test_a_failure_is_not_tried_again_until_something_changes() -> None:
    scheduler = Scheduler()
    scheduler.changed(0.0)
    scheduler.began(Stage.DRAFT)
    scheduler.ended(Outcome.FAILED, 0.1)
    assert not scheduler.is_busy
    assert scheduler.next_stage(100.0) is None
    scheduler.changed(101.0)
    assert scheduler.next_stage(101.0) is Stage.DRAFT


def test_hurrying_makes_the_fine_picture_without_draft_or_rest() -> None:
    scheduler = Scheduler()
    scheduler.changed(3.0)
    scheduler.hurry()
    assert scheduler.next_stage(3.0) is Stage.FINAL


def test_a_closed_document_wants_nothing_and_drops_what_runs() -> None:
    scheduler = Scheduler()
    scheduler.changed(0.0)
    scheduler.began(Stage.DRAFT)
    scheduler.forget()
    assert scheduler.should_drop
    assert not scheduler.is_busy
    assert not scheduler.ended(Outcome.SHOWN, 1.0, 1.0)
    assert scheduler.next_stage(2.0) is None
