"""The layer panel: line art, hints, colour and paper, top to bottom as they lie."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.commands import SetLayerOpacity, SetLayerVisible
from linepaint.document.layers import LayerKind
from linepaint.document.palette import Color
from linepaint.ui.editor import Editor
from linepaint.ui.panels.layer_row import LayerRow


class LayerPanel(QWidget):
    """Shows the document's layers; each change is an edit, a whole drag of a slider one step."""

    def __init__(
        self,
        editor: Editor,
        levels: QAction,
        clear_hints: QAction,
        refresh: QAction,
        paper_color: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        # Not the action's own button, since its icon is the colour itself.
        self.paper_button = QToolButton()
        self.paper_button.setToolTip(paper_color.toolTip())
        self.paper_button.setAccessibleName(paper_color.toolTip())
        self.paper_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.paper_button.clicked.connect(paper_color.trigger)
        extras = {
            LayerKind.LINES: _action_button(levels),
            LayerKind.HINTS: _action_button(clear_hints),
            LayerKind.COLOR: _action_button(refresh),
            LayerKind.PAPER: self.paper_button,
        }
        self.rows: dict[LayerKind, LayerRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(0)
        for layer in editor.document.layers:
            row = LayerRow(layer.name, extras[layer.kind])
            row.visibleChanged.connect(lambda visible, kind=layer.kind: self._set_visible(kind, visible))
            row.opacityChanged.connect(lambda opacity, kind=layer.kind: self._set_opacity(kind, opacity))
            row.opacitySettled.connect(lambda: editor.history.end_merging())
            if self.rows:
                column.addWidget(_line())
            column.addWidget(row)
            self.rows[layer.kind] = row
        self.rows[LayerKind.PAPER].hide_opacity()
        column.addStretch()
        editor.documentReplaced.connect(self._show)
        editor.changed.connect(self._on_change)
        self._show()

    def _on_change(self, change: Change) -> None:
        if change.kind in (ChangeKind.LAYERS, ChangeKind.PAPER):
            self._show()

    def _show(self) -> None:
        document = self._editor.document
        for layer in document.layers:
            self.rows[layer.kind].show_layer(layer)
        self.paper_button.setIcon(_color_icon(document.paper.color, self.devicePixelRatioF()))
        for row in self.rows.values():
            row.setEnabled(not document.is_null)

    def _set_visible(self, kind: LayerKind, visible: bool) -> None:
        self._editor.perform(SetLayerVisible(kind, visible))

    def _set_opacity(self, kind: LayerKind, opacity: float) -> None:
        self._editor.perform(SetLayerOpacity(kind, opacity))


def _action_button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Plain)
    line.setStyleSheet("color: palette(mid);")
    return line


def _color_icon(color: Color, scale: float) -> QIcon:
    side = 20
    pixmap = QPixmap(round(side * scale), round(side * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(QColor(*color))
    painter = QPainter(pixmap)
    painter.setPen(QPen(QColor(128, 128, 128), 1))
    painter.drawRect(0, 0, side - 1, side - 1)
    painter.end()
    return QIcon(pixmap)
