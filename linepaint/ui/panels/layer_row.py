"""One row of the layer panel: eye, name, and an opacity slider or what else the layer has to set."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from linepaint.document.layers import Layer
from linepaint.ui.icons import icon


class LayerRow(QWidget):
    """Shows one layer.

    Signals: `visibleChanged(bool)`, `opacityChanged(float)`, and `opacitySettled()` where a drag ends.
    """

    visibleChanged = Signal(bool)
    opacityChanged = Signal(float)
    opacitySettled = Signal()

    def __init__(self, extra: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._extra = extra
        self.eye = QToolButton()
        self.eye.setCheckable(True)
        self.eye.setProperty("quiet", True)
        self.eye.setIcon(icon("eye-off-outline", "eye-outline"))
        self.eye.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name = QLabel()
        # Names come from files: neither markup nor a long one may have its way with the panel.
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._percent = QLabel()
        self._percent.setProperty("faint", True)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.addWidget(self.eye, 0, 0)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(self.opacity, 0, 2)
        grid.addWidget(self._percent, 0, 3)
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
        self.eye.setToolTip(_as_tip(f"Show or hide: {layer.name}"))
        self.eye.setAccessibleName(f"Show {layer.name}")
        self.opacity.setToolTip(_as_tip(f"Opacity: {layer.name}"))
        self.opacity.setAccessibleName(f"Opacity of {layer.name}")
        percent = round(layer.opacity * 100)
        with QSignalBlocker(self.eye), QSignalBlocker(self.opacity):
            self.eye.setChecked(layer.visible)
            self.opacity.setValue(percent)
        self._percent.setText(f"{percent} %")
        self.name.setEnabled(layer.visible)

    def align_names(self, longest: str) -> None:
        """Leave room for the longest name of all rows, so that their sliders begin and end alike."""
        self._grid.setColumnMinimumWidth(1, self.fontMetrics().horizontalAdvance(f"{longest}  "))

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in that order."""
        return (self.eye, self.opacity) if self._extra is None else (self.eye, self.opacity, self._extra)

    def hide_opacity(self) -> None:
        """For a layer that is always opaque."""
        self.opacity.hide()
        self._percent.hide()

    def _on_opacity(self, percent: int) -> None:
        self.opacityChanged.emit(percent / 100)


def _as_tip(text: str) -> str:
    """A tool tip that shows this very text, whatever markup it looks like."""
    return f"<span>{escape(text)}</span>" if "<" in text or "&" in text else text
