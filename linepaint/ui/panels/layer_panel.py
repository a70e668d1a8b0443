"""The layer panel: line art or the gray picture, hints, colour and paper, top to bottom as they lie."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from linepaint.document.changes import Change, ChangeKind
from linepaint.document.commands import SetLayerOpacity, SetLayerVisible
from linepaint.document.layers import LayerKind
from linepaint.document.mode import SOURCE_NAMES
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
        self._order: tuple[LayerKind, ...] = ()
        self._lines = [_line() for _ in extras]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 4, 8, 8)
        self._column.setSpacing(0)
        for kind, extra in extras.items():
            row = LayerRow(extra)
            row.visibleChanged.connect(lambda visible, kind=kind: self._set_visible(kind, visible))
            row.opacityChanged.connect(lambda opacity, kind=kind: self._set_opacity(kind, opacity))
            row.opacitySettled.connect(lambda: editor.history.end_merging())
            # A line goes with the row below it; the top one is hidden.
            self._column.addWidget(self._lines[len(self.rows)])
            self._column.addWidget(row)
            self.rows[kind] = row
        self.rows[LayerKind.PAPER].hide_opacity()
        self._column.addStretch()
        editor.documentReplaced.connect(self._show)
        editor.changed.connect(self._on_change)
        self._show()

    def _on_change(self, change: Change) -> None:
        if change.kind in (ChangeKind.LAYERS, ChangeKind.PAPER, ChangeKind.MODE):
            self._show()

    def _arrange(self, order: tuple[LayerKind, ...]) -> None:
        """Put the rows into this order, from the top, and Tab through them so."""
        if order == self._order:
            return
        self._order = order
        for place, kind in enumerate(order):
            self._column.insertWidget(2 * place, self._lines[place])
            self._column.insertWidget(2 * place + 1, self.rows[kind])
            self._lines[place].setVisible(place > 0)
        controls = [control for kind in order for control in self.rows[kind].controls]
        for control, following in pairwise(controls):
            QWidget.setTabOrder(control, following)

    def _show(self) -> None:
        document = self._editor.document
        self._arrange(tuple(layer.kind for layer in document.layers))
        for layer in document.layers:
            self.rows[layer.kind].align_names(SOURCE_NAMES[document.mode])
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
