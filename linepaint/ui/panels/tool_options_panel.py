"""The options of the tool in hand: size, and whether pressure changes it. Other tools say what they do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from linepaint.ui.editor import Editor
from linepaint.ui.panels.slider_scale import SLIDER_STEPS, brush_size_at, slider_position
from linepaint.ui.tools.brush_sizes import MAX_BRUSH_PX, MIN_BRUSH_PX

TOOL_TEXTS: Final = {
    "hint-brush": ("Hint brush", "Dab a colour: it spreads to its region."),
    "hint-eraser": ("Hint eraser", "Rub out hints; the colour follows."),
    "dot": ("Dot", "Set one round dot of colour."),
    "eyedropper": ("Eyedropper", "Click in the picture to take its colour as foreground."),
    "hand": ("Hand", "Drag to move the view; the wheel zooms."),
}
SIZED_TOOLS: Final = frozenset({"hint-brush", "hint-eraser", "dot"})


class ToolOptionsPanel(QWidget):
    """Shows and changes brush size and pressure of the editor."""

    def __init__(self, editor: Editor, pressure: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._title = QLabel()
        self._hint = QLabel()
        self._hint.setProperty("faint", True)
        self._hint.setWordWrap(True)
        self.size_slider = QSlider(Qt.Orientation.Horizontal)
        self.size_slider.setRange(0, SLIDER_STEPS)
        self.size_slider.setPageStep(20)
        self.size_slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.size_slider.setAccessibleName("Brush size")
        self.size_slider.setToolTip("Brush size in picture pixels  ([ and ])")
        self.size_number = QSpinBox()
        self.size_number.setRange(round(MIN_BRUSH_PX), round(MAX_BRUSH_PX))
        self.size_number.setSuffix(" px")
        self.size_number.setAccessibleName("Brush size in pixels")
        self.pressure_box = QCheckBox("Pen pressure sets the size")
        self.pressure_box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pressure_box.setToolTip(pressure.toolTip())
        self._sized = QWidget()
        self._lay_out()

        self.size_slider.valueChanged.connect(lambda step: editor.set_brush_size(brush_size_at(step)))
        self.size_number.valueChanged.connect(lambda size: editor.set_brush_size(float(size)))
        self.pressure_box.toggled.connect(editor.set_pressure_enabled)
        editor.brushChanged.connect(self._show_brush)
        editor.toolChanged.connect(self._show_tool)
        self._show_brush()
        self._show_tool(editor.tool)

    def _lay_out(self) -> None:
        grid = QGridLayout(self._sized)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.addWidget(QLabel("Size"), 0, 0)
        grid.addWidget(self.size_slider, 0, 1)
        grid.addWidget(self.size_number, 0, 2)
        grid.addWidget(self.pressure_box, 1, 0, 1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        # Kept in its place while hidden, so that the panels below do not jump when Alt lends the eyedropper.
        policy = self._sized.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._sized.setSizePolicy(policy)
        column.addWidget(self._sized)
        column.addStretch()

    def _show_tool(self, tool: str) -> None:
        title, hint = TOOL_TEXTS[tool]
        self._title.setText(title)
        self._hint.setText(hint)
        self._sized.setVisible(tool in SIZED_TOOLS)

    def _show_brush(self) -> None:
        size = round(self._editor.brush_size)
        with (
            QSignalBlocker(self.size_slider),
            QSignalBlocker(self.size_number),
            QSignalBlocker(self.pressure_box),
        ):
            self.size_slider.setValue(slider_position(size))
            if self.size_number.value() != size:
                self.size_number.setValue(size)
            self.pressure_box.setChecked(self._editor.pressure_enabled)
