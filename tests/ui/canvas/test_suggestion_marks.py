"""The numbered marks of suggested places, looked at pixel by pixel."""

import numpy as np
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from linepaint.ui.canvas.canvas import Canvas


def screen(canvas: Canvas, qtbot: QtBot) -> np.ndarray:
    qtbot.waitUntil(lambda: canvas.is_settled, timeout=2000)
    image = canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def changed_around(canvas: Canvas, before: np.ndarray, after: np.ndarray, x: float, y: float) -> np.ndarray:
    """Which pixels changed within 12 of where a document point is seen."""
    point = canvas.view.to_widget(x, y)
    rows = slice(int(point.y) - 12, int(point.y) + 13)
    return np.abs(after - before).max(axis=2)[rows, int(point.x) - 12 : int(point.x) + 13] > 20


def test_a_mark_is_painted_where_a_hint_would_help_and_nowhere_else(canvas: Canvas, qtbot: QtBot) -> None:
    before = screen(canvas, qtbot)
    canvas.mark_places([(60.5, 45.5)])
    after = screen(canvas, qtbot)
    mark = changed_around(canvas, before, after, 60.5, 45.5)
    assert 30 < mark.sum() < 300, "a ring and a digit"
    assert (np.abs(after - before).max(axis=2) > 20).sum() == mark.sum()


def test_marks_keep_their_size_and_follow_the_page(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.rotate(30)
    canvas.zoom_to(2)
    canvas.toggle_mirror()
    before = screen(canvas, qtbot)
    canvas.mark_places([(40.5, 40.5), (80.5, 50.5)])
    after = screen(canvas, qtbot)
    for x, y in canvas.marked_places:
        assert 30 < changed_around(canvas, before, after, x, y).sum() < 300


def test_marks_go_without_a_trace(canvas: Canvas, qtbot: QtBot) -> None:
    before = screen(canvas, qtbot)
    canvas.mark_places([(60.5, 45.5), (30.5, 30.5)])
    screen(canvas, qtbot)
    canvas.mark_places([])
    assert np.array_equal(screen(canvas, qtbot), before)


def test_taking_marks_away_repaints_only_where_they_were(canvas: Canvas, qtbot: QtBot, monkeypatch) -> None:
    canvas.mark_places([(60.5, 45.5)])
    screen(canvas, qtbot)
    exposed = []
    paint = canvas._paint
    monkeypatch.setattr(canvas, "_paint", lambda painter, region: (exposed.append(region), paint(painter, region)))
    canvas.mark_places([])
    qtbot.waitUntil(lambda: exposed != [], timeout=2000)
    assert exposed[0].boundingRect().width() < 40
