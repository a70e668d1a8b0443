"""Keeping the composited page up to date while the artist works: a slice, then the event loop's turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer

from linepaint.document.arrays import Pixels
from linepaint.document.changes import Change, ChangeKind
from linepaint.document.geometry import Rect
from linepaint.ui.canvas.tile_cache import TileCache
from linepaint.ui.canvas.view_transform import ViewTransform
from linepaint.ui.editor import Editor

SLICE_SECONDS: Final = 0.003
"""So long tiles are composed at a time."""

UNSEEN_CHANGES: Final = frozenset({ChangeKind.PALETTE, ChangeKind.SETTINGS})


class RefreshHost(Protocol):
    """What the refresher needs of the canvas."""

    @property
    def view(self) -> ViewTransform:
        """How the page is seen now."""

    def isVisible(self) -> bool:
        """False while nobody sees the canvas."""

    def seen_page(self) -> Rect:
        """The document pixels in sight."""

    def attention(self) -> tuple[float, float]:
        """The document point to bring up to date first: the cursor's."""

    def show_refreshed(self, page_rects: Sequence[Rect]) -> None:
        """These document rectangles look different now."""


class PageRefresher(QObject):
    """Owns the tile cache of the open document and marks, in it, what the editor says has changed."""

    def __init__(self, editor: Editor, canvas: RefreshHost, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._canvas = canvas
        self.cache = TileCache(editor.document)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._refresh_slice)
        editor.documentReplaced.connect(self._start_afresh)
        editor.changed.connect(self._mark)

    @property
    def is_settled(self) -> bool:
        """True when all that is in sight is up to date."""
        level = self.cache.level_for(self._canvas.view.zoom)
        return self._editor.document.is_null or self.cache.is_settled(level, self._canvas.seen_page())

    def set_color_pyramid(self, levels: Sequence[Pixels]) -> None:
        """Take halvings of the colour layer that were made elsewhere; spares making them here."""
        self.cache.set_color_pyramid(levels)

    def wake(self) -> None:
        """See to what is stale as soon as the event loop has a moment."""
        if not self._timer.isActive():
            self._timer.start()

    def _start_afresh(self) -> None:
        self.cache = TileCache(self._editor.document)
        self.wake()

    def _mark(self, change: Change) -> None:
        if change.kind in UNSEEN_CHANGES:
            return
        if change.kind == ChangeKind.HINTS and change.rect is not None:
            self.cache.mark_painted(change.rect, self.cache.level_for(self._canvas.view.zoom))
        else:
            self.cache.mark_stale(change.rect)
        self.wake()

    def _refresh_slice(self) -> None:
        canvas = self._canvas
        if self._editor.document.is_null or not canvas.isVisible():
            return
        seen = canvas.seen_page()
        level = self.cache.level_for(canvas.view.zoom)
        refreshed = self.cache.refresh(level, seen, canvas.attention(), SLICE_SECONDS)
        canvas.show_refreshed(refreshed)
        if not self.cache.is_settled(level, seen):
            self.wake()
