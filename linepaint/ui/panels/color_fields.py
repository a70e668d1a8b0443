"""A colour as numbers: hexadecimal text, and red, green and blue each by slider and number."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSlider, QSpinBox, QWidget

from linepaint.document.palette import Color
from linepaint.ui.panels.color_math import from_hex, to_hex

_CHANNELS = (("R", "Red"), ("G", "Green"), ("B", "Blue"))


class HexField(QLineEdit):
    """Accepts rrggbb and rgb, with or without #; `colorEntered(Color)`. Anything else is put back."""

    colorEntered = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color: Color = (0, 0, 0)
        self.setMaxLength(9)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setAccessibleName("Colour as hexadecimal text")
        self.setToolTip("Hexadecimal colour, such as #e6543e")
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("#mmmmmmm") + 14)
        self.editingFinished.connect(self._read)

    def show_color(self, color: Color) -> None:
        """Show `color`, whatever was being typed."""
        self._color = color
        self.setText(to_hex(color))

    def _read(self) -> None:
        color = from_hex(self.text())
        if color is not None and color != self._color:
            self.colorEntered.emit(color)
        else:
            self.setText(to_hex(self._color))


class RgbFields(QWidget):
    """Three rows; `colorEntered(Color)` at every change."""

    colorEntered = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sliders: list[QSlider] = []
        self._numbers: list[QSpinBox] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        for row, (letter, name) in enumerate(_CHANNELS):
            slider = QSlider(Qt.Orientation.Horizontal)
            number = QSpinBox()
            for control in (slider, number):
                control.setRange(0, 255)
                control.setAccessibleName(name)
                control.setToolTip(name)
            slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            slider.valueChanged.connect(lambda value, at=row: self._on_changed(at, value))
            number.valueChanged.connect(lambda value, at=row: self._on_changed(at, value))
            grid.addWidget(QLabel(letter), row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(number, row, 2)
            self._sliders.append(slider)
            self._numbers.append(number)

    def show_color(self, color: Color) -> None:
        """Show `color` without sending it back."""
        for slider, number, value in zip(self._sliders, self._numbers, color, strict=True):
            with QSignalBlocker(slider), QSignalBlocker(number):
                slider.setValue(value)
                if number.value() != value:
                    number.setValue(value)

    def _on_changed(self, channel: int, value: int) -> None:
        shown = [number.value() for number in self._numbers]
        shown[channel] = value
        self.colorEntered.emit((shown[0], shown[1], shown[2]))
