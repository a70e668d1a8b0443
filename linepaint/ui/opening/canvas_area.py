"""The canvas with the bar above it, which comes when a picture was guessed and goes when one begins to work on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from linepaint.document.changes import Change, ChangeKind
from linepaint.imaging.picture_kind import PictureKind
from linepaint.ui.canvas.canvas import Canvas
from linepaint.ui.editor import Editor
from linepaint.ui.opening.kind_bar import KindBar

_WORK = (ChangeKind.HINTS, ChangeKind.LINES, ChangeKind.MODE)


class CanvasArea(QWidget):
    """Bar and canvas, one above the other. `show_guess` says how the open picture was read."""

    def __init__(self, editor: Editor, canvas: Canvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._canvas = canvas
        self.bar = KindBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(canvas, 1)
        self.bar.dismissed.connect(self._dismiss)
        editor.documentReplaced.connect(self.bar.hide)
        editor.changed.connect(self._on_change)
        editor.strokeFinished.connect(self._put_away)

    def show_guess(self, kind: PictureKind | None) -> None:
        """Tell how the picture was read; None, and line art as most drawings are, need no words."""
        if kind in (None, PictureKind.LINES):
            self.bar.hide()
        else:
            self.bar.tell(kind)

    def _dismiss(self) -> None:
        self.bar.hide()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_change(self, change: Change) -> None:
        # Not under the pen: a page that moved within a stroke would bend it.
        if change.kind in _WORK and not self._editor.is_painting:
            self._put_away()

    def _put_away(self) -> None:
        """Hide the bar, the page staying where it is on the screen: the next stroke is aimed there already."""
        if not self.bar.isVisible():
            return
        freed, view = self.bar.height(), self._canvas.view
        self.bar.hide()
        layout = self.layout()
        if layout is not None:
            layout.activate()
        now = self._canvas.view
        self._canvas.set_view(view.resized(now.width, now.height, now.device_pixel_ratio).panned(0, freed / 2))
