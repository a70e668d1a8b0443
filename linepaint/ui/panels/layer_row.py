"""One row of the layer panel: eye, name, and an opacity slider or what else the layer has to set."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QToolButton, QWidget

from linepaint.document.layers import Layer
from linepaint.ui.icons import icon


class LayerRow(QWidget):
    """Shows one layer.

    Signals: `visibleChanged(bool)`, `opacityChanged(float)`, and `opacitySettled()` where a drag ends.
    """

    visibleChanged = Signal(bool)
    opacityChanged = Signal(float)
    opacitySettled = Signal()

    def __init__(self, layer_name: str, extra: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.eye = QToolButton()
        self.eye.setCheckable(True)
        self.eye.setProperty("quiet", True)
        self.eye.setIcon(icon("eye-off-outline", "eye-outline"))
        self.eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.eye.setToolTip(f"Show or hide: {layer_name}")
        self.eye.setAccessibleName(f"Show {layer_name}")
        self.name = QLabel()
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.opacity.setToolTip(f"Opacity: {layer_name}")
        self.opacity.setAccessibleName(f"Opacity of {layer_name}")
        self._percent = QLabel()
        self._percent.setProperty("faint", True)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.addWidget(self.eye, 0, 0)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(self.opacity, 0, 2)
        grid.addWidget(self._percent, 0, 3)
        grid.setColumnMinimumWidth(1, self.fontMetrics().horizontalAdvance("Line art  "))
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(3, self.fontMetrics().horizontalAdvance("100 %"))
        if extra is not None:
            grid.addWidget(extra, 0, 4)
        else:
            grid.setColumnMinimumWidth(4, self.eye.sizeHint().width())

        self.eye.toggled.connect(self.visibleChanged)
        self.opacity.valueChanged.connect(self._on_opacity)
        self.opacity.sliderReleased.connect(self.opacitySettled.emit)

    def show_layer(self, layer: Layer) -> None:
        """Show name, visibility and opacity."""
        self.name.setText(layer.name)
        percent = round(layer.opacity * 100)
        with QSignalBlocker(self.eye), QSignalBlocker(self.opacity):
            self.eye.setChecked(layer.visible)
            self.opacity.setValue(percent)
        self._percent.setText(f"{percent} %")
        self.name.setEnabled(layer.visible)

    def hide_opacity(self) -> None:
        """For a layer that is always opaque."""
        self.opacity.hide()
        self._percent.hide()

    def _on_opacity(self, percent: int) -> None:
        self.opacityChanged.emit(percent / 100)
