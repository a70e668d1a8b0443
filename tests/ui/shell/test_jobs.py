"""Background jobs: the outcome comes back on the GUI thread, whatever happens on the other one."""

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from linepaint.files.errors import FileError
from linepaint.ui.jobs import Cancelled, JobRunner, Report
from linepaint.ui.status_bar import StatusBar


@pytest.fixture
def runner(qtbot: QtBot) -> JobRunner:
    return JobRunner(threads=1)


def run(runner: JobRunner, qtbot: QtBot, work: Callable[[Report], object]) -> tuple[list[object], list[str]]:
    done: list[object] = []
    failed: list[str] = []
    with qtbot.waitSignal(runner.finished):
        runner.start("Working…", work, done.append, failed.append)
    return done, failed


def test_work_runs_elsewhere_and_its_result_comes_back_here(runner: JobRunner, qtbot: QtBot) -> None:
    threads: list[int] = []

    def work(_report: Report) -> int:
        threads.append(threading.get_ident())
        return 42

    with qtbot.waitSignal(runner.finished):
        runner.start(
            "Working…",
            work,
            lambda result: threads.extend((threading.get_ident(), result)),
            lambda _sentence: None,
        )
    assert threads[0] != threading.get_ident()
    assert threads[1:] == [threading.get_ident(), 42]


def test_our_own_errors_are_shown_as_they_are(runner: JobRunner, qtbot: QtBot) -> None:
    def work(_report: Report) -> None:
        raise FileError("page.png is empty; choose another file.")

    assert run(runner, qtbot, work) == ([], ["page.png is empty; choose another file."])


def test_running_out_of_memory_and_disk_errors_become_a_sentence(runner: JobRunner, qtbot: QtBot) -> None:
    def no_memory(_report: Report) -> None:
        raise MemoryError

    def no_disk(_report: Report) -> None:
        raise OSError(28, "No space left on device")

    assert "not enough memory" in run(runner, qtbot, no_memory)[1][0]
    assert "No space left on device" in run(runner, qtbot, no_disk)[1][0]


def test_a_programming_error_reaches_the_artist_and_stderr(
    runner: JobRunner, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    def work(_report: Report) -> None:
        raise KeyError("slip")

    _done, failed = run(runner, qtbot, work)
    assert "your drawing is as it was" in failed[0]
    assert "KeyError" in capsys.readouterr().err


def test_a_long_job_shows_its_progress_and_can_be_stopped(runner: JobRunner, qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.watch(runner)
    bar.show()
    release = threading.Event()
    ended: list[str] = []
    outcomes: list[object] = []

    def work(report: Report) -> None:
        report(0.4)
        release.wait(5)
        try:
            report(0.8)
        except Cancelled:
            ended.append("cancelled")
            raise

    runner.start("Opening page.png…", work, outcomes.append, outcomes.append, can_cancel=True)
    assert not bar.job.isVisible()
    qtbot.waitUntil(bar.job.isVisible, timeout=2000)
    assert bar.job_label.text() == "Opening page.png…"
    bar.cancel_button.click()
    assert not bar.job.isVisible()
    assert runner.running == ()
    release.set()
    runner.wait()
    qtbot.wait(20)
    assert ended == ["cancelled"]
    assert outcomes == []


def test_a_short_job_never_flashes_a_progress_bar(runner: JobRunner, qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.watch(runner)
    bar.show()
    run(runner, qtbot, lambda _report: None)
    qtbot.wait(600)
    assert not bar.job.isVisible()
