"""A grid of colours to click on: recent colours and palettes use it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from linepaint.document.palette import Swatch
from linepaint.ui.panels.color_math import is_light, to_hex
from linepaint.ui.panels.grid_geometry import GridGeometry


class SwatchGrid(QWidget):
    """Shows swatches left to right, top to bottom. Each click picks one and never changes it.

    `picked(int)` on a click or Enter, `renameWanted(int)` on a double click or F2, `menuWanted(int,
    QPoint)` on a right click, `moved(int, int)` when one was dragged to another's place,
    `currentChanged(int)`; -1 is no swatch.
    """

    picked = Signal(int)
    renameWanted = Signal(int)
    menuWanted = Signal(int, QPoint)
    moved = Signal(int, int)
    removeWanted = Signal(int)
    currentChanged = Signal(int)

    def __init__(self, cell_px: int, *, can_edit: bool, empty_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell_px = cell_px
        self._can_edit = can_edit
        self._empty_text = empty_text
        self._swatches: tuple[Swatch, ...] = ()
        self._current = -1
        self._pressed = -1
        self._press_point = QPoint()
        self._drop_target = -1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(cell_px)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def current(self) -> int:
        """Number of the selected swatch, -1 for none."""
        return self._current

    def show_swatches(self, swatches: Sequence[Swatch]) -> None:
        """Show these; the selection stays where there still is a swatch."""
        self._swatches = tuple(swatches)
        if self._current >= len(self._swatches):
            self._select(-1)
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()
        self.update()

    def show_empty_text(self, text: str) -> None:
        """What to say while there is no swatch."""
        self._empty_text = text
        self.update()

    def select(self, index: int) -> None:
        """Select a swatch without picking it."""
        self._select(index)

    def cell_rect(self, index: int) -> QRect:
        """Where swatch `index` is drawn."""
        return QRect(*self._geometry().cell(index))

    def sizeHint(self) -> QSize:
        """Twelve columns."""
        width = 12 * self._cell_px
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        """As many rows as it takes, at least one."""
        return GridGeometry(max(width, 1), self._cell_px, len(self._swatches)).height

    def _geometry(self) -> GridGeometry:
        return GridGeometry(max(self.width(), 1), self._cell_px, len(self._swatches))

    def _select(self, index: int) -> None:
        if index != self._current:
            self._current = index
            self.currentChanged.emit(index)
            self.update()

    # --- events ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need other rows."""
        self.setMinimumHeight(self.heightForWidth(self.width()))
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick at once; remember where, for a drag."""
        index = self._geometry().index_at(event.position().x(), event.position().y())
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = index
            self._press_point = event.position().toPoint()
            self._select(index)
            if index >= 0:
                self.picked.emit(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a swatch to another place."""
        distance = (event.position().toPoint() - self._press_point).manhattanLength()
        if self._can_edit and self._pressed >= 0 and distance >= QApplication.startDragDistance():
            self._drop_target = self._geometry().index_at(event.position().x(), event.position().y())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what was dragged."""
        source, target = self._pressed, self._drop_target
        self._pressed = self._drop_target = -1
        self.update()
        if source >= 0 and target >= 0 and source != target:
            self._select(target)
            self.moved.emit(source, target)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename."""
        index = self._geometry().index_at(event.position().x(), event.position().y())
        if self._can_edit and index >= 0:
            self.renameWanted.emit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what is under the pointer and ask for its menu."""
        index = self._geometry().index_at(event.pos().x(), event.pos().y())
        if index >= 0:
            self._select(index)
            self.menuWanted.emit(index, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows select, Enter picks, F2 renames, Delete removes."""
        columns = self._geometry().columns
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }.get(Qt.Key(event.key()))
        if step is not None and self._swatches:
            self._select(min(max(self._current + step, 0), len(self._swatches) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self.picked.emit(self._current)
        elif event.key() == Qt.Key.Key_F2 and self._can_edit and self._current >= 0:
            self.renameWanted.emit(self._current)
        elif event.key() == Qt.Key.Key_Delete and self._can_edit and self._current >= 0:
            self.removeWanted.emit(self._current)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell name and value of the swatch under the pointer."""
        if isinstance(event, QHelpEvent):
            index = self._geometry().index_at(event.pos().x(), event.pos().y())
            if index >= 0:
                swatch = self._swatches[index]
                text = f"{swatch.name}  {to_hex(swatch.color)}" if swatch.name else to_hex(swatch.color)
                QToolTip.showText(event.globalPos(), text, self, self.cell_rect(index))
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, the selected one framed; a sentence when there is none."""
        painter = QPainter(self)
        if not self._swatches:
            painter.setPen(self.palette().placeholderText().color())
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect(), int(left), self._empty_text)
        for index, swatch in enumerate(self._swatches):
            cell = self.cell_rect(index)
            painter.fillRect(cell.adjusted(1, 1, -1, -1), QColor(*swatch.color))
            painter.setPen(QPen(QColor(128, 128, 128, 110), 1))
            painter.drawRect(cell.adjusted(1, 1, -2, -2))
            if index == self._current:
                painter.setPen(QPen(QColor("black") if is_light(swatch.color) else QColor("white"), 2))
                painter.drawRect(cell.adjusted(4, 4, -4, -4))
            if index == self._drop_target:
                painter.setPen(QPen(self.palette().highlight().color(), 3))
                painter.drawRect(cell.adjusted(1, 1, -2, -2))
        painter.end()
