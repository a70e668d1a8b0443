"""A canvas on the screen, and hands for it: mouse and pen that send real events."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.editor import Editor

LEFT = Qt.MouseButton.LeftButton
NO_BUTTON = Qt.MouseButton.NoButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier

Position = tuple[float, float]


@pytest.fixture
def canvas(editor: Editor, qtbot: QtBot) -> Canvas:
    """The drawing at 400 %, one document pixel is 4 × 4 on the screen, in a canvas of 600 × 440."""
    canvas = Canvas(editor)
    qtbot.addWidget(canvas)
    canvas.resize(600, 440)
    with qtbot.waitExposed(canvas):
        canvas.show()
    assert canvas.zoom == 4
    editor.set_brush_size(6)
    return canvas


class Mouse:
    """A mouse over a canvas; positions are document pixels."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def at(self, position: Position) -> QPoint:
        """The widget point at which a document point is seen."""
        point = self.canvas.view.to_widget(*position)
        return QPoint(round(point.x), round(point.y))

    def press(
        self,
        position: Position,
        button: Qt.MouseButton = LEFT,
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    ) -> None:
        QTest.mousePress(self.canvas, button, modifiers, self.at(position))

    def move(self, position: Position) -> None:
        QTest.mouseMove(self.canvas, self.at(position))

    def release(
        self,
        position: Position,
        button: Qt.MouseButton = LEFT,
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    ) -> None:
        QTest.mouseRelease(self.canvas, button, modifiers, self.at(position))

    def drag(self, positions: Sequence[Position], modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.press(positions[0], LEFT, modifiers)
        for position in positions[1:]:
            self.move(position)
        self.release(positions[-1], LEFT, modifiers)

    def click(self, position: Position) -> None:
        self.drag([position])


class Pen:
    """A drawing tablet's pen; positions are document pixels, fractions of them included."""

    def __init__(self, canvas: Canvas, pointer: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen) -> None:
        self.canvas = canvas
        self.device = QPointingDevice(
            "pen",
            1,
            QInputDevice.DeviceType.Stylus,
            pointer,
            QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
            1,
            3,
        )

    def send(
        self,
        kind: QEvent.Type,
        position: Position,
        pressure: float,
        button: Qt.MouseButton,
        buttons: Qt.MouseButton,
    ) -> bool:
        """Returns whether the canvas accepted the event."""
        point = QPointF(*self.canvas.view.to_widget(*position))
        event = QTabletEvent(
            kind,
            self.device,
            point,
            self.canvas.mapToGlobal(point),
            pressure,
            0.0,
            0.0,
            0.0,
            0.0,
            0.0,
            NO_MODIFIER,
            button,
            buttons,
        )
        QApplication.sendEvent(self.canvas, event)
        return event.isAccepted()

    def press(self, position: Position, pressure: float = 1.0, button: Qt.MouseButton = LEFT) -> bool:
        return self.send(QEvent.Type.TabletPress, position, pressure, button, button)

    def move(self, position: Position, pressure: float = 1.0, button: Qt.MouseButton = LEFT) -> bool:
        return self.send(QEvent.Type.TabletMove, position, pressure, NO_BUTTON, button)

    def hover(self, position: Position) -> bool:
        return self.send(QEvent.Type.TabletMove, position, 0.0, NO_BUTTON, NO_BUTTON)

    def release(self, position: Position, button: Qt.MouseButton = LEFT) -> bool:
        return self.send(QEvent.Type.TabletRelease, position, 0.0, button, NO_BUTTON)

    def drag(self, positions: Sequence[Position], pressure: float = 1.0) -> None:
        self.press(positions[0], pressure)
        for position in positions[1:]:
            self.move(position, pressure)
        self.release(positions[-1])


@pytest.fixture
def mouse(canvas: Canvas) -> Mouse:
    return Mouse(canvas)


@pytest.fixture
def pen(canvas: Canvas) -> Pen:
    return Pen(canvas)


@pytest.fixture
def eraser_end(canvas: Canvas) -> Pen:
    return Pen(canvas, QPointingDevice.PointerType.Eraser)
