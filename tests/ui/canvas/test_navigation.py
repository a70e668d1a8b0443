"""Getting about: fit, zoom, pan, turn, mirror, by wheel, keys, hand and touchpad."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from linepaint.document.document import Document, ViewState
from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.editor import Editor

from .conftest import Mouse

SPACE = Qt.Key.Key_Space
SHIFT = Qt.KeyboardModifier.ShiftModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


@cache
def pointing_device(kind: QInputDevice.DeviceType) -> QPointingDevice:
    """Kept for good: events hold their device, but not on to it."""
    return QPointingDevice(
        "device",
        2,
        kind,
        QPointingDevice.PointerType.Generic,
        QInputDevice.Capability.Position | QInputDevice.Capability.Scroll,
        2,
        3,
    )


def turn_wheel(
    canvas: Canvas,
    position: QPointF,
    notches: float,
    modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    device: QInputDevice.DeviceType = QInputDevice.DeviceType.Mouse,
    pixels: QPoint | None = None,
) -> None:
    event = QWheelEvent(
        position,
        canvas.mapToGlobal(position),
        pixels or QPoint(),
        QPoint(0, round(notches * 120)),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
        Qt.MouseEventSource.MouseEventNotSynthesized,
        pointing_device(device),
    )
    QApplication.sendEvent(canvas, event)


def is_fitted(canvas: Canvas) -> bool:
    return canvas.view == canvas.view.fitted()


def test_an_opened_drawing_fits_the_window(canvas: Canvas, editor: Editor) -> None:
    editor.set_document(Document.from_scan(np.full((3000, 1000), 255, np.uint8)))
    assert is_fitted(canvas)
    left, top, right, bottom = canvas.view.widget_bounds(0, 0, 1000, 3000)
    assert left > 0 and top > 0 and right < 600 and bottom < 440


def test_it_goes_on_fitting_while_the_window_is_resized_until_the_view_is_changed(canvas: Canvas) -> None:
    canvas.resize(300, 300)
    assert is_fitted(canvas) and canvas.zoom == 2
    canvas.zoom_to(3.0)
    canvas.resize(500, 420)
    assert canvas.zoom == 3.0
    canvas.fit()
    canvas.resize(600, 440)
    assert is_fitted(canvas)


@pytest.mark.parametrize("modifiers", [NO_MODIFIER, Qt.KeyboardModifier.ControlModifier])
def test_the_wheel_zooms_about_the_cursor(canvas: Canvas, modifiers: Qt.KeyboardModifier) -> None:
    cursor = QPointF(250, 180)
    under = canvas.view.to_document(cursor.x(), cursor.y())
    before = canvas.zoom
    turn_wheel(canvas, cursor, 3, modifiers)
    assert canvas.zoom == pytest.approx(before * 1.25**3)
    assert canvas.view.to_widget(*under) == pytest.approx((250, 180), abs=1.01)
    turn_wheel(canvas, cursor, -3, modifiers)
    assert canvas.zoom == pytest.approx(before)


def test_two_fingers_on_a_touchpad_pan(canvas: Canvas) -> None:
    before = canvas.view
    touchpad = QInputDevice.DeviceType.TouchPad
    turn_wheel(canvas, QPointF(250, 180), 0.5, device=touchpad, pixels=QPoint(8, 20))
    assert canvas.view == before.panned(8, 20)


@pytest.mark.parametrize(
    ("kind", "value", "zoom", "degrees"),
    [
        (Qt.NativeGestureType.ZoomNativeGesture, 0.5, 6.0, 0.0),
        (Qt.NativeGestureType.RotateNativeGesture, 15.0, 4.0, 15.0),
    ],
)
def test_pinching_zooms_and_two_fingers_turn(
    canvas: Canvas, kind: Qt.NativeGestureType, value: float, zoom: float, degrees: float
) -> None:
    position = QPointF(300, 220)
    event = QNativeGestureEvent(
        kind,
        pointing_device(QInputDevice.DeviceType.TouchPad),
        2,
        position,
        position,
        canvas.mapToGlobal(position),
        value,
        QPointF(),
    )
    QApplication.sendEvent(canvas, event)
    assert canvas.zoom == pytest.approx(zoom)
    assert canvas.view.rotation_degrees == degrees


def test_space_and_drag_pans_and_then_the_brush_is_back(canvas: Canvas, editor: Editor, mouse: Mouse) -> None:
    before = canvas.view
    canvas.setFocus()
    QTest.keyPress(canvas, SPACE)
    assert editor.tool == "hand"
    start = mouse.at((60, 45))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, start)
    QTest.mouseMove(canvas, start + QPoint(30, -20))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO_MODIFIER, start + QPoint(30, -20))
    QTest.keyRelease(canvas, SPACE)
    assert canvas.view == before.panned(30, -20)
    assert editor.tool == "hint-brush"
    assert editor.document.hints.pixels.is_blank


def test_the_middle_button_pans_and_escape_puts_the_page_back(canvas: Canvas, mouse: Mouse) -> None:
    before = canvas.view
    start = mouse.at((60, 45))
    QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, NO_MODIFIER, start)
    QTest.mouseMove(canvas, start + QPoint(50, 40))
    assert canvas.view == before.panned(50, 40)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.view == before
    QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, NO_MODIFIER, start + QPoint(50, 40))
    assert canvas.view == before


def test_shift_space_and_drag_turns_the_page(canvas: Canvas, editor: Editor) -> None:
    canvas.setFocus()
    QTest.keyPress(canvas, SPACE, SHIFT)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, SHIFT, QPoint(500, 220))
    QTest.mouseMove(canvas, QPoint(300, 420))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, SHIFT, QPoint(300, 420))
    QTest.keyRelease(canvas, SPACE)
    assert canvas.view.rotation_degrees == pytest.approx(90)
    assert editor.document.hints.pixels.is_blank
    canvas.reset_rotation()
    assert canvas.view.rotation_degrees == 0


def test_the_hand_tool_pans(canvas: Canvas, editor: Editor, mouse: Mouse) -> None:
    before = canvas.view
    editor.set_tool("hand")
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    mouse.press((60, 45))
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(canvas, mouse.at((60, 45)) + QPoint(12, 8))
    assert canvas.view == before.panned(12, 8)
    assert editor.document.hints.pixels.is_blank


def test_zooming_by_command_stops_at_100_percent_and_tells_others(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.viewChanged, timeout=1000):
        canvas.zoom_to(0.8)
    canvas.zoom_in()
    assert canvas.zoom == 1.0
    canvas.zoom_out()
    assert canvas.zoom == pytest.approx(2 / 3)


def test_a_document_reopens_as_it_was_looked_at(canvas: Canvas, editor: Editor, drawing: Document) -> None:
    canvas.zoom_to(2.0)
    canvas.rotate(15)
    canvas.toggle_mirror()
    seen = canvas.view
    kept = drawing.view
    assert kept == ViewState(2.0, seen.center_x, seen.center_y, 15.0, True)
    editor.set_document(Document.from_scan(np.full((30, 40), 255, np.uint8)))
    assert is_fitted(canvas)
    drawing.view = kept
    editor.set_document(drawing)
    assert canvas.view == seen


def test_a_fitted_view_is_not_kept_so_that_it_fits_the_next_window(canvas: Canvas, drawing: Document) -> None:
    canvas.zoom_to(2.0)
    canvas.fit()
    assert drawing.view is None


def test_a_view_from_a_damaged_file_is_brought_into_range(editor: Editor, canvas: Canvas) -> None:
    document = Document.from_scan(np.full((30, 40), 255, np.uint8))
    document.view = ViewState(1e9, -500.0, 1e9, 725.0)
    editor.set_document(document)
    assert canvas.zoom == 64 and canvas.view.rotation_degrees == 5
    assert (canvas.view.center_x, canvas.view.center_y) == (0, 30)


def test_space_typed_elsewhere_and_lost_does_not_leave_the_hand(canvas: Canvas, editor: Editor) -> None:
    canvas.setFocus()
    QTest.keyPress(canvas, SPACE)
    canvas.clearFocus()
    assert editor.tool == "hint-brush"


def test_the_view_of_the_null_document_is_harmless(canvas: Canvas, editor: Editor) -> None:
    editor.set_document(Document.empty())
    canvas.zoom_in()
    canvas.rotate(15)
    canvas.fit()
    turn_wheel(canvas, QPointF(10, 10), 1)
    canvas.repaint()
    assert canvas.is_settled
    assert replace(canvas.view, page_width=0).page_height == 0
