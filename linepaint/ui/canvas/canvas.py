"""The canvas: the widget that shows the page and lets tools work on it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final, cast

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from linepaint.document.arrays import Pixels
from linepaint.document.geometry import Rect
from linepaint.document.palette import Color
from linepaint.ui.canvas.brush_outline import outline_bounds, paint_outline
from linepaint.ui.canvas.composer import seen_color
from linepaint.ui.canvas.empty_state import paint_empty
from linepaint.ui.canvas.gestures import after_gesture, after_wheel
from linepaint.ui.canvas.input import CanvasInput, deliver_every_event
from linepaint.ui.canvas.page_painter import paint_mat, paint_page, visible_page
from linepaint.ui.canvas.refresher import PageRefresher
from linepaint.ui.canvas.suggestion_marks import marks_bounds, paint_marks
from linepaint.ui.canvas.view_memory import recalled, remembered
from linepaint.ui.canvas.view_transform import ViewTransform
from linepaint.ui.editor import Editor

POINTER_INTERVAL_MS: Final = 16
"""Where the cursor is, and over which colour, is told to others at most this often."""

COMPACT: Final = 1.5
"""Rectangles whose bounding box is at most this much larger than they are together are repainted as one."""

TEXT_ENTRIES: Final = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)


class Canvas(QWidget):
    """Shows the editor's document and paints on it.

    Signals
    -------
    viewChanged()                 zoom, pan, rotation or mirror
    cursorMoved(int, int, object) the document pixel under the cursor, perhaps outside the page, and the
    colour seen there (None outside the page) cursorLeft()                  the cursor is over something
    else
    """

    viewChanged = Signal()
    cursorMoved = Signal(int, int, object)
    cursorLeft = Signal()

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._view = ViewTransform()
        self._follows_fit = True
        self._pointer: QPointF | None = None
        self._outline_rect = QRect()
        self._places: tuple[tuple[float, float], ...] = ()
        self._refresher = PageRefresher(editor, self, parent=self)
        self._input = CanvasInput(editor, self, parent=self)
        self._pointer_timer = QTimer(self)
        self._pointer_timer.setSingleShot(True)
        self._pointer_timer.setInterval(POINTER_INTERVAL_MS)
        self._pointer_timer.timeout.connect(self._tell_pointer)
        deliver_every_event()
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("Canvas")
        editor.documentReplaced.connect(self._on_document_replaced)
        editor.toolChanged.connect(self.update_cursor)
        editor.brushChanged.connect(self._update_outline)
        self._on_document_replaced()

    def sizeHint(self) -> QSize:
        """A comfortable size to paint at."""
        return QSize(960, 720)

    # --- the view -------------------------------------------------------------------------------

    @property
    def view(self) -> ViewTransform:
        """How the page is seen now."""
        return self._view

    def set_view(self, view: ViewTransform) -> None:
        """See the page another way; it no longer follows the window's size."""
        self._show_view(view, follows_fit=False)

    @property
    def zoom(self) -> float:
        """Device pixels per document pixel: 1 is 100 %."""
        return self._view.zoom

    def fit(self) -> None:
        """Show the whole page, and keep doing so while the window is resized, until the view is changed."""
        self._show_view(self._view.fitted(), follows_fit=True)

    def zoom_to(self, zoom: float) -> None:
        """Zoom about the middle of the window; 1 is 100 %."""
        view = self._view
        self.set_view(view.zoomed_about(view.width / 2, view.height / 2, zoom))

    def zoom_in(self) -> None:
        """To the next larger stop."""
        self.zoom_to(self._view.next_zoom())

    def zoom_out(self) -> None:
        """To the next smaller stop."""
        self.zoom_to(self._view.previous_zoom())

    def rotate(self, degrees: float) -> None:
        """Turn the page clockwise about the middle of the window."""
        view = self._view
        self.set_view(view.rotated_about(view.width / 2, view.height / 2, degrees))

    def reset_rotation(self) -> None:
        """Turn the page upright."""
        self.set_view(self._view.unrotated())

    def toggle_mirror(self) -> None:
        """Look at the page in a mirror, or no longer."""
        self.set_view(self._view.mirror_toggled())

    @property
    def is_mirrored(self) -> bool:
        """True while the page is seen in a mirror."""
        return self._view.mirrored

    def _show_view(self, view: ViewTransform, *, follows_fit: bool) -> None:
        self._follows_fit = follows_fit
        if view == self._view:
            return
        self._view = view
        self._editor.document.view = remembered(view, follows_fit=follows_fit)
        self._outline_rect = self._outline_bounds()
        self.update()
        self._refresher.wake()
        self._pointer_timer.start()
        self.viewChanged.emit()

    def _on_document_replaced(self) -> None:
        document = self._editor.document
        page = self._view.of_page(document.width, document.height)
        if document.view is None:
            self._show_view(page.fitted(), follows_fit=True)
        else:
            self._show_view(recalled(document.view, page), follows_fit=False)
        self.update_cursor()
        self.update()

    def _adopt_size(self) -> None:
        size = self.size()
        view = self._view.resized(size.width(), size.height(), self.devicePixelRatioF())
        self._show_view(view.fitted() if self._follows_fit else view, follows_fit=self._follows_fit)

    # --- what is seen ---------------------------------------------------------------------------

    @property
    def is_settled(self) -> bool:
        """True when all that is in sight is shown as it is, with nothing left to compose."""
        return self._refresher.is_settled

    def set_color_pyramid(self, levels: Sequence[Pixels]) -> None:
        """Take the colour layer and its halvings (`imaging.pyramid`) made by a worker; spares making them
        here.

        Level 0 has to be the very array that the document's colour layer gets, before or after this.
        """
        self._refresher.set_color_pyramid(levels)

    def color_at(self, point: QPointF) -> Color | None:
        """The colour of the page seen at a widget point; None beside the page."""
        x, y = self._view.to_document(point.x(), point.y())
        return seen_color(self._editor.document, math.floor(x), math.floor(y))

    def seen_page(self) -> Rect:
        """The document pixels in sight."""
        return visible_page(self._view, self.rect())

    def attention(self) -> tuple[float, float]:
        """The document point that the artist looks at: the cursor's, else the middle of the window."""
        pointer = self._pointer
        if pointer is None:
            return self._view.center_x, self._view.center_y
        return self._view.to_document(pointer.x(), pointer.y())

    def show_refreshed(self, page_rects: Sequence[Rect]) -> None:
        """Repaint these document rectangles."""
        for rect in page_rects:
            left, top, right, bottom = self._view.widget_bounds(rect.x, rect.y, rect.width, rect.height)
            self.update(QRectF(left, top, right - left, bottom - top).toAlignedRect().adjusted(-2, -2, 2, 2))

    @property
    def marked_places(self) -> tuple[tuple[float, float], ...]:
        """The document points that bear a numbered mark."""
        return self._places

    def mark_places(self, points: Sequence[tuple[float, float]]) -> None:
        """Mark these document points, numbered from 1, in place of those marked before."""
        before, self._places = self._places, tuple(points)
        for rect in marks_bounds(self._view, {*before, *self._places}):
            self.update(rect)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mat, page, brush outline."""
        # Ended even when something fails: a widget torn down while it is painted takes the program with it.
        with QPainter(self) as painter:
            self._paint(painter, event.region())

    def _paint(self, painter: QPainter, region: QRegion) -> None:
        if self._editor.document.is_null:
            paint_empty(painter, self.rect(), self.palette(), self.font())
            return
        # PySide6's type hints do not say that a region can be gone through.
        rects = list(cast(Iterable[QRect], region))
        whole = region.boundingRect()
        is_compact = _area(whole) <= COMPACT * sum(_area(rect) for rect in rects)
        for exposed in [whole] if is_compact else rects:
            painter.setClipRect(exposed)
            paint_mat(painter, self._view, exposed, self.palette())
            paint_page(painter, self._view, exposed, self._refresher.cache)
        painter.setClipRegion(region)
        paint_marks(painter, self._view, self._places, self.font())
        center = self._outline_center()
        if center is not None:
            erases = self._editor.tool == "hint-eraser"
            paint_outline(painter, center, self._outline_radius(), erases=erases)

    # --- cursor and brush outline ---------------------------------------------------------------

    def update_cursor(self) -> None:
        """Show the cursor of the tool in effect."""
        shape = self._input.tool.cursor
        if self._editor.document.is_null:
            shape = Qt.CursorShape.ArrowCursor
        elif shape == Qt.CursorShape.OpenHandCursor and self._input.is_dragging:
            shape = Qt.CursorShape.ClosedHandCursor
        self.setCursor(shape)
        self._update_outline()

    def pointer_moved(self, position: QPointF) -> None:
        """Follow pen or mouse."""
        self._pointer = position
        self._update_outline()
        if not self._pointer_timer.isActive():
            self._pointer_timer.start()

    def _tell_pointer(self) -> None:
        if self._pointer is not None and not self._editor.document.is_null:
            x, y = self._view.to_document(self._pointer.x(), self._pointer.y())
            self.cursorMoved.emit(math.floor(x), math.floor(y), self.color_at(self._pointer))

    def _outline_center(self) -> QPointF | None:
        if self._pointer is None or not self._input.tool.paints or self._editor.document.is_null:
            return None
        return self._input.outline_anchor or self._pointer

    def _outline_radius(self) -> float:
        return self._editor.brush_size / 2 * self._view.scale

    def _outline_bounds(self) -> QRect:
        center = self._outline_center()
        return QRect() if center is None else outline_bounds(center, self._outline_radius())

    def _update_outline(self) -> None:
        before, self._outline_rect = self._outline_rect, self._outline_bounds()
        if before != self._outline_rect:
            self.update(before)
            self.update(self._outline_rect)

    # --- events ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim the keys that tools hold, follow gestures and the screen's pixel ratio."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._input.wants_key(event):
                event.accept()
                return True
        elif event.type() == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            self.set_view(after_gesture(self._view, event))
            return True
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._adopt_size()
        elif event.type() == QEvent.Type.PaletteChange:
            self.update()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Start a tool."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.setAccepted(self._input.mouse_press(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick dots are two dots."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the drag, or show where the brush would paint."""
        self._input.mouse_move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag."""
        self._input.mouse_release(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """The pen. What a tool uses is accepted, so that no mouse copy follows; hovering is left to become
        one, or Qt would never notice that the pen entered the canvas."""
        is_used = True
        match event.type():
            case QEvent.Type.TabletPress:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                is_used = self._input.pen_press(event)
            case QEvent.Type.TabletMove:
                is_used = self._input.pen_move(event)
            case QEvent.Type.TabletRelease:
                self._input.pen_release(event)
        event.setAccepted(is_used)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the cursor; a touchpad pans."""
        if not self._editor.document.is_null:
            self.set_view(after_wheel(self._view, event))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that lend a tool, and Escape."""
        if not self._input.key_press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The lent tool goes back."""
        if not self._input.key_release(event):
            super().keyReleaseEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Take the keyboard, so that Space and Alt work at once, unless something is being typed."""
        focus = QApplication.focusWidget()
        if self.window().isActiveWindow() and not isinstance(focus, TEXT_ENTRIES):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No brush outline any more."""
        self._input.pointer_left()
        if not self._input.is_dragging:
            self._pointer = None
            self._update_outline()
            self.cursorLeft.emit()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever has the keyboard now, the stroke is finished here."""
        self._input.leave_off()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing runs unseen."""
        self._input.leave_off()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Bring up to date what changed unseen."""
        super().showEvent(event)
        self._adopt_size()
        self._refresher.wake()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay fitted, or keep what is at the middle."""
        super().resizeEvent(event)
        self._adopt_size()


def _area(rect: QRect) -> int:
    return rect.width() * rect.height()
