"""The colour wheel: drag in the ring for the hue, in the square for saturation and value."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QConicalGradient,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from linepaint.document.palette import Color
from linepaint.ui.panels.color_math import Hsv, from_hsv, hsv_shown, is_light, to_hex
from linepaint.ui.panels.wheel_geometry import WheelGeometry, WheelPart

_HUE_STEP = 1 / 72
_STEP = 1 / 50


class ColorWheel(QWidget):
    """Shows one colour and lets it be changed.

    `colorPicked(Color)` is sent while dragging, `colorSettled(Color)` once the pointer comes up. Arrow keys
    move in the square, Page Up and Page Down turn the hue.
    """

    colorPicked = Signal(tuple)
    colorSettled = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hsv: Hsv = (0.0, 0.0, 0.0)
        self._held = WheelPart.NOTHING
        self.setMinimumSize(140, 140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Colour wheel")

    def sizeHint(self) -> QSize:
        """A wheel that fits beside the colour fields."""
        return QSize(168, 168)

    def show_color(self, color: Color) -> None:
        """Show `color`; hue and saturation stay where they were if the colour has none."""
        hsv = hsv_shown(color, self._hsv)
        if hsv != self._hsv:
            self._hsv = hsv
            self.setToolTip(to_hex(color))
            self.update()

    def geometry_now(self) -> WheelGeometry:
        """Where ring and square are at the widget's present size."""
        return WheelGeometry(self.width(), self.height())

    # --- events ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of ring or square."""
        position = event.position()
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self.geometry_now().part_at(position.x(), position.y())
            self._drag_to(position)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer, which may leave ring or square."""
        self._drag_to(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._held is not WheelPart.NOTHING and event.button() == Qt.MouseButton.LeftButton:
            self._held = WheelPart.NOTHING
            self.colorSettled.emit(from_hsv(self._hsv))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by small steps."""
        hue, saturation, value = self._hsv
        match event.key():
            case Qt.Key.Key_Left:
                saturation -= _STEP
            case Qt.Key.Key_Right:
                saturation += _STEP
            case Qt.Key.Key_Down:
                value -= _STEP
            case Qt.Key.Key_Up:
                value += _STEP
            case Qt.Key.Key_PageUp:
                hue += _HUE_STEP
            case Qt.Key.Key_PageDown:
                hue -= _HUE_STEP
            case _:
                super().keyPressEvent(event)
                return
        self._pick((hue % 1.0, min(max(saturation, 0.0), 1.0), min(max(value, 0.0), 1.0)))

    def _drag_to(self, position: QPointF) -> None:
        geometry = self.geometry_now()
        hue, saturation, value = self._hsv
        if self._held is WheelPart.RING:
            hue = geometry.hue_at(position.x(), position.y())
        elif self._held is WheelPart.SQUARE:
            saturation, value = geometry.saturation_value_at(position.x(), position.y())
        else:
            return
        self._pick((hue, saturation, value))

    def _pick(self, hsv: Hsv) -> None:
        self._hsv = hsv
        self.update()
        self.colorPicked.emit(from_hsv(hsv))

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring, square and the two marks."""
        geometry = self.geometry_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ring(painter, geometry)
        self._paint_square(painter, geometry)
        hue, saturation, value = self._hsv
        _paint_mark(painter, geometry.hue_point(hue), geometry.ring_width / 2 - 1, from_hsv((hue, 1.0, 1.0)))
        _paint_mark(painter, geometry.saturation_value_point(saturation, value), 6.0, from_hsv(self._hsv))
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def _paint_ring(self, painter: QPainter, geometry: WheelGeometry) -> None:
        center = QPointF(*geometry.center)
        hues = QConicalGradient(center, 0)
        for step in range(13):
            hues.setColorAt(step / 12, QColor.fromHsvF((step / 12) % 1.0, 1.0, 1.0))
        radius = (geometry.outer_radius + geometry.inner_radius) / 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QBrush(hues), geometry.ring_width))
        painter.drawEllipse(center, radius, radius)

    def _paint_square(self, painter: QPainter, geometry: WheelGeometry) -> None:
        left, top = geometry.square_corner
        side = geometry.square_side
        square = QRectF(left, top, side, side)
        across = QLinearGradient(square.topLeft(), square.topRight())
        across.setColorAt(0, QColor("white"))
        across.setColorAt(1, QColor.fromHsvF(min(self._hsv[0], 1.0), 1.0, 1.0))
        down = QLinearGradient(square.topLeft(), square.bottomLeft())
        down.setColorAt(0, QColor(0, 0, 0, 0))
        down.setColorAt(1, QColor(0, 0, 0, 255))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillRect(square, across)
        painter.fillRect(square, down)


def _paint_mark(painter: QPainter, point: tuple[float, float], radius: float, color: Color) -> None:
    painter.setBrush(QColor(*color))
    painter.setPen(QPen(QColor("black") if is_light(color) else QColor("white"), 2))
    painter.drawEllipse(QPointF(*point), radius, radius)
