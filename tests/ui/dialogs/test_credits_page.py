"""The page of licences in About: read when first seen, searched, moved through with keys."""

import threading
import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from linepaint.credits import Notice
from linepaint.ui.dialogs.about_dialog import AboutDialog
from linepaint.ui.dialogs.credits_page import NO_TEXT, CreditsPage

NOTICES = [
    Notice("zlib", "1.3", "Zlib", "library", "https://zlib", "a note", ("Zlib's text",)),
    Notice("Alpha", "2.0", "MIT", "package", texts=("first", "second")),
    Notice("linepaint", "9", "GPL-3.0-or-later", "program"),
]


@pytest.fixture
def page(qtbot: QtBot) -> CreditsPage:
    page = CreditsPage(lambda: NOTICES)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.list.topLevelItemCount() == len(NOTICES))
    return page


def shown(page: CreditsPage) -> list[str]:
    items = [page.list.topLevelItem(index) for index in range(page.list.topLevelItemCount())]
    return [item.text(0) for item in items if item is not None and not item.isHidden()]


def test_linepaint_comes_first_and_the_others_by_name(page: CreditsPage) -> None:
    assert shown(page) == ["linepaint", "Alpha", "zlib"]
    assert page.title.text() == "linepaint 9"
    assert page.text.toPlainText() == NO_TEXT
    assert page.state.text() == "3 parts"


def test_searching_shows_the_first_part_found_and_its_licence(page: CreditsPage) -> None:
    QTest.keyClicks(page.search, "ZLIB")
    assert shown(page) == ["zlib"]
    assert page.title.text() == "zlib 1.3"
    assert page.about.text().splitlines() == ["Zlib", "https://zlib", "a note"]
    assert page.text.toPlainText() == "Zlib's text"
    assert page.state.text() == "1 of 3 parts"


def test_a_search_without_result_shows_no_licence(page: CreditsPage) -> None:
    QTest.keyClicks(page.search, "nothing like it")
    assert shown(page) == []
    assert page.title.text() == page.text.toPlainText() == ""
    page.search.clear()
    assert page.title.text() == "linepaint 9"


def test_arrow_keys_in_the_search_field_move_through_the_list(page: CreditsPage) -> None:
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.title.text() == "Alpha 2.0"
    assert page.text.toPlainText().startswith("first")
    assert page.text.toPlainText().endswith("second")


def test_about_reads_the_licences_once_their_tab_is_seen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    threads = []

    def load() -> list[Notice]:
        threads.append(threading.current_thread())
        return NOTICES

    dialog = AboutDialog([])
    monkeypatch.setattr(dialog.credits, "_load", load)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.qWait(50)
    assert not threads
    for index in (2, 0, 2):
        dialog.tabs.setCurrentIndex(index)
        QTest.qWait(50)
    qtbot.waitUntil(lambda: shown(dialog.credits) != [])
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_the_event_loop_goes_on_while_the_licences_are_read(qtbot: QtBot) -> None:
    reading, go_on = threading.Event(), threading.Event()

    def load() -> list[Notice]:
        reading.set()
        go_on.wait(10)
        return NOTICES

    page = CreditsPage(load)
    qtbot.addWidget(page)
    page.show()
    turns = []
    timer = QTimer(page)
    timer.timeout.connect(lambda: turns.append(time.monotonic()))
    timer.start(1)
    try:
        qtbot.waitUntil(reading.is_set)
        qtbot.waitUntil(lambda: len(turns) > 5)
        assert page.state.text() == "Reading the licences…"
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: shown(page) != [])


def test_a_list_that_cannot_be_read_is_said_to_be_so(qtbot: QtBot) -> None:
    def load() -> list[Notice]:
        raise ValueError("The list of licences is damaged; reinstall linepaint to get it back.")

    page = CreditsPage(load)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "reinstall" in page.state.text())


def test_about_may_be_closed_while_the_licences_are_read(qtbot: QtBot) -> None:
    dialog = AboutDialog([])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.show()
        dialog.tabs.setCurrentIndex(2)
        dialog.close()
